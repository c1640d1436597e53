"""Frozen rows that queries return."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.institutes.records import InstituteRecord, Role


@dataclass(frozen=True, slots=True)
class CohortRecord:
    id: int
    institute_id: int
    name: str
    starts_on: date | None
    due_on: date | None
    in_order: bool
    pass_mark: int | None
    join_code: str | None
    join_open: bool
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CohortSeat:
    """A cohort together with what the person who asks is there."""

    cohort: CohortRecord
    institute: InstituteRecord
    role: Role

    @property
    def administers(self) -> bool:
        return self.role == "administrator"


@dataclass(frozen=True, slots=True)
class Member:
    """A trainee who is in a cohort now."""

    membership_id: int
    person_id: UUID
    joined_at: datetime
    due_on: date | None
    """The last day for this person: their own, or the cohort's."""
    extended: bool
    reminders: bool


@dataclass(frozen=True, slots=True)
class Belonging:
    """A cohort as one of its trainees has it."""

    membership_id: int
    cohort: CohortRecord
    institute: InstituteRecord
    joined_at: datetime
    due_on: date | None
    reminders: bool


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a last day is over."""
    return datetime.combine(day + timedelta(days=1), time(), zone)
