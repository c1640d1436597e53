"""Frozen rows of the record of acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: who (None: a command) did what, about whom, at which institute. Names are not in it."""

    id: int
    at: datetime
    actor_id: UUID | None
    institute_id: int | None
    person_id: UUID | None
    act: str
    subject: str
    details: Mapping[str, Any]
