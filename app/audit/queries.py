"""Reading the record of acts. Who may, the caller has asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.audit.models import AuditEntry
from app.audit.records import Entry
from app.extensions import db

_COLUMNS = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.actor_id,
    AuditEntry.institute_id,
    AuditEntry.person_id,
    AuditEntry.act,
    AuditEntry.subject,
    AuditEntry.details,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of an institute's acts are asked for. What is None or empty narrows nothing.

    `person_id`: whoever did it, or whom it was about. From `since` on, and before `until`.
    """

    institute_id: int
    act: str = ""
    person_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def clause(self) -> ColumnElement[bool]:
        asked = [AuditEntry.institute_id == self.institute_id]
        if self.act:
            asked.append(AuditEntry.act == self.act)
        if self.person_id is not None:
            asked.append(or_(AuditEntry.actor_id == self.person_id, AuditEntry.person_id == self.person_id))
        if self.since is not None:
            asked.append(AuditEntry.at >= self.since)
        if self.until is not None:
            asked.append(AuditEntry.at < self.until)
        return and_(*asked)


@dataclass(frozen=True, slots=True)
class About:
    """What the staff of institutes did about one person: the acts called `act`, or (`other`) all the rest."""

    person_id: UUID
    act: str
    other: bool = False

    @property
    def clause(self) -> ColumnElement[bool]:
        which = AuditEntry.act != self.act if self.other else AuditEntry.act == self.act
        return and_(AuditEntry.person_id == self.person_id, AuditEntry.institute_id.is_not(None), which)


def count(wanted: Wanted | About) -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry).where(wanted.clause)) or 0


def entries(wanted: Wanted | About, *, offset: int, size: int) -> tuple[Entry, ...]:
    """Newest first."""
    newest = select(*_COLUMNS).where(wanted.clause).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    return tuple(map(_entry, db.session.execute(newest.offset(offset).limit(size))))


def acts(institute_id: int) -> tuple[str, ...]:
    """Every kind of act that was done there."""
    return tuple(
        db.session.scalars(
            select(AuditEntry.act).where(AuditEntry.institute_id == institute_id).distinct().order_by(AuditEntry.act)
        )
    )


def _entry(row: Any) -> Entry:
    return Entry(*row)
