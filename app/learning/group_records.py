"""Frozen rows about what a group of people read. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ModuleReads:
    """How many of a module's sections somebody has read, and when the first and the latest of them."""

    person_id: UUID
    module_id: str
    sections: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One section that somebody has read."""

    person_id: UUID
    module_id: str
    section_id: str
    read_at: datetime
