"""Pages that everybody may see, and the course home."""

from flask import Blueprint, current_app, jsonify, make_response, redirect, render_template, request, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, own_path, public, signed_in, viewer
from app.assessment.dispute_pages import reply_notices
from app.content import current_course
from app.credentials import queries as certificates
from app.enrolment.terms import terms_for
from app.extensions import db
from app.learning.overview import overview_for
from app.learning.pages import missing_items
from app.learning.progress import study_minutes
from app.scenarios import queries as runs
from app.scenarios.pages import session_lines
from app.site import THEMES
from app.site.pages import about, next_step
from app.site.printing import lowered

bp = Blueprint("site", __name__)

A_YEAR = 31_536_000


@bp.get("/")
@allow(public)
def home() -> str:
    """What this is, for somebody who has ten seconds."""
    course = current_course()
    return render_template(
        "site/home.html",
        registration=current_app.config["SETTINGS"].registration,
        study_time=about(study_minutes(course)),
        cases=sum(len(quiz.vignettes) for quiz in course.quizzes.values()),
        signed_in=viewer() is not None,
    )


@bp.get("/course")
@allow(signed_in)
def course() -> str:
    """Where I am, what is next, how long it takes, what is missing for the certificate."""
    person = current_person()
    own_terms = terms_for(current_course(), person.person_id, clock.now())[0]
    overview = overview_for(current_course(), person.person_id, own_terms)
    finished = overview.completed_at is not None
    certificate = certificates.valid_certificate(person.person_id, current_course().edition) if finished else None
    return render_template(
        "site/course.html",
        overview=overview,
        next=next_step(current_course(), overview),
        missing=missing_items(overview),
        time_left=about(overview.progress.minutes_left),
        certificate=certificate,
        sessions=session_lines(current_course(), runs.summaries(person.person_id))
        if current_course().scenarios
        else (),
        replies=reply_notices(current_course(), person.person_id, clock.now()),
    )


@bp.get("/course/print")
@allow(signed_in)
def course_print() -> str:
    """The whole text on one page, for paper or for reading without a connection."""
    return render_template("site/course_print.html", lowered=lowered)


@bp.get("/library")
@allow(public)
def library() -> str:
    """Books, papers, training, with what each adds."""
    return render_template("site/library.html", groups=current_course().library)


@bp.get("/references")
@allow(public)
def references() -> str:
    """The bibliography."""
    found = sorted(current_course().references.values(), key=lambda reference: reference.label.casefold())
    return render_template("site/references.html", references=found)


@bp.get("/glossary")
@allow(public)
def glossary() -> str:
    """The terms of the field."""
    terms = sorted(current_course().glossary.values(), key=lambda term: term.term.casefold())
    return render_template("site/glossary.html", terms=terms)


@bp.post("/theme")
@allow(public)
def theme() -> Response:
    """Light, dark, or as the device has it. Stores nothing about anybody: a cookie holds the word."""
    chosen = request.form.get("theme")
    response = make_response(redirect(own_path(request.form.get("next")) or url_for("site.home"), code=303))
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax", secure=request.is_secure)
    else:
        response.delete_cookie("theme")
    return response


@bp.get("/healthz")
@allow(public)
def healthz() -> Response:
    """For machines: the process runs, the database answers, the course is loaded."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok", edition=current_course().edition)
