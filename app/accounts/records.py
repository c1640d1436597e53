"""What queries and services hand out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's own details."""

    person_id: UUID
    name: str
    email: str
    administrator: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One browser that is signed in."""

    id: int
    agent: str
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link as it was found: still good, or why not."""

    state: str  # "open", "used", "expired" or "unknown"
    email: str | None = None
    person_id: UUID | None = None
    purpose: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    id: int
    email: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of one address on a list: its token, or None because it already has an account."""

    email: str
    token: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to sign in, counted as failed until the password has proved right."""

    failure_id: int
    email_key_hash: str
    person_id: UUID | None
    password_hash: str | None
