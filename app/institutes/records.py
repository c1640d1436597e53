"""Frozen rows that queries return."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

Role = Literal["administrator", "supervisor"]


@dataclass(frozen=True, slots=True)
class InstituteRecord:
    """An institute, but for the bytes of its logo."""

    id: int
    slug: str
    name: str
    contact: str
    time_zone: str
    privacy: str
    certificate_line: str
    signatory: str
    colour: str
    logo_type: str | None
    version: int
    pass_mark: int | None
    retention_years: int
    dispute_owner_id: UUID | None
    created_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstituteSettings:
    """What its administrators decide about an institute, but for its look. Names as in the table."""

    name: str
    contact: str
    time_zone: str
    privacy: str
    certificate_line: str
    signatory: str
    pass_mark: int | None
    retention_years: int
    dispute_owner_id: UUID | None


@dataclass(frozen=True, slots=True)
class Seat:
    """What one person is at one institute."""

    institute: InstituteRecord
    role: Role

    @property
    def administers(self) -> bool:
        return self.role == "administrator"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One of an institute's staff, by pseudonym: names come from accounts."""

    person_id: UUID
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class InvitationRecord:
    """An invitation as it was found."""

    id: int
    institute_id: int
    cohort_id: int | None
    role: str  # "administrator", "supervisor" or "trainee"
    name: str
    email: str
    invited_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None

    def state(self, now: datetime) -> Literal["open", "accepted", "withdrawn", "expired"]:
        if self.accepted_at is not None:
            return "accepted"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "open" if self.expires_at > now else "expired"


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation and the secret of its link, which nothing else keeps."""

    invitation_id: int
    token: str = field(repr=False)
