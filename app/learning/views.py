"""Module pages, sections, and the page before a quiz."""

import random
from typing import Literal

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in
from app.assessment import starting
from app.assessment.queries import summaries
from app.assessment.records import SCORED, SETS
from app.assessment.turns import Waits
from app.content import current_course
from app.content.records import FINAL, Module, Quiz, Section
from app.enrolment.terms import terms_for
from app.errors import NotFound
from app.extensions import db
from app.learning import queries, services
from app.learning.offers import SetOffer, set_offer
from app.learning.pages import module_page, part_after, section_page
from app.learning.progress import ModuleProgress, module_progress
from app.learning.quiz_pages import final_page, quiz_page
from app.security import allow_frames

bp = Blueprint("learning", __name__)


@bp.get("/modules/<module_id>")
@allow(signed_in)
def module(module_id: str) -> str:
    """What a module is about, what one can do afterwards, and its parts."""
    progress, offer = _progress_and_offer(_module(module_id))
    return render_template("learning/module.html", **module_page(current_course(), progress, offer))


@bp.get("/modules/<module_id>/<section_id>")
@allow(signed_in)
def section(module_id: str, section_id: str) -> str:
    """One section, with the module's map and the way on."""
    found = _section(module_id, section_id)
    allow_frames(video.host for video in current_course().videos_for(found) if video.host)
    progress = _progress(_module(module_id))
    return render_template("learning/section.html", **section_page(current_course(), progress, found))


@bp.post("/modules/<module_id>/<section_id>")
@allow(signed_in)
def go_on(module_id: str, section_id: str) -> Response:
    """Mark this section as read and go on to the next part."""
    module, section = _module(module_id), _section(module_id, section_id)
    services.mark_read(current_course(), current_person().person_id, module_id, section_id, now=clock.now())
    db.session.commit()
    return redirect(_address_after(module, section), code=303)


@bp.get("/quizzes/<quiz_id>")
@allow(signed_in)
def quiz(quiz_id: str) -> str:
    """Before a quiz: how it works, what is still unread, and every earlier attempt."""
    course, person_id = current_course(), current_person().person_id
    found = _quiz(quiz_id)
    mark = terms_for(course, person_id, clock.now())[0].pass_mark
    attempts = summaries(person_id, quiz_id, kinds=(*SCORED, *SETS))
    reads = queries.section_reads(person_id)
    return render_template("learning/quiz.html", **quiz_page(course, found, reads, attempts, mark))


@bp.get("/quizzes/final")
@allow(signed_in)
def final() -> str:
    """Before the final test: how it works, which form is next and from when on, and every earlier attempt."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    if course.final is None:
        raise NotFound
    mark = terms_for(course, person_id, now)[0].pass_mark
    waits = Waits(*current_app.config["SETTINGS"].final_waits)
    values = final_page(course, course.final, summaries(person_id, FINAL), mark, waits, now)
    return render_template("learning/final.html", **values)


@bp.post("/quizzes/<quiz_id>/<any(before, after):kind>")
@allow(signed_in)
def begin_set(quiz_id: str, kind: Literal["before", "after"]) -> Response:
    """Begin the questions before or after reading, or go on with them, while the module's page offers them."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    module = _module(_quiz(quiz_id).module_id)
    _, offer = _progress_and_offer(module)
    if offer is None or offer.kind != kind:
        flash(gettext("These questions are not open now."))
        return redirect(module.url, code=303)
    mark = terms_for(course, person_id, now)[0].pass_mark
    attempt_id = starting.start_set(course, person_id, quiz_id, kind, mark=mark, now=now, rng=random.SystemRandom())
    db.session.commit()
    return redirect(url_for("assessment.go_on", attempt_id=attempt_id), code=303)


def _quiz(quiz_id: str) -> Quiz:
    found = current_course().quizzes.get(quiz_id)
    if found is None:
        raise NotFound
    return found


def _module(module_id: str) -> Module:
    try:
        return current_course().module(module_id)
    except KeyError:
        raise NotFound from None


def _section(module_id: str, section_id: str) -> Section:
    try:
        return current_course().section(module_id, section_id)
    except KeyError:
        raise NotFound from None


def _progress(module: Module) -> ModuleProgress:
    return _progress_and_offer(module)[0]


def _progress_and_offer(module: Module) -> tuple[ModuleProgress, SetOffer | None]:
    course, person_id = current_course(), current_person().person_id
    attempts = summaries(person_id, module.quiz_id, kinds=(*SCORED, *SETS)) if module.quiz_id else ()
    mark = terms_for(course, person_id, clock.now())[0].pass_mark
    progress = module_progress(course, module, queries.section_reads(person_id), attempts, mark)
    return progress, set_offer(course.quizzes.get(module.quiz_id or ""), progress, attempts)


def _address_after(module: Module, section: Section) -> str:
    following = part_after(current_course(), module, section)
    if isinstance(following, Section | Module):
        return following.url
    if following is not None:
        return url_for("learning.quiz", quiz_id=following)
    flash(gettext("Saved. That was the last section."))
    return url_for("site.course")
