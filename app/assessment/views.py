"""Taking a quiz: one question a page, the verdict at once, the result at the end."""

import random
from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in
from app.assessment import queries, self_ratings, services
from app.assessment.pages import end_page, question_page
from app.assessment.records import AttemptRecord
from app.assessment.repeats import answers_alike
from app.content import current_course
from app.errors import Conflict, NotFound
from app.extensions import db, give_up_writing, only_read_from_here
from app.questions import AnswerError

bp = Blueprint("assessment", __name__)

Form = Mapping[str, Sequence[str]]


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
    return _question_page(attempt, position)


@bp.post("/attempts/<uuid:attempt_id>/<int:position>")
@allow(signed_in)
def answer(attempt_id: UUID, position: int) -> str | tuple[str, int] | Response:
    """Take the answer, then show the same question with its reasons."""
    person_id, form = current_person().person_id, request.form.to_dict(flat=False)
    confidence = request.form.get("confidence")
    try:
        fresh = services.answer(attempt_id, person_id, position, form, confidence=confidence, now=clock.now())
    except AnswerError as fault:
        give_up_writing()
        return _question_page(queries.attempt(attempt_id, person_id), position, problem=fault, entered=form), 422
    except Conflict:
        db.session.rollback()
        flash(gettext("That question comes later. Here is the first one that is still open; nothing was lost."))
        return _first_open(attempt_id, form)
    db.session.commit()
    return _answered(attempt_id, position, sent_before=None if fresh else form)


@bp.post("/attempts/<uuid:attempt_id>/<int:position>/rating")
@allow(signed_in)
def rate(attempt_id: UUID, position: int) -> tuple[str, int] | Response:
    """Keep how somebody judges a line of their own."""
    person_id = current_person().person_id
    try:
        fresh = self_ratings.rate(attempt_id, person_id, position, request.form.getlist("met"), now=clock.now())
    except AnswerError as fault:
        give_up_writing()
        return _question_page(queries.attempt(attempt_id, person_id), position, problem=fault), 422
    except Conflict:
        return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)
    db.session.commit()
    if not fresh:
        flash(gettext("You had rated this line before, perhaps in another tab. Your first rating stands."))
    address = url_for("assessment.question", attempt_id=attempt_id, position=position, _anchor="rating")
    return redirect(address, code=303)


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
    """The score and what to read again; or, outside every score, the reasons."""
    attempt = queries.attempt(attempt_id, current_person().person_id)
    if attempt.closed_at is None:
        return redirect(url_for("assessment.go_on", attempt_id=attempt_id))
    template, values = end_page(current_course(), attempt)
    return render_template(template, **values)


def _answered(attempt_id: UUID, position: int, *, sent_before: Form | None) -> str | Response:
    """The way to the answered question. A script that asked for it gets the page itself, which spares a request."""
    asked_by_script = request.headers.get("X-Requested-With") == "fetch"
    if asked_by_script or sent_before is not None:
        only_read_from_here()
        attempt = queries.attempt(attempt_id, current_person().person_id)
        lost = None if sent_before is None or answers_alike(attempt, position, sent_before) else sent_before
        if lost is not None:
            flash(gettext("This question had been answered before, perhaps in another tab. Your first answer stands."))
        if asked_by_script or (lost and "composed" in lost):
            return _question_page(attempt, position, entered=lost)
    address = url_for("assessment.question", attempt_id=attempt_id, position=position, _anchor="verdict")
    return redirect(address, code=303)


def _first_open(attempt_id: UUID, form: Form) -> str | Response:
    """The way to the first open question. What was composed for a later one comes along, to be kept."""
    if "composed" in form:
        attempt = queries.attempt(attempt_id, current_person().person_id)
        return _question_page(attempt, attempt.first_unanswered or 1, entered=form)
    return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)


def _question_page(
    attempt: AttemptRecord, position: int, *, problem: AnswerError | None = None, entered: Form | None = None
) -> str:
    if not attempt.may_see(position):  # a case was exchanged meanwhile, and the attempt is shorter
        position = attempt.first_unanswered or 1
    values = question_page(current_course(), attempt, position, entered or {})
    told = gettext(problem.message, **problem.values) if problem else None
    return render_template("assessment/question.html", problem=told, **values)
