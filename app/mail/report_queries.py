"""How many letters an institute wrote, for what is reported of a year."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from app.extensions import db
from app.mail.models import Letter


@dataclass(frozen=True, slots=True)
class LetterCount:
    """Letters of one kind, by what became of them."""

    kind: str
    written: int
    sent: int
    failed: int


def letter_counts(institute_id: int, since: datetime, until: datetime) -> tuple[LetterCount, ...]:
    """Of the letters written from `since` on and before `until`, by kind."""
    rows = db.session.execute(
        select(
            Letter.kind,
            func.count(),
            func.sum(case((Letter.sent_at.is_not(None), 1), else_=0)),
            func.sum(case((Letter.failed_at.is_not(None), 1), else_=0)),
        )
        .where(Letter.institute_id == institute_id, Letter.queued_at >= since, Letter.queued_at < until)
        .group_by(Letter.kind)
        .order_by(Letter.kind)
    )
    return tuple(LetterCount(*row) for row in rows)
