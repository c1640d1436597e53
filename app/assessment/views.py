"""Taking a quiz: one question a page, the verdict at once, the result at the end."""

import random
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in
from app.assessment import queries, services
from app.assessment.pages import question_page, result_page
from app.assessment.records import AttemptRecord
from app.content import current_course
from app.enrolment.terms import terms_for
from app.errors import Conflict, NotFound
from app.extensions import db
from app.questions import AnswerError

bp = Blueprint("assessment", __name__)


@bp.post("/quizzes/<quiz_id>/start")
@allow(signed_in)
def start(quiz_id: str) -> Response:
    """Begin an attempt, or go on with the open one."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    mark = terms_for(course, person_id, now)[0].pass_mark
    attempt_id = services.start(course, person_id, quiz_id, mark=mark, now=now, rng=random.SystemRandom())
    db.session.commit()
    return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)


@bp.get("/attempts/<uuid:attempt_id>")
@allow(signed_in)
def go_on(attempt_id: UUID) -> Response:
    """Where this attempt stands: its first unanswered question, or its result."""
    attempt = queries.attempt(attempt_id, current_person().person_id)
    if attempt.first_unanswered is None:
        return redirect(url_for("assessment.result", attempt_id=attempt_id))
    return redirect(url_for("assessment.question", attempt_id=attempt_id, position=attempt.first_unanswered))


@bp.get("/attempts/<uuid:attempt_id>/<int:position>")
@allow(signed_in)
def question(attempt_id: UUID, position: int) -> str | Response:
    """One question with its vignette: to answer, or, once answered, with the verdict and the reasons."""
    attempt = queries.attempt(attempt_id, current_person().person_id)
    if attempt.item(position) is None:
        raise NotFound
    if not attempt.may_see(position):
        return redirect(url_for("assessment.go_on", attempt_id=attempt_id))
    return _question_page(attempt, position, problem=None)


@bp.post("/attempts/<uuid:attempt_id>/<int:position>")
@allow(signed_in)
def answer(attempt_id: UUID, position: int) -> tuple[str, int] | Response:
    """Take the answer, then show the same question with its reasons."""
    person_id = current_person().person_id
    try:
        fresh = services.answer(
            attempt_id,
            person_id,
            position,
            request.form.to_dict(flat=False),
            confidence=request.form.get("confidence"),
            now=clock.now(),
        )
    except AnswerError as fault:
        db.session.rollback()
        return _question_page(queries.attempt(attempt_id, person_id), position, problem=fault), 422
    except Conflict:
        db.session.rollback()
        flash(gettext("That question comes later. Here is the first one that is still open; nothing was lost."))
        return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)
    db.session.commit()
    if not fresh:
        flash(gettext("This question had been answered before, perhaps in another tab. Your first answer stands."))
    return redirect(
        url_for("assessment.question", attempt_id=attempt_id, position=position, _anchor="verdict"), code=303
    )


@bp.post("/attempts/<uuid:attempt_id>/<int:position>/swap")
@allow(signed_in)
def swap(attempt_id: UUID, position: int) -> Response:
    """Another case instead of one with a content note."""
    person_id = current_person().person_id
    try:
        services.swap(current_course(), attempt_id, person_id, position, now=clock.now(), rng=random.SystemRandom())
        db.session.commit()
    except Conflict:
        db.session.rollback()
        flash(gettext("This case cannot be exchanged any more. You may leave the quiz; your place is kept."))
    return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)


@bp.get("/attempts/<uuid:attempt_id>/result")
@allow(signed_in)
def result(attempt_id: UUID) -> str | Response:
    """The score, and what to read again."""
    attempt = queries.attempt(attempt_id, current_person().person_id)
    if attempt.closed_at is None:
        return redirect(url_for("assessment.go_on", attempt_id=attempt_id))
    return render_template("assessment/result.html", **result_page(current_course(), attempt))


def _question_page(attempt: AttemptRecord, position: int, *, problem: AnswerError | None) -> str:
    values = question_page(current_course(), attempt, position)
    told = gettext(problem.message, **problem.values) if problem else None
    return render_template("assessment/question.html", problem=told, **values)
