"""Module pages and sections."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in
from app.assessment.records import SCORED, SETS
from app.content import current_course
from app.content.records import Module, Section
from app.enrolment.terms import terms_for
from app.errors import NotFound
from app.extensions import db
from app.learning import quiz_views, services
from app.learning.blueprint import bp
from app.learning.offers import set_offer
from app.learning.pages import locked_page, map_title, module_page, part_after, section_page
from app.learning.places import Place, place_at, require_open
from app.learning.progress import ModuleProgress, module_progress
from app.security import allow_frames

__all__ = ["bp", "quiz_views"]


@bp.get("/modules/<module_id>")
@allow(signed_in)
def module(module_id: str) -> str:
    """What a module is about, what one can do afterwards, and its parts."""
    course, found = current_course(), _module(module_id)
    here = _place(found)
    if here.lock is not None:
        return render_template("learning/locked.html", **locked_page(map_title(found), here.lock))
    progress = _progress(found, here)
    offer = set_offer(course.quizzes.get(found.quiz_id or ""), progress, here.attempts)
    return render_template("learning/module.html", **module_page(course, progress, offer))


@bp.get("/modules/<module_id>/<section_id>")
@allow(signed_in)
def section(module_id: str, section_id: str) -> str:
    """One section, with the module's map and the way on."""
    found, its_module = _section(module_id, section_id), _module(module_id)
    here = _place(its_module)
    if here.lock is not None:
        return render_template("learning/locked.html", **locked_page(map_title(its_module), here.lock))
    allow_frames(video.host for video in current_course().videos_for(found) if video.host)
    page = section_page(current_course(), _progress(its_module, here), found)
    return render_template("learning/section.html", **page)


@bp.post("/modules/<module_id>/<section_id>")
@allow(signed_in)
def go_on(module_id: str, section_id: str) -> Response:
    """Mark this section as read and go on to the next part."""
    course, person_id, now = current_course(), current_person().person_id, clock.now()
    module, section = _module(module_id), _section(module_id, section_id)
    require_open(course, person_id, module_id, terms_for(course, person_id, now))
    services.mark_read(course, person_id, module_id, section_id, now=now)
    db.session.commit()
    return redirect(_address_after(module, section), code=303)


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


def _place(module: Module) -> Place:
    return place_at(
        current_course(), current_person().person_id, module.id, module.quiz_id, clock.now(), kinds=(*SCORED, *SETS)
    )


def _progress(module: Module, here: Place) -> ModuleProgress:
    return module_progress(current_course(), module, here.reads, here.attempts, here.mark)


def _address_after(module: Module, section: Section) -> str:
    following = part_after(current_course(), module, section)
    if isinstance(following, Section | Module):
        return following.url
    if following is not None:
        return url_for("learning.quiz", quiz_id=following)
    flash(gettext("Saved. That was the last section."))
    return url_for("site.course")
