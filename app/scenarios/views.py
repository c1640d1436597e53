"""Simulated sessions: the page before one, the session itself, the debrief, the ways through it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in
from app.content import current_course
from app.errors import Conflict, NotFound
from app.extensions import db, give_up_writing
from app.questions import AnswerError
from app.scenarios import queries, services
from app.scenarios.decisions import path_page, way_page
from app.scenarios.forms import QuestionForm, ReactionForm
from app.scenarios.pages import scenario_page
from app.scenarios.records import BranchRecord, RunRecord
from app.scenarios.room import ended_page, session_page

bp = Blueprint("scenarios", __name__)


@bp.get("/scenarios/<scenario_id>")
@allow(signed_in)
def scenario(scenario_id: str) -> str:
    """Before a session: what it is about, what it touches, and every earlier run."""
    found = current_course().scenarios.get(scenario_id)
    if found is None:
        raise NotFound
    runs = queries.summaries(current_person().person_id)
    return render_template("scenarios/scenario.html", **scenario_page(current_course(), found, runs))


@bp.post("/scenarios/<scenario_id>/start")
@allow(signed_in)
def start(scenario_id: str) -> Response:
    """Begin a session, or go on with the open one."""
    run_id = services.start(current_course(), current_person().person_id, scenario_id, now=clock.now())
    db.session.commit()
    return redirect(url_for("scenarios.session", run_id=run_id, branch=services.FIRST, _anchor="now"), code=303)


@bp.get("/sessions/<uuid:run_id>/<int:branch>")
@allow(signed_in)
def session(run_id: UUID, branch: int) -> str:
    """One way through a session: open, at its next decision; ended, to look back at."""
    run, way = _way(run_id, branch)
    return _way_page(run, way)


@bp.post("/sessions/<uuid:run_id>/<int:branch>")
@allow(signed_in)
def move(run_id: UUID, branch: int) -> tuple[str, int] | Response:
    """Make one move, then show what came of it."""
    person_id, form = current_person().person_id, request.form
    sequence = form.get("decision", 0, type=int)
    try:
        fresh = services.move(
            run_id, person_id, branch, sequence, form.get("move"), reading=form.get("reading"), now=clock.now()
        )
    except AnswerError as fault:
        give_up_writing()
        return _way_page(*_way(run_id, branch), problem=gettext(fault.message, **fault.values)), 422
    except Conflict:
        db.session.rollback()
        flash(gettext("The session stands at another decision. Here it is; nothing was lost."))
        return _to_way(run_id, branch)
    db.session.commit()
    if not fresh:
        flash(gettext("This decision had been made before, perhaps in another tab. What was saved first stands."))
    return _to_way(run_id, branch)


@bp.post("/sessions/<uuid:run_id>/<int:branch>/<int:sequence>/again")
@allow(signed_in)
def go_back(run_id: UUID, branch: int, sequence: int) -> Response:
    """Go another way from one decision on. The first way stays as it is."""
    try:
        further = services.go_back(run_id, current_person().person_id, branch, sequence, now=clock.now())
        db.session.commit()
    except Conflict as conflict:
        db.session.rollback()
        told = {
            "debrief-first": gettext("The debrief comes first; then every decision can be taken again."),
            "enough-ways": gettext("You have tried many ways already. Begin the session anew to try more."),
        }
        flash(told[conflict.message])
        return redirect(url_for("scenarios.run", run_id=run_id), code=303)
    return _to_way(run_id, further)


@bp.get("/sessions/<uuid:run_id>")
@allow(signed_in)
def run(run_id: UUID) -> str | Response:
    """The path of a run, its further ways, and what was written; before that, whatever comes next."""
    found = queries.run(run_id, current_person().person_id)
    if found.finished_at is None:
        return redirect(url_for("scenarios.session", run_id=run_id, branch=services.FIRST))
    if found.debriefed_at is None:
        return redirect(url_for("scenarios.debrief", run_id=run_id))
    return render_template("scenarios/run.html", **path_page(current_course(), found))


@bp.get("/sessions/<uuid:run_id>/debrief")
@allow(signed_in)
def debrief(run_id: UUID) -> str | Response:
    """First what the learner feels and meant; then the path, the client's account, and a question to take along."""
    found = queries.run(run_id, current_person().person_id)
    if found.finished_at is None or found.debriefed_at is not None:
        return redirect(url_for("scenarios.run", run_id=run_id))
    if found.debrief is None:
        return _reaction_page(found, ReactionForm())
    return _question_page(found, QuestionForm())


@bp.post("/sessions/<uuid:run_id>/debrief")
@allow(signed_in)
def write_reaction(run_id: UUID) -> tuple[str, int] | Response:
    """Keep the learner's reaction and intention; with them the path opens."""
    person_id, form = current_person().person_id, ReactionForm()
    if not form.validate_on_submit():
        return _unfinished_debrief(queries.run(run_id, person_id), form)
    try:
        services.write_reaction(run_id, person_id, form.reaction.data or "", form.intended.data or "", now=clock.now())
        db.session.commit()
    except Conflict:
        db.session.rollback()
    return redirect(url_for("scenarios.debrief", run_id=run_id), code=303)


@bp.post("/sessions/<uuid:run_id>/debrief/question")
@allow(signed_in)
def hand_in(run_id: UUID) -> tuple[str, int] | Response:
    """Close the debrief: with it the session is done."""
    person_id, form = current_person().person_id, QuestionForm()
    if not form.validate_on_submit():
        return _unfinished_debrief(queries.run(run_id, person_id), form)
    try:
        services.hand_in(run_id, person_id, form.question.data or "", now=clock.now())
        db.session.commit()
    except Conflict:
        db.session.rollback()
    return redirect(url_for("scenarios.run", run_id=run_id), code=303)


def _way(run_id: UUID, number: int) -> tuple[RunRecord, BranchRecord]:
    run = queries.run(run_id, current_person().person_id)
    branch = run.branch(number)
    if branch is None:
        raise NotFound
    return run, branch


def _to_way(run_id: UUID, number: int) -> Response:
    """The browser lands on what the client says now."""
    return redirect(url_for("scenarios.session", run_id=run_id, branch=number, _anchor="now"), code=303)


def _way_page(run: RunRecord, way: BranchRecord, problem: str | None = None) -> str:
    if run.situation(way.number).node is not None:
        values = session_page(current_course(), run, way, dict(request.form))
        return render_template("scenarios/session.html", problem=problem, **values)
    if way.number == services.FIRST:
        return render_template("scenarios/ended.html", **ended_page(current_course(), run, way))
    return render_template("scenarios/way.html", **way_page(current_course(), run, way))


def _unfinished_debrief(run: RunRecord, form: ReactionForm | QuestionForm) -> tuple[str, int] | Response:
    """The same page with what is wrong, or whatever comes next in this run."""
    give_up_writing()
    if run.finished_at is None or run.debriefed_at is not None:
        return redirect(url_for("scenarios.run", run_id=run.id), code=303)
    if isinstance(form, ReactionForm) and run.debrief is None:
        return _reaction_page(run, form), 422
    if isinstance(form, QuestionForm) and run.debrief is not None:
        return _question_page(run, form), 422
    return redirect(url_for("scenarios.debrief", run_id=run.id), code=303)


def _reaction_page(run: RunRecord, form: ReactionForm) -> str:
    return render_template("scenarios/reaction.html", form=form, **path_page(current_course(), run))


def _question_page(run: RunRecord, form: QuestionForm) -> str:
    return render_template("scenarios/debrief.html", form=form, **path_page(current_course(), run))
