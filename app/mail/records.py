"""What the outbox hands out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TakenLetter:
    """A letter that this worker has taken for one try."""

    id: int
    tries: int
    """How many times it has been taken, this time included: it tells this try from a later one by another worker."""
    recipient: str
    subject: str
    body: str
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the outbox stands."""

    waiting: int
    failed: int
    oldest_waiting: datetime | None
