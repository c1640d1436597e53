"""What is done to cohorts and those in them. They add and flush; whoever calls commits once."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.enrolment.models import Cohort, CohortSupervisor, Membership
from app.errors import NotFound
from app.extensions import db


def create_cohort(
    institute_id: int,
    name: str,
    *,
    now: datetime,
    starts_on: date | None = None,
    due_on: date | None = None,
    in_order: bool = False,
    pass_mark: int | None = None,
) -> int:
    """A new cohort without people; returns its id."""
    row = Cohort(
        institute_id=institute_id,
        name=name.strip(),
        starts_on=starts_on,
        due_on=due_on,
        in_order=in_order,
        pass_mark=pass_mark,
        join_open=False,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def name_supervisor(cohort_id: int, person_id: UUID) -> None:
    """Let one of the staff see this cohort. That they are staff of its institute is the caller's to make sure."""
    if db.session.get(CohortSupervisor, (cohort_id, person_id)) is None:
        db.session.add(CohortSupervisor(cohort_id=cohort_id, person_id=person_id))
        db.session.flush()


def join(cohort_id: int, person_id: UUID, *, now: datetime) -> int:
    """Somebody who was told what supervisors see, and agreed, joins; returns the membership. Twice changes nothing."""
    here = select(Membership.id).where(
        Membership.cohort_id == cohort_id, Membership.person_id == person_id, Membership.left_at.is_(None)
    )
    already = db.session.scalar(here)
    if already is not None:
        return already
    row = Membership(cohort_id=cohort_id, person_id=person_id, joined_at=now, reminders=True)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # in another tab a moment ago
        return db.session.scalars(here).one()
    return row.id


def leave(membership_id: int, person_id: UUID, *, now: datetime) -> None:
    """End one's own membership: from now on its supervisors see nothing more. NotFound: none of theirs."""
    row = db.session.get(Membership, membership_id)
    if row is None or row.person_id != person_id or row.left_at is not None:
        raise NotFound
    row.left_at = now
    db.session.flush()
