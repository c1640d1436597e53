"""Transcripts to mend: the page before one, and its start. What follows are the pages of every attempt."""

import random

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in
from app.assessment import starting
from app.assessment.mending_pages import exercise_page
from app.assessment.queries import summaries
from app.assessment.records import MEND
from app.content import current_course
from app.enrolment.terms import strictest, terms_for
from app.errors import NotFound
from app.extensions import db

bp = Blueprint("mending", __name__)


@bp.get("/mend/<exercise_id>")
@allow(signed_in)
def exercise(exercise_id: str) -> str:
    """Before a transcript to mend: what it touches, what is asked, and every earlier time."""
    course, person_id = current_course(), current_person().person_id
    try:
        found = course.exercise(exercise_id)
    except KeyError:
        raise NotFound from None
    attempts = summaries(person_id, exercise_id, kinds=(MEND,))
    return render_template("assessment/exercise.html", **exercise_page(course, found, attempts))


@bp.post("/mend/<exercise_id>")
@allow(signed_in)
def start(exercise_id: str) -> Response:
    """Begin, or go on with the open attempt."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    mark = strictest(terms_for(course, person_id, now)).pass_mark
    rng = random.SystemRandom()
    attempt_id = starting.start_mending(course, person_id, exercise_id, mark=mark, now=now, rng=rng)
    db.session.commit()
    return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)
