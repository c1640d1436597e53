"""Setting cohorts up. They add and flush; whoever calls commits once. Whose cohort it is, the caller has made sure."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from app.enrolment.models import Cohort, CohortSupervisor
from app.enrolment.services import create_cohort
from app.errors import Conflict, NotFound
from app.extensions import db
from app.institutes.queries import staff


@dataclass(frozen=True, slots=True)
class CohortSettings:
    """What an administrator decides about a cohort."""

    name: str
    starts_on: date | None = None
    due_on: date | None = None
    in_order: bool = False
    pass_mark: int | None = None
    supervisors: frozenset[UUID] = frozenset()


def create(institute_id: int, settings: CohortSettings, *, now: datetime) -> int:
    """A new cohort without people; returns its id. Whoever is named as a supervisor and is no staff is left out."""
    cohort_id = create_cohort(
        institute_id,
        settings.name,
        now=now,
        starts_on=settings.starts_on,
        due_on=settings.due_on,
        in_order=settings.in_order,
        pass_mark=settings.pass_mark,
    )
    _name_supervisors(_cohort(cohort_id), settings.supervisors)
    return cohort_id


def change(cohort_id: int, settings: CohortSettings) -> None:
    """Everything that is decided about it, anew."""
    row = _cohort(cohort_id)
    row.name = settings.name.strip()
    row.starts_on, row.due_on = settings.starts_on, settings.due_on
    row.in_order, row.pass_mark = settings.in_order, settings.pass_mark
    _name_supervisors(row, settings.supervisors)


def copy(cohort_id: int, name: str, days: int, *, now: datetime) -> int:
    """A cohort with the same settings and supervisors, its dates `days` later, and nobody in it; returns its id."""
    row, later = _cohort(cohort_id), timedelta(days=days)
    settings = CohortSettings(
        name=name,
        starts_on=row.starts_on and row.starts_on + later,
        due_on=row.due_on and row.due_on + later,
        in_order=row.in_order,
        pass_mark=row.pass_mark,
        supervisors=frozenset(_supervisors(cohort_id)),
    )
    return create(row.institute_id, settings, now=now)


def put_away(cohort_id: int, *, now: datetime) -> None:
    """Nobody joins or is reminded any more, and no order is asked for; its pages stay. Twice changes nothing."""
    row = _cohort(cohort_id)
    row.ended_at = row.ended_at or now
    row.join_open = False
    db.session.flush()


def bring_back(cohort_id: int) -> None:
    """The cohort runs again. Its join link stays closed until it is opened."""
    _cohort(cohort_id).ended_at = None
    db.session.flush()


def open_link(cohort_id: int) -> None:
    """Let whoever has the join link join. Conflict: the cohort was put away."""
    row = _cohort(cohort_id)
    if row.ended_at is not None:
        raise Conflict("put-away")
    row.join_code = row.join_code or fresh_code()
    row.join_open = True
    db.session.flush()


def close_link(cohort_id: int) -> None:
    """Nobody joins by the link any more. Opened again, it is the same one."""
    _cohort(cohort_id).join_open = False
    db.session.flush()


def renew_link(cohort_id: int) -> None:
    """Another link in place of the one that was handed on; that one never works again."""
    _cohort(cohort_id).join_code = fresh_code()
    db.session.flush()


def fresh_code() -> str:
    """144 random bits that fit into an address."""
    return secrets.token_urlsafe(18)


def _name_supervisors(row: Cohort, named: Collection[UUID]) -> None:
    known = {one.person_id for one in staff(row.institute_id)}
    before, after = set(_supervisors(row.id)), set(named) & known
    gone = delete(CohortSupervisor).where(CohortSupervisor.cohort_id == row.id)
    db.session.execute(gone.where(CohortSupervisor.person_id.in_(before - after)))
    db.session.add_all(CohortSupervisor(cohort_id=row.id, person_id=one) for one in sorted(after - before, key=str))
    db.session.flush()


def _supervisors(cohort_id: int) -> tuple[UUID, ...]:
    return tuple(db.session.scalars(select(CohortSupervisor.person_id).where(CohortSupervisor.cohort_id == cohort_id)))


def _cohort(cohort_id: int) -> Cohort:
    row = db.session.get(Cohort, cohort_id, with_for_update=True)
    if row is None:
        raise NotFound
    return row
