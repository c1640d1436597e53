"""Reading who is in several cohorts at once: each function one statement. Whose cohorts they are, others decide."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Select, func, select

from app.enrolment.models import Cohort, Membership
from app.enrolment.records import Member
from app.extensions import db


def person_ids_of(cohort_ids: Collection[int]) -> Select[UUID]:
    """Who is in any of these cohorts now, as a statement for other features' queries over a group."""
    return select(Membership.person_id).where(Membership.cohort_id.in_(cohort_ids), Membership.left_at.is_(None))


def members_by_cohort(cohort_ids: Collection[int], people: Select[UUID]) -> Mapping[int, tuple[Member, ...]]:
    """Those of `people` who are in each of these cohorts now, in the order of joining. A cohort may have none."""
    rows = db.session.execute(
        select(
            Membership.cohort_id,
            Membership.id,
            Membership.person_id,
            Membership.joined_at,
            func.coalesce(Membership.due_on, Cohort.due_on),
            Membership.due_on.is_not(None),
            Membership.reminders,
        )
        .join(Cohort, Cohort.id == Membership.cohort_id)
        .where(Membership.cohort_id.in_(cohort_ids), Membership.left_at.is_(None), Membership.person_id.in_(people))
        .order_by(Membership.joined_at, Membership.id)
    )
    found: dict[int, list[Member]] = {cohort_id: [] for cohort_id in cohort_ids}
    for row in rows:
        found[row.cohort_id].append(Member(*row[1:]))
    return {cohort_id: tuple(members) for cohort_id, members in found.items()}
