"""Who joined and left an institute's cohorts, for what is reported of a year."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select

from app.accounts.group_queries import administrator_ids
from app.enrolment.models import Cohort, Membership
from app.extensions import db
from app.institutes.queries import staff_table


@dataclass(frozen=True, slots=True)
class Stay:
    """One trainee's time in one cohort."""

    cohort_id: int
    person_id: UUID
    joined_at: datetime
    left_at: datetime | None


def stays(institute_id: int) -> tuple[Stay, ...]:
    """Every stay in any of the institute's cohorts, in the order of joining. Those of its own staff, and of those who
    run the site, are left out."""
    is_staff = and_(staff_table.c.institute_id == institute_id, staff_table.c.person_id == Membership.person_id)
    rows = db.session.execute(
        select(Membership.cohort_id, Membership.person_id, Membership.joined_at, Membership.left_at)
        .join(Cohort, Cohort.id == Membership.cohort_id)
        .where(
            Cohort.institute_id == institute_id,
            ~select(staff_table.c.person_id).where(is_staff).exists(),
            Membership.person_id.not_in(administrator_ids()),
        )
        .order_by(Membership.joined_at, Membership.id)
    )
    return tuple(Stay(*row) for row in rows)
