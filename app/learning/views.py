"""Module pages, sections, and the page before a quiz."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in
from app.assessment.queries import summaries
from app.content import current_course
from app.content.records import Module, Section
from app.enrolment.terms import terms_for
from app.errors import NotFound
from app.extensions import db
from app.learning import queries, services
from app.learning.pages import map_entries, map_title, module_page, part_after, section_page
from app.learning.progress import ModuleProgress, module_progress, questions_asked, quiz_minutes

bp = Blueprint("learning", __name__)


@bp.get("/modules/<module_id>")
@allow(signed_in)
def module(module_id: str) -> str:
    """What a module is about, what one can do afterwards, and its parts."""
    progress = _progress(_module(module_id))
    return render_template("learning/module.html", **module_page(current_course(), progress))


@bp.get("/modules/<module_id>/<section_id>")
@allow(signed_in)
def section(module_id: str, section_id: str) -> str:
    """One section, with the module's map and the way on."""
    found = _section(module_id, section_id)
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
    found = course.quizzes.get(quiz_id)
    if found is None:
        raise NotFound
    module = course.module(found.module_id)
    attempts = summaries(person_id, quiz_id)
    mark = terms_for(course, person_id, clock.now())[0].pass_mark
    progress = module_progress(course, module, queries.section_reads(person_id), attempts, mark)
    return render_template(
        "learning/quiz.html",
        quiz=found,
        module=module,
        attempts=attempts,
        progress=progress,
        entries=map_entries(progress, quiz_id),
        map_title=map_title(module),
        questions=questions_asked(course, quiz_id),
        minutes=quiz_minutes(course, quiz_id),
        mark=mark,
        has_content_notes=any(vignette.content_note for vignette in found.vignettes),
    )


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
    course, person_id = current_course(), current_person().person_id
    attempts = summaries(person_id, module.quiz_id) if module.quiz_id else ()
    mark = terms_for(course, person_id, clock.now())[0].pass_mark
    return module_progress(course, module, queries.section_reads(person_id), attempts, mark)


def _address_after(module: Module, section: Section) -> str:
    following = part_after(current_course(), module, section)
    if isinstance(following, Section | Module):
        return following.url
    if following is not None:
        return url_for("learning.quiz", quiz_id=following)
    flash(gettext("Saved. That was the last section."))
    return url_for("site.course")
