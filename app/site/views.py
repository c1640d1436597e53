"""Pages that everybody may see, and the course home."""

from pathlib import Path
from typing import Literal

from flask import (
    Blueprint,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask_babel import gettext
from sqlalchemy import text
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, own_path, public, signed_in, viewer
from app.assessment.dispute_pages import reply_notices
from app.assessment.mending_pages import attempts_gone, exercise_lines
from app.assessment.queries import summaries
from app.assessment.records import MEND
from app.content import current_course
from app.content.videos import FOLDER, SERVED_AS
from app.credentials import queries as certificates
from app.enrolment.queries import belongings
from app.enrolment.terms import terms_of
from app.errors import NotFound
from app.extensions import db
from app.learning.overview import overview_of
from app.learning.pages import missing_items
from app.learning.progress import study_minutes
from app.scenarios import queries as runs
from app.scenarios.pages import session_lines, sessions_to_lead
from app.site import THEMES
from app.site.citations import MIME_TYPES, written
from app.site.films import shorten
from app.site.pages import about, next_step, sorted_references, sorted_terms, transcript_page
from app.site.printing import on_one_page, within_page
from app.site.reading import chosen, reading_list, wish_from

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
    groups = belongings(person.person_id)
    overview = overview_of(current_course(), person.person_id, terms_of(current_course(), groups))
    finished = overview.completed_at is not None
    certificate = certificates.valid_certificate(person.person_id, current_course().edition) if finished else None
    return render_template(
        "site/course.html",
        overview=overview,
        groups=groups,
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
    return render_template(
        "site/course_print.html",
        on_one_page=on_one_page,
        within_page=within_page,
        terms=sorted_terms(current_course()),
        references=sorted_references(current_course()),
    )


@bp.get("/library")
@allow(public)
def library() -> str:
    """Aids to print; books, papers and training, with what each adds; as far as somebody asks for them."""
    course = current_course()
    return render_template("site/library.html", reading=reading_list(course, wish_from(request.args, course)))


@bp.get("/library.<any(bib, ris):format>")
@allow(public)
def download(format: Literal["bib", "ris"]) -> Response:
    """References for one's own collection: of the list that was asked for, or all."""
    course = current_course()
    references = chosen(course, wish_from(request.args, course))
    remark = gettext("The record is not confirmed in every field.")
    response = make_response(written(references, format, remark))
    response.content_type = f"{MIME_TYPES[format]}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="references.{format}"'
    return response


@bp.get("/aids")
@allow(public)
def aids() -> str:
    """What there is to print."""
    return render_template("site/aids.html")


@bp.get("/aids/<aid_id>")
@allow(public)
def aid(aid_id: str) -> str:
    """One page to print. What is ticked or written on it stays in the browser."""
    try:
        found = current_course().aid(aid_id)
    except KeyError:
        raise NotFound from None
    return render_template("site/aid.html", aid=found)


@bp.get("/scenarios")
@allow(signed_in)
def sessions() -> str:
    """Every session of the course: to read, to mend and to lead, and how it stands with each."""
    course, person_id = current_course(), current_person().person_id
    mended = summaries(person_id, kinds=(MEND,))
    return render_template(
        "site/sessions.html",
        exercises=exercise_lines(course, mended),
        attempts_gone=attempts_gone(course, mended),
        **sessions_to_lead(course, runs.summaries(person_id)),
    )


@bp.get("/transcripts/<transcript_id>")
@allow(signed_in)
def transcript(transcript_id: str) -> str:
    """A session to read, with notes in the margin; or without them; or with one's own line first."""
    found = current_course().transcripts.get(transcript_id)
    if found is None:
        raise NotFound
    return render_template("site/transcript.html", **transcript_page(current_course(), found))


@bp.get("/videos/<name>")
@allow(signed_in)
def video_file(name: str) -> Response:
    """A file of a video, or captions: those that the course names, and no other."""
    if not any(name in video.files for video in current_course().videos.values()):
        raise NotFound
    shorten(request)
    folder, served_as = current_app.config["SETTINGS"].course / FOLDER, SERVED_AS.get(Path(name).suffix)
    response = send_from_directory(folder, name, mimetype=served_as, conditional=True)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/references")
@allow(public)
def references() -> str:
    """The bibliography."""
    return render_template("site/references.html", references=sorted_references(current_course()))


@bp.get("/glossary")
@allow(public)
def glossary() -> str:
    """The terms of the field."""
    return render_template("site/glossary.html", terms=sorted_terms(current_course()))


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
