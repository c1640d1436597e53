"""Who answers what a trainee disputes: the one whom their institute names, or else those who run the site."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from app.enrolment.models import Cohort, Membership
from app.extensions import db
from app.institutes.queries import institutes_table

_OWNER: ColumnElement[Any] = institutes_table.c.dispute_owner_id
_UNDER_OWNERS = (
    select(Membership.person_id)
    .join(Cohort, Cohort.id == Membership.cohort_id)
    .join(institutes_table, institutes_table.c.id == Cohort.institute_id)
    .where(Membership.left_at.is_(None), _OWNER.is_not(None))
)


def owners_for(person_id: UUID) -> tuple[UUID, ...]:
    """Whom the institutes of this trainee name; none: those who run the site answer."""
    owners = _UNDER_OWNERS.with_only_columns(_OWNER).where(Membership.person_id == person_id)
    return tuple(db.session.scalars(owners.distinct().order_by(_OWNER)))


def answered_by(person_id: UUID) -> Select[UUID]:
    """Trainees of the institutes that name this person, as a statement for other features' queries."""
    return _UNDER_OWNERS.where(_OWNER == person_id)  # noqa: SIM300 (a column)


def answered_by_somebody() -> Select[UUID]:
    """Trainees of any institute that names somebody."""
    return _UNDER_OWNERS


def is_owner(person_id: UUID) -> bool:
    """Whether any institute names this person."""
    named = select(institutes_table.c.id).where(_OWNER == person_id).limit(1)  # noqa: SIM300 (a column)
    return db.session.scalar(named) is not None
