"""Reading cohorts. Whether somebody may see one is decided here: `cohort_seat`."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select

from app.enrolment.models import Cohort, CohortSupervisor, Membership
from app.enrolment.records import Belonging, CohortRecord, CohortSeat, Member
from app.errors import NotFound
from app.extensions import db
from app.institutes.queries import COLUMNS as INSTITUTE
from app.institutes.queries import institutes_table, staff_table
from app.institutes.records import InstituteRecord

COHORT = (
    Cohort.id,
    Cohort.institute_id,
    Cohort.name,
    Cohort.starts_on,
    Cohort.due_on,
    Cohort.in_order,
    Cohort.pass_mark,
    Cohort.join_code,
    Cohort.join_open,
    Cohort.created_at,
    Cohort.ended_at,
)
_supervises = (
    select(CohortSupervisor.cohort_id)
    .where(CohortSupervisor.cohort_id == Cohort.id, CohortSupervisor.person_id == bindparam("person_id"))
    .exists()
)
_SEATS = (
    select(staff_table.c.role, *COHORT, *(column.label(f"its_{column.key}") for column in INSTITUTE))
    .join(institutes_table, institutes_table.c.id == Cohort.institute_id)
    .join(
        staff_table,
        and_(staff_table.c.institute_id == Cohort.institute_id, staff_table.c.person_id == bindparam("person_id")),
    )
    .where(or_(staff_table.c.role == "administrator", _supervises))
    .order_by(Cohort.ended_at.is_not(None), Cohort.due_on.is_(None), Cohort.due_on, Cohort.id)
)
_SEAT = _SEATS.where(Cohort.id == bindparam("cohort_id"))


def cohort_seat(person_id: UUID, cohort_id: int) -> CohortSeat:
    """The cohort, for an administrator of its institute or one of its supervisors. NotFound for everybody else."""
    row = db.session.connection().execute(_SEAT, {"person_id": person_id, "cohort_id": cohort_id}).one_or_none()
    if row is None:
        raise NotFound
    return _seat(row)


def administrator_cohort_seat(person_id: UUID, cohort_id: int) -> CohortSeat:
    """The same, for what only the institute's administrators may. NotFound otherwise."""
    found = cohort_seat(person_id, cohort_id)
    if not found.administers:
        raise NotFound
    return found


def cohort_seats(person_id: UUID, institute_id: int | None = None) -> tuple[CohortSeat, ...]:
    """Every cohort that this person may see (at one institute), those that run first, the next due day first."""
    asked = _SEATS if institute_id is None else _SEATS.where(Cohort.institute_id == institute_id)
    return tuple(map(_seat, db.session.execute(asked, {"person_id": person_id})))


def cohort_names(cohort_ids: Collection[int]) -> Mapping[int, str]:
    """By id; what is gone is left out. Whether they may be told, the caller has asked."""
    rows = db.session.execute(select(Cohort.id, Cohort.name).where(Cohort.id.in_(cohort_ids)))
    return {row.id: row.name for row in rows}


def person_ids(cohort_id: int) -> Select[UUID]:
    """Who is in the cohort now, as a statement for other features' queries over a group."""
    return select(Membership.person_id).where(Membership.cohort_id == cohort_id, Membership.left_at.is_(None))


def institute_person_ids(institute_id: int) -> Select[UUID]:
    """Who is in any cohort of the institute now; a person in two of them is listed once."""
    return (
        select(Membership.person_id)
        .join(Cohort, Cohort.id == Membership.cohort_id)
        .where(Cohort.institute_id == institute_id, Membership.left_at.is_(None))
        .distinct()
    )


def member_rows(cohort_id: int) -> Select[int, UUID, datetime, date, bool, bool]:
    """Who is in the cohort now, with the columns of `Member`, for other features' statements to join."""
    return (
        select(
            Membership.id.label("membership_id"),
            Membership.person_id,
            Membership.joined_at,
            func.coalesce(Membership.due_on, Cohort.due_on).label("due_on"),
            Membership.due_on.is_not(None).label("extended"),
            Membership.reminders,
        )
        .join(Cohort, Cohort.id == Membership.cohort_id)
        .where(Membership.cohort_id == cohort_id, Membership.left_at.is_(None))
    )


def members(cohort_id: int) -> tuple[Member, ...]:
    """Who is in the cohort now, in the order of joining."""
    rows = db.session.execute(member_rows(cohort_id).order_by(Membership.joined_at, Membership.id))
    return tuple(Member(*row) for row in rows)


def member(cohort_id: int, person_id: UUID) -> Member:
    """One who is in the cohort now. NotFound: they are not, or have left."""
    row = db.session.execute(member_rows(cohort_id).where(Membership.person_id == person_id)).one_or_none()
    if row is None:
        raise NotFound
    return Member(*row)


def supervisors(cohort_id: int) -> tuple[UUID, ...]:
    return tuple(
        db.session.scalars(
            select(CohortSupervisor.person_id)
            .where(CohortSupervisor.cohort_id == cohort_id)
            .order_by(CohortSupervisor.person_id)
        )
    )


BELONGINGS = (
    select(
        Membership.id.label("membership_id"),
        Membership.joined_at,
        func.coalesce(Membership.due_on, Cohort.due_on).label("own_due_on"),
        Membership.reminders,
        *COHORT,
        *(column.label(f"its_{column.key}") for column in INSTITUTE),
    )
    .join(Cohort, Cohort.id == Membership.cohort_id)
    .join(institutes_table, institutes_table.c.id == Cohort.institute_id)
    .where(Membership.left_at.is_(None))
    .order_by(Membership.joined_at, Membership.id)
)
_BELONGINGS = BELONGINGS.where(Membership.person_id == bindparam("person_id"))


def belongings(person_id: UUID) -> tuple[Belonging, ...]:
    """The cohorts that this person is in now, in the order of joining, in one query."""
    rows = db.session.connection().execute(_BELONGINGS, {"person_id": person_id})
    return tuple(map(belonging_of, rows))


def belonging_of(row: Any) -> Belonging:
    """A row of `BELONGINGS`."""
    return Belonging(
        membership_id=row.membership_id,
        cohort=_cohort(row),
        institute=_institute(row),
        joined_at=row.joined_at,
        due_on=row.own_due_on,
        reminders=row.reminders,
    )


def _seat(row: Any) -> CohortSeat:
    return CohortSeat(_cohort(row), _institute(row), row.role)


def _cohort(row: Any) -> CohortRecord:
    return CohortRecord(*(getattr(row, column.key) for column in COHORT))


def _institute(row: Any) -> InstituteRecord:
    return InstituteRecord(*(getattr(row, f"its_{column.key}") for column in INSTITUTE))
