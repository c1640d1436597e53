"""What one knows by now, and the sheet to take to supervision."""

from flask import Blueprint, render_template

from app import clock
from app.access import allow, current_person, signed_in
from app.assessment.histories import graded_answers
from app.assessment.self_ratings import composed_lines
from app.content import current_course
from app.enrolment.terms import strictest, terms_for
from app.learning.standing import sheet_page, standing_page
from app.scenarios.queries import supervision_questions

bp = Blueprint("standing", __name__)


@bp.get("/course/standing")
@allow(signed_in)
def standing() -> str:
    """By objective, by belief, by how sure one was."""
    course, person_id = current_course(), current_person().person_id
    mark = strictest(terms_for(course, person_id, clock.now())).pass_mark
    return render_template("learning/standing.html", **standing_page(course, graded_answers(person_id), mark))


@bp.get("/course/supervision")
@allow(signed_in)
def sheet() -> str:
    """One page to print for supervision. What is ticked or typed on it stays in the browser."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    mark = strictest(terms_for(course, person_id, now)).pass_mark
    return render_template(
        "learning/sheet.html",
        lines=composed_lines(person_id),
        sessions=supervision_questions(person_id),
        today=now,
        **sheet_page(course, graded_answers(person_id), mark),
    )
