"""The blueprint of an administrator's pages about cohorts, and what its view modules share."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app import clock
from app.access import current_person
from app.audit.services import record
from app.enrolment import queries
from app.enrolment.records import CohortSeat
from app.extensions import give_up_writing

bp = Blueprint("cohorts", __name__)

Answer = Response | str | tuple[str, int]
COHORT = "/cohorts/<int(max=2147483647):cohort_id>"
LARGEST_LIST = 1_000_000
"""Bytes of a list of people."""


@bp.url_value_preprocessor
def take_longer_lists(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before the form is read, which the check against forged forms does first of all."""
    if endpoint == "cohorts.import_people":
        request.max_content_length = LARGEST_LIST
        request.max_form_memory_size = LARGEST_LIST


def administered(cohort_id: int) -> CohortSeat:
    """The cohort, for its institute's administrators alone."""
    return queries.administrator_cohort_seat(current_person().person_id, cohort_id)


def note(act: str, cohort_id: int, institute_id: int, *, person_id: UUID | None = None, **details: Any) -> None:
    """On the record of acts, for the institute's administrators and for whom it was about."""
    record(
        act,
        f"cohort {cohort_id}",
        actor_id=current_person().person_id,
        now=clock.now(),
        institute_id=institute_id,
        person_id=person_id,
        **details,
    )


def form_page(view: str, form: Any, **values: object) -> Answer:
    """The page with its form; with what is wrong in it, if it was sent."""
    if form.errors:
        give_up_writing()
    page = render_template(f"enrolment/{view}.html", form=form, **values)
    return page, 422 if form.errors else 200
