"""Frozen rows that queries return."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

State = Literal["contacted", "snoozed"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a supervisor noted about one reason of one trainee."""

    person_id: UUID
    reason: str
    """As app.supervision.attention names it."""
    state: State
    until: date | None
    """The day on which a snoozed reason comes back."""
    marked_by: UUID | None
    marked_at: datetime
