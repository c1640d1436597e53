"""An institute's staff together with the cohorts they supervise. It flushes; whoever calls commits once."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select

from app.enrolment.models import Cohort, CohortSupervisor
from app.extensions import db
from app.institutes import services as institutes


def supervised(institute_id: int) -> Mapping[UUID, tuple[str, ...]]:
    """Names of the cohorts that each of the staff supervises there, those that run first; one query."""
    rows = db.session.execute(
        select(CohortSupervisor.person_id, Cohort.name)
        .join(Cohort, Cohort.id == CohortSupervisor.cohort_id)
        .where(Cohort.institute_id == institute_id)
        .order_by(Cohort.ended_at.is_not(None), Cohort.name, Cohort.id)
    )
    found: dict[UUID, tuple[str, ...]] = {}
    for person_id, name in rows:
        found[person_id] = (*found.get(person_id, ()), name)
    return found


def remove_staff(institute_id: int, person_id: UUID) -> int:
    """End somebody's seat and their supervision there; returns how many cohorts they supervised.

    NotFound: they have no seat there. Conflict: they are the last administrator.
    """
    institutes.take_seat(institute_id, person_id)
    theirs = select(Cohort.id).where(Cohort.institute_id == institute_id)
    ended = db.session.execute(
        delete(CohortSupervisor)
        .where(CohortSupervisor.person_id == person_id, CohortSupervisor.cohort_id.in_(theirs))
        .returning(CohortSupervisor.cohort_id)
    ).all()
    return len(ended)
