"""What supervisors note beside a trainee's name. They add and flush; whoever calls commits once."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete

from app.extensions import db
from app.supervision.models import AttentionMark


def mark_contacted(cohort_id: int, person_id: UUID, reasons: Iterable[str], *, by: UUID, now: datetime) -> None:
    """Somebody has been written or spoken to about these reasons."""
    _mark(cohort_id, person_id, reasons, by=by, now=now, state="contacted", until=None)


def snooze(cohort_id: int, person_id: UUID, reasons: Iterable[str], until: date, *, by: UUID, now: datetime) -> None:
    """Let these reasons rest until a day comes."""
    _mark(cohort_id, person_id, reasons, by=by, now=now, state="snoozed", until=until)


def take_back(cohort_id: int, person_id: UUID, reasons: Iterable[str]) -> None:
    """Forget what was noted about these reasons: they wait again."""
    db.session.execute(
        delete(AttentionMark).where(
            AttentionMark.cohort_id == cohort_id,
            AttentionMark.person_id == person_id,
            AttentionMark.reason.in_(tuple(reasons)),
        )
    )


def _mark(
    cohort_id: int,
    person_id: UUID,
    reasons: Iterable[str],
    *,
    by: UUID,
    now: datetime,
    state: str,
    until: date | None,
) -> None:
    for reason in dict.fromkeys(reasons):
        db.session.add(
            AttentionMark(
                cohort_id=cohort_id,
                person_id=person_id,
                reason=reason,
                state=state,
                until=until,
                marked_by=by,
                marked_at=now,
            )
        )
    db.session.flush()
