"""What the outbox hands out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["waiting", "sending", "sent", "failed", "cancelled"]
CANCELLED = "Cancelled."
"""What stands as the fault of a letter that somebody called back before it went out."""


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
    html: str = ""
    """Empty: the letter is plain text alone."""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the outbox stands."""

    waiting: int
    failed: int
    oldest_waiting: datetime | None


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter as its institute's staff see it: what became of it, and the copy without secrets."""

    id: int
    recipient: str
    subject: str
    kind: str
    copy: str
    reply_to: str
    queued_at: datetime
    due_at: datetime
    expires_at: datetime | None
    tries: int
    sent_at: datetime | None
    failed_at: datetime | None
    error: str
    """The mail server's words, or why it was not tried again."""

    def state(self, now: datetime) -> State:
        if self.sent_at is not None:
            return "sent"
        if self.failed_at is not None:
            return "cancelled" if self.error == CANCELLED else "failed"
        return "sending" if self.tries and not self.error and self.due_at > now else "waiting"


@dataclass(frozen=True, slots=True)
class Outage:
    """Letters that ought to be gone by now, and are not."""

    waiting: int
    since: datetime
    words: str
    """What the mail server said last; empty: nobody has tried yet."""
