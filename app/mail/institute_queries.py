"""An institute's own letters. Whose seat allows to read them, the caller has asked."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from app.errors import NotFound
from app.extensions import db
from app.mail.models import Letter, waiting
from app.mail.records import CANCELLED, LetterRecord, Outage

QUICK = timedelta(minutes=10)
"""A letter that has not even been tried for so long waits for a worker that does not run."""
_COLUMNS = (
    Letter.id,
    Letter.recipient,
    Letter.subject,
    Letter.kind,
    Letter.copy,
    Letter.reply_to,
    Letter.queued_at,
    Letter.due_at,
    Letter.expires_at,
    Letter.tries,
    Letter.sent_at,
    Letter.failed_at,
    Letter.error,
)
_STATES: dict[str, ColumnElement[bool]] = {
    "waiting": waiting,
    "sent": Letter.sent_at.is_not(None),
    "failed": and_(Letter.failed_at.is_not(None), Letter.error != CANCELLED),
    "cancelled": and_(Letter.failed_at.is_not(None), Letter.error == CANCELLED),
}
STATES = tuple(_STATES)


class Wanted:
    """Which letters are asked for. What is empty narrows nothing; a state that there is not, neither."""

    def __init__(self, institute_id: int, *, kind: str = "", state: str = "", search: str = "") -> None:
        self.clause = and_(
            Letter.institute_id == institute_id,
            Letter.kind == kind if kind else true(),
            _STATES.get(state, true()),
            func.lower(Letter.recipient).contains(search.strip().lower(), autoescape=True) if search else true(),
        )


def count(wanted: Wanted) -> int:
    return db.session.scalar(select(func.count()).select_from(Letter).where(wanted.clause)) or 0


def letters(wanted: Wanted, *, offset: int, size: int) -> tuple[LetterRecord, ...]:
    """Newest first."""
    newest = select(*_COLUMNS).where(wanted.clause).order_by(Letter.queued_at.desc(), Letter.id.desc())
    return tuple(map(_record, db.session.execute(newest.offset(offset).limit(size))))


def letter(institute_id: int, letter_id: int) -> LetterRecord:
    """NotFound: the institute has no such letter."""
    row = db.session.execute(
        select(*_COLUMNS).where(Letter.id == letter_id, Letter.institute_id == institute_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return _record(row)


def outage(institute_id: int, now: datetime) -> Outage | None:
    """Whether letters of this institute wait that ought to be gone, since when, and why. None: all is well."""
    stuck = and_(Letter.institute_id == institute_id, waiting, or_(Letter.error != "", Letter.queued_at < now - QUICK))
    words = select(Letter.error).where(stuck, Letter.error != "").order_by(Letter.id.desc()).limit(1)
    row = db.session.execute(
        select(func.count(), func.min(Letter.queued_at), words.scalar_subquery()).where(stuck)
    ).one()
    return Outage(row[0], row[1], row[2] or "") if row[0] else None


def _record(row: Any) -> LetterRecord:
    return LetterRecord(*row)
