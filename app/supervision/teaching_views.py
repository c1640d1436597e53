"""What to teach next: the agenda, the hand-out, the questions."""

from flask import Blueprint, render_template, request

from app.access import allow, current_person, staff
from app.content import current_course
from app.enrolment.queries import cohort_seat
from app.enrolment.records import CohortSeat
from app.institutes.queries import seat
from app.supervision.populations import trainees_of_cohort, trainees_of_institute
from app.supervision.question_pages import (
    disputes_about,
    question_page,
    questions_page,
    quiz_titles,
    read_asked,
    wish_from,
)
from app.supervision.teaching_pages import agenda_page, handout_page, read_agenda

bp = Blueprint("teaching", __name__)


@bp.get("/cohorts/<int(max=2147483647):cohort_id>/agenda")
@allow(staff)
def agenda(cohort_id: int) -> str:
    """What the group shares that is wrong, and which objectives were hardest."""
    found = _seat(cohort_id)
    values = agenda_page(current_course(), read_agenda(current_course(), found))
    return render_template("supervision/agenda.html", seat=found, **values)


@bp.get("/cohorts/<int(max=2147483647):cohort_id>/handout")
@allow(staff)
def handout(cohort_id: int) -> str:
    """The same on one sheet for the group itself, without anything that points to somebody."""
    found = _seat(cohort_id)
    values = handout_page(current_course(), read_agenda(current_course(), found))
    return render_template("supervision/handout.html", seat=found, **values)


@bp.get("/cohorts/<int(max=2147483647):cohort_id>/questions")
@allow(staff)
def questions(cohort_id: int) -> str:
    """Question by question, of one cohort."""
    found = _seat(cohort_id)
    wish = wish_from(request.args, quiz_titles(current_course()))
    values = questions_page(current_course(), read_asked(trainees_of_cohort(cohort_id)), wish)
    return render_template("supervision/questions.html", seat=found, cohort=found.cohort, **values)


@bp.get("/cohorts/<int(max=2147483647):cohort_id>/questions/<string(length=64):scoring_digest>")
@allow(staff)
def question(cohort_id: int, scoring_digest: str) -> str:
    """One question as it is worded, with what was said."""
    found, people = _seat(cohort_id), trainees_of_cohort(cohort_id)
    values = question_page(current_course(), read_asked(people), scoring_digest, disputes_about(people, scoring_digest))
    return render_template("supervision/question.html", seat=found, cohort=found.cohort, **values)


@bp.get("/institutes/<slug>/questions")
@allow(staff)
def institute_questions(slug: str) -> str:
    """Question by question, pooled over all cohorts of an institute."""
    found = seat(current_person().person_id, slug)
    wish = wish_from(request.args, quiz_titles(current_course()))
    values = questions_page(current_course(), read_asked(trainees_of_institute(found.institute.id)), wish)
    return render_template("supervision/questions.html", seat=found, cohort=None, **values)


@bp.get("/institutes/<slug>/questions/<string(length=64):scoring_digest>")
@allow(staff)
def institute_question(slug: str, scoring_digest: str) -> str:
    """One question as it is worded, with what was said in all cohorts."""
    found = seat(current_person().person_id, slug)
    people = trainees_of_institute(found.institute.id)
    values = question_page(current_course(), read_asked(people), scoring_digest, disputes_about(people, scoring_digest))
    return render_template("supervision/question.html", seat=found, cohort=None, **values)


def _seat(cohort_id: int) -> CohortSeat:
    return cohort_seat(current_person().person_id, cohort_id)
