"""Which institutes there are, and how large, for those who run the site: counts, and nobody's name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select

from app.enrolment.models import Cohort, Membership
from app.extensions import db
from app.institutes.queries import institutes_table, staff_table


@dataclass(frozen=True, slots=True)
class HostedInstitute:
    """An institute as those who run the site see it. Trainees are counted once, in however many groups they are."""

    id: int
    slug: str
    name: str
    created_at: datetime
    administrators: int
    staff: int
    cohorts: int
    trainees: int


_I, _S = institutes_table.c, staff_table.c
_STAFF = select(func.count()).select_from(staff_table).where(_S.institute_id == _I.id)


def institute_count() -> int:
    return db.session.scalar(select(func.count()).select_from(institutes_table)) or 0


def hosted_institutes(offset: int, limit: int) -> tuple[HostedInstitute, ...]:
    """A page of all institutes, by name, in one query."""
    rows = db.session.execute(
        select(
            _I.id,
            _I.slug,
            _I.name,
            _I.created_at,
            _STAFF.where(_S.role == "administrator").scalar_subquery(),
            _STAFF.scalar_subquery(),
            select(func.count()).select_from(Cohort).where(Cohort.institute_id == _I.id).scalar_subquery(),
            select(func.count(distinct(Membership.person_id)))
            .join(Cohort, Cohort.id == Membership.cohort_id)
            .where(Cohort.institute_id == _I.id, Membership.left_at.is_(None))
            .scalar_subquery(),
        )
        .order_by(_I.name, _I.id)
        .offset(offset)
        .limit(limit)
    )
    return tuple(HostedInstitute(*row) for row in rows)
