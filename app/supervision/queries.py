"""Reading what supervisors noted. Whose cohort it is, app.enrolment.queries has decided before."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Select, and_, select, union

from app.enrolment.queries import member_rows, person_ids
from app.enrolment.records import Member
from app.extensions import db
from app.scenarios.group_queries import last_move_of
from app.supervision.models import AttentionMark
from app.supervision.populations import trainees_of_cohort
from app.supervision.records import Mark, State

_MARK = (
    AttentionMark.person_id,
    AttentionMark.reason,
    AttentionMark.state,
    AttentionMark.until,
    AttentionMark.marked_by,
    AttentionMark.marked_at,
)


def members_and_marks(
    cohort_id: int, people: Select[UUID]
) -> tuple[tuple[Member, ...], tuple[Mark, ...], Mapping[UUID, datetime]]:
    """Those of `people` who are in the cohort now, in the order of joining; what was noted about them, oldest first;
    and when those who ever led a session last did. One query."""
    members = member_rows(cohort_id).subquery()
    here = and_(AttentionMark.cohort_id == cohort_id, AttentionMark.person_id == members.c.person_id)
    width = len(members.c)
    rows = db.session.execute(
        select(members, *_MARK, last_move_of(members.c.person_id).label("moved_at"))
        .outerjoin_from(members, AttentionMark, here)
        .where(members.c.person_id.in_(people))
        .order_by(members.c.joined_at, members.c.membership_id, AttentionMark.marked_at, AttentionMark.id)
    ).all()
    found = {row.membership_id: Member(*row[:width]) for row in rows}
    noted = tuple(Mark(*row[width:-1]) for row in rows if row[width] is not None)
    return tuple(found.values()), noted, {row[1]: row.moved_at for row in rows if row.moved_at}


def trainee_of_cohort(cohort_id: int, person_id: UUID) -> Select[UUID]:
    """One of the cohort's trainees, for the same queries as the whole of it."""
    everybody = trainees_of_cohort(cohort_id)
    return everybody.where(everybody.selected_columns[0] == person_id)


def people_concerned(cohort_id: int) -> Select[UUID]:
    """Whoever is in the cohort, and those who noted something about them: whose names its pages say."""
    markers = select(AttentionMark.marked_by).where(
        AttentionMark.cohort_id == cohort_id, AttentionMark.marked_by.is_not(None)
    )
    both = union(person_ids(cohort_id), markers).subquery()
    return select(both.c[0])


def marks_of_cohorts(cohort_ids: Collection[int]) -> Mapping[int, tuple[Mark, ...]]:
    """What was noted about the trainees of each of these cohorts, oldest first; one query."""
    rows = db.session.execute(
        select(AttentionMark.cohort_id, *_MARK)
        .where(AttentionMark.cohort_id.in_(cohort_ids))
        .order_by(AttentionMark.marked_at, AttentionMark.id)
    )
    found: dict[int, list[Mark]] = {cohort_id: [] for cohort_id in cohort_ids}
    for cohort_id, person_id, reason, state, until, marked_by, marked_at in rows:
        found[cohort_id].append(Mark(person_id, reason, cast(State, state), until, marked_by, marked_at))
    return {cohort_id: tuple(marks) for cohort_id, marks in found.items()}
