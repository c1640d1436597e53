"""Before a module's quiz and before the final test, and their starts. What follows are the pages of every attempt."""

import random
from typing import Literal
from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in
from app.assessment import queries, starting
from app.assessment.records import SCORED, SETS
from app.assessment.turns import Waits
from app.content import current_course
from app.content.records import FINAL, FinalTest, Quiz
from app.errors import Conflict, NotFound
from app.extensions import db
from app.learning.blueprint import bp
from app.learning.offers import set_offer
from app.learning.pages import locked_page, map_title
from app.learning.places import mark_where_open, place_at
from app.learning.progress import module_progress
from app.learning.quiz_pages import final_page, quiz_page


@bp.get("/quizzes/<quiz_id>")
@allow(signed_in)
def quiz(quiz_id: str) -> str:
    """Before a quiz: how it works, what is still unread, and every earlier attempt."""
    course, person_id, found = current_course(), current_person().person_id, _quiz(quiz_id)
    here = place_at(course, person_id, found.module_id, quiz_id, clock.now(), kinds=(*SCORED, *SETS))
    if here.lock is not None:
        title = map_title(course.module(found.module_id))
        return render_template("learning/locked.html", **locked_page(title, here.lock))
    values = quiz_page(course, found, here.reads, here.attempts, here.mark)
    return render_template("learning/quiz.html", **values)


@bp.get("/quizzes/final")
@allow(signed_in)
def final() -> str:
    """Before the final test: how it works, which form is next and from when on, and every earlier attempt."""
    course, now, found = current_course(), clock.now(), _final()
    here = place_at(course, current_person().person_id, FINAL, FINAL, now)
    if here.lock is not None:
        return render_template("learning/locked.html", **locked_page(gettext("Final test"), here.lock))
    values = final_page(course, found, here.attempts, here.mark, _waits(), now)
    return render_template("learning/final.html", **values)


@bp.post("/quizzes/<quiz_id>/<any(before, after):kind>")
@allow(signed_in)
def begin_set(quiz_id: str, kind: Literal["before", "after"]) -> Response:
    """Begin the questions before or after reading, or go on with them, while the module's page offers them."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    found = _quiz(quiz_id)
    module = course.module(found.module_id)
    here = place_at(course, person_id, module.id, quiz_id, now, kinds=(*SCORED, *SETS))
    if here.lock is not None:
        raise Conflict("not-open-yet")
    offer = set_offer(found, module_progress(course, module, here.reads, here.attempts, here.mark), here.attempts)
    if offer is None or offer.kind != kind:
        flash(gettext("These questions are not open now."))
        return redirect(module.url, code=303)
    rng = random.SystemRandom()
    attempt_id = starting.start_set(course, person_id, quiz_id, kind, mark=here.mark, now=now, rng=rng)
    db.session.commit()
    return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)


@bp.post("/quizzes/<quiz_id>/start")
@allow(signed_in)
def start(quiz_id: str) -> Response:
    """Begin an attempt, or go on with the open one."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    mark = mark_where_open(course, person_id, _quiz(quiz_id).module_id, now)
    attempt_id = starting.start(course, person_id, quiz_id, mark=mark, now=now, rng=random.SystemRandom())
    db.session.commit()
    return _to_first_open(attempt_id, person_id)


@bp.post("/quizzes/final/start")
@allow(signed_in)
def start_final() -> Response:
    """Begin the form of the final test whose turn it is, or go on with the open one."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    _final()
    mark, rng = mark_where_open(course, person_id, FINAL, now), random.SystemRandom()
    try:
        attempt_id = starting.start_final(course, person_id, mark=mark, waits=_waits(), now=now, rng=rng)
    except Conflict:
        db.session.rollback()
        return redirect(url_for("learning.final"), code=303)
    db.session.commit()
    return _to_first_open(attempt_id, person_id)


def _quiz(quiz_id: str) -> Quiz:
    found = current_course().quizzes.get(quiz_id)
    if found is None:
        raise NotFound
    return found


def _final() -> FinalTest:
    found = current_course().final
    if found is None:
        raise NotFound
    return found


def _waits() -> Waits:
    return Waits(*current_app.config["SETTINGS"].final_waits)


def _to_first_open(attempt_id: UUID, person_id: UUID) -> Response:
    """From a start straight to the question to answer, which spares a request."""
    position = queries.attempt(attempt_id, person_id).first_unanswered or 1
    return redirect(url_for("assessment.question", attempt_id=attempt_id, position=position), code=303)
