"""What is done to those who are in a cohort. They add and flush; whoever calls commits once.

A membership that has ended is never opened again: who joins once more has two, with what lies between.
"""

from datetime import date, datetime
from uuid import UUID

from app.enrolment import joining_queries, services
from app.enrolment.models import Cohort, Membership
from app.errors import Conflict, NotFound
from app.extensions import db


def extend(cohort_id: int, membership_id: int, due_on: date | None) -> None:
    """Another last day for one person; None: the cohort's again. NotFound: they are not in this cohort."""
    _present(cohort_id, membership_id).due_on = due_on
    db.session.flush()


def move(cohort_id: int, membership_id: int, to_cohort_id: int, *, now: datetime) -> int:
    """From one cohort of an institute into another, without a gap; returns the new membership.

    NotFound: they are not here, or there is no such cohort of the same institute. Conflict: it was put away, or is this
    one, or they are there already.
    """
    row, here, there = _present(cohort_id, membership_id), db.session.get(Cohort, cohort_id), _target(to_cohort_id)
    if here is None or there.institute_id != here.institute_id:
        raise NotFound
    if there.ended_at is not None or there.id == here.id:
        raise Conflict("not-into-this-one")
    if joining_queries.is_member(there.id, row.person_id):
        raise Conflict("already-there")
    row.left_at = now
    db.session.flush()
    joined = services.join(there.id, row.person_id, now=now)
    moved = db.session.get(Membership, joined)
    if moved is not None:
        moved.reminders = row.reminders
    db.session.flush()
    return joined


def remove(cohort_id: int, membership_id: int, *, now: datetime) -> UUID:
    """End somebody's membership for them; returns who it was. NotFound: they are not in this cohort."""
    row = _present(cohort_id, membership_id)
    row.left_at = now
    db.session.flush()
    return row.person_id


def remind(membership_id: int, person_id: UUID, *, wanted: bool) -> None:
    """Whether somebody wants letters before and after the last day. NotFound: none of theirs."""
    row = db.session.get(Membership, membership_id)
    if row is None or row.person_id != person_id or row.left_at is not None:
        raise NotFound
    row.reminders = wanted
    db.session.flush()


def _present(cohort_id: int, membership_id: int) -> Membership:
    row = db.session.get(Membership, membership_id, with_for_update=True)
    if row is None or row.cohort_id != cohort_id or row.left_at is not None:
        raise NotFound
    return row


def _target(cohort_id: int) -> Cohort:
    row = db.session.get(Cohort, cohort_id)
    if row is None:
        raise NotFound
    return row
