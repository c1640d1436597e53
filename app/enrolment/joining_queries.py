"""Reading what somebody who joins, has joined, or looks after a group has to know."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from app.accounts.queries import names
from app.enrolment.models import Cohort, CohortSupervisor, Membership
from app.enrolment.queries import COHORT
from app.enrolment.records import CohortRecord, Member
from app.errors import NotFound
from app.extensions import db
from app.institutes.queries import COLUMNS as INSTITUTE
from app.institutes.queries import institute_of, institutes_table, staff_table
from app.institutes.records import InstituteRecord


@dataclass(frozen=True, slots=True)
class Place:
    """A cohort and its institute."""

    cohort: CohortRecord
    institute: InstituteRecord


@dataclass(frozen=True, slots=True)
class Watchers:
    """The names of those who may see the trainees of a cohort."""

    supervisors: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()


def place(cohort_id: int) -> Place:
    """A cohort that still runs. NotFound: there is none, or it was put away."""
    return _place(Cohort.id == cohort_id)


def place_behind(code: str) -> Place:
    """The cohort that this join link leads into. NotFound: there is none, or its link is closed."""
    return _place(and_(Cohort.join_code == code, Cohort.join_open.is_(True)))


def _place(which: ColumnElement[bool]) -> Place:
    row: Any = db.session.execute(
        select(*COHORT, *(column.label(f"its_{column.key}") for column in INSTITUTE))
        .join(institutes_table, institutes_table.c.id == Cohort.institute_id)
        .where(which, Cohort.ended_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound
    return Place(CohortRecord(*row[: len(COHORT)]), institute_of(row[len(COHORT) :]))


def watchers(cohort_ids: Collection[int]) -> Mapping[int, Watchers]:
    """Who may see into each of these cohorts, by name, in two queries however many they are. Staff who have lost their
    seat see nothing; an administrator who supervises is named as an administrator."""
    named = (
        select(CohortSupervisor.cohort_id)
        .where(CohortSupervisor.cohort_id == Cohort.id, CohortSupervisor.person_id == staff_table.c.person_id)
        .exists()
    )
    rows = db.session.execute(
        select(Cohort.id, staff_table.c.person_id, staff_table.c.role)
        .join(staff_table, staff_table.c.institute_id == Cohort.institute_id)
        .where(Cohort.id.in_(cohort_ids), or_(staff_table.c.role == "administrator", named))
    ).all()
    called = names({row.person_id for row in rows}) if rows else {}
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for cohort_id, person_id, role in rows:
        if person_id in called:
            found[cohort_id, role].append(called[person_id])
    return {
        cohort_id: Watchers(
            tuple(sorted(found[cohort_id, "supervisor"], key=str.casefold)),
            tuple(sorted(found[cohort_id, "administrator"], key=str.casefold)),
        )
        for cohort_id in cohort_ids
    }


def is_member(cohort_id: int, person_id: UUID) -> bool:
    """Whether this person is in the cohort now."""
    here = select(Membership.id).where(
        Membership.cohort_id == cohort_id, Membership.person_id == person_id, Membership.left_at.is_(None)
    )
    return db.session.scalar(here) is not None


def member_by_id(cohort_id: int, membership_id: int) -> Member:
    """One who is in the cohort now. NotFound: nobody there has this membership."""
    row = db.session.execute(
        select(Membership.person_id, Membership.joined_at, Membership.due_on, Cohort.due_on, Membership.reminders)
        .join(Cohort, Cohort.id == Membership.cohort_id)
        .where(Membership.id == membership_id, Membership.cohort_id == cohort_id, Membership.left_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound
    person_id, joined_at, own, groups, reminders = row
    return Member(membership_id, person_id, joined_at, own or groups, own is not None, reminders)
