"""Disputing a question, and replying, for those to whom disputes come."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, answering, current_person, signed_in, viewer
from app.assessment import dispute_queries, disputes, queries
from app.assessment.dispute_pages import dispute_page, listed
from app.assessment.forms import DisputeForm, ReplyForm
from app.assessment.pages import question_page
from app.audit.services import record
from app.content import current_course
from app.errors import Conflict, NotFound
from app.extensions import db, give_up_writing, limiter
from app.paging import page

bp = Blueprint("disputes", __name__)

Answer = Response | str | tuple[str, int]
LIMIT = "20 per hour; 60 per day"
SHOWN = 25


def _who() -> str:
    """Limits count by person: a whole institute may share one network address."""
    person = viewer()
    return str(person.person_id) if person else ""


@bp.post("/attempts/<uuid:attempt_id>/<int:position>/dispute")
@allow(signed_in)
@limiter.limit(LIMIT, key_func=_who)
def dispute(attempt_id: UUID, position: int) -> Answer:
    """Take what a learner finds wrong with a question they have answered."""
    form, person_id = DisputeForm(), current_person().person_id
    if not form.validate_on_submit():
        return _faulty(attempt_id, position, form)
    fresh = disputes.dispute(attempt_id, person_id, position, form.text.data or "", now=clock.now())
    db.session.commit()
    if not fresh:
        flash(gettext("You have written about this question before. What you wrote then stands."))
    address = url_for("assessment.question", attempt_id=attempt_id, position=position, _anchor="dispute")
    return redirect(address, code=303)


@bp.get("/disputes")
@allow(answering)
def all_disputes() -> str:
    """What learners find wrong with questions: what waits for a reply, then what has one."""
    me = _replier()
    if not dispute_queries.replies(me):
        raise NotFound
    here = page(request.args.get("page", type=int), dispute_queries.count(me), SHOWN)
    lines = listed(current_course(), dispute_queries.disputes(me, here.offset, here.size))
    return render_template("assessment/disputes.html", lines=lines, page=here)


@bp.get("/disputes/<int(max=2147483647):dispute_id>")
@allow(answering)
def one(dispute_id: int) -> str:
    """A dispute beside the question as the learner saw it."""
    return _dispute_page(dispute_id, ReplyForm())


@bp.post("/disputes/<int(max=2147483647):dispute_id>")
@allow(answering)
def reply(dispute_id: int) -> Answer:
    """Send the one reply."""
    form, now, me = ReplyForm(), clock.now(), _replier()
    if not form.validate_on_submit():
        give_up_writing()
        return _dispute_page(dispute_id, form), 422
    try:
        disputes.reply(dispute_id, me, form.text.data or "", now=now)
    except Conflict:
        db.session.rollback()
        flash(gettext("Somebody has replied before. That reply stands; yours was not sent."), "error")
        return redirect(url_for("disputes.one", dispute_id=dispute_id), code=303)
    record("reply", f"dispute {dispute_id}", actor_id=me.person_id, now=now)
    db.session.commit()
    flash(gettext("The reply is sent. It stands at the question, and a letter says so."))
    return redirect(url_for("disputes.all_disputes"), code=303)


def _replier() -> dispute_queries.Replier:
    me = current_person()
    return dispute_queries.Replier(me.person_id, me.administrator)


def _faulty(attempt_id: UUID, position: int, form: DisputeForm) -> Answer:
    give_up_writing()
    attempt = queries.attempt(attempt_id, current_person().person_id)
    if not disputes.may_dispute(attempt, position, queries.feedback_on(attempt)):
        return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)
    values = question_page(current_course(), attempt, position, {})
    return render_template("assessment/question.html", dispute_form=form, **values), 422


def _dispute_page(dispute_id: int, form: ReplyForm) -> str:
    disputed = dispute_queries.disputed(dispute_id, _replier())
    return render_template("assessment/dispute.html", form=form, **dispute_page(current_course(), disputed))
