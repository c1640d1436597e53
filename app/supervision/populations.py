"""Who counts where a group is looked at: its trainees, without the institute's staff and those who run the site."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, column, select, table

from app.accounts.group_queries import administrator_ids
from app.enrolment.group_queries import person_ids_of
from app.enrolment.queries import institute_person_ids, person_ids
from app.institutes.queries import staff_table

_COHORTS = table("cohorts", column("id"), column("institute_id"))


def trainees_of_cohort(cohort_id: int) -> Select[UUID]:
    """Who is in the cohort now, as a statement for other features' queries over a group."""
    institute = select(_COHORTS.c.institute_id).where(_COHORTS.c.id == cohort_id)
    staff = select(staff_table.c.person_id).where(staff_table.c.institute_id == institute.scalar_subquery())
    return _without(person_ids(cohort_id), staff)


def trainees_of_institute(institute_id: int) -> Select[UUID]:
    """Who is in any of its cohorts now, each once."""
    staff = select(staff_table.c.person_id).where(staff_table.c.institute_id == institute_id)
    return _without(institute_person_ids(institute_id), staff)


def trainees_of_cohorts(institute_id: int, cohort_ids: Collection[int]) -> Select[UUID]:
    """Who is in any of these cohorts of one institute now; a person in two of them may be listed twice."""
    staff = select(staff_table.c.person_id).where(staff_table.c.institute_id == institute_id)
    return _without(person_ids_of(cohort_ids), staff)


def _without(people: Select[UUID], staff: Select[UUID]) -> Select[UUID]:
    person_id = people.selected_columns[0]
    return people.where(person_id.not_in(staff), person_id.not_in(administrator_ids()))
