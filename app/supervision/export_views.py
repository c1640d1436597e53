"""Tables of a cohort and of an institute as files: whoever saves one is written down."""

from typing import Literal

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, staff
from app.content import current_course
from app.enrolment.queries import cohort_seat
from app.enrolment.records import CohortSeat
from app.extensions import db, writes_audit
from app.institutes.queries import seat
from app.supervision import listing, question_pages, rows, teaching_pages
from app.supervision.agenda_tables import agenda_table
from app.supervision.downloads import Format, download
from app.supervision.exports import Table
from app.supervision.groups import read_group
from app.supervision.populations import trainees_of_cohort, trainees_of_institute
from app.supervision.question_tables import question_table
from app.supervision.standings import parts_of

bp = Blueprint("exports", __name__)

What = Literal["cohort", "attention", "progress", "agenda", "questions"]


@bp.get(
    "/cohorts/<int(max=2147483647):cohort_id>/export"
    "/<any(cohort, attention, progress, agenda, questions):what>.<any(csv, xlsx):extension>"
)
@allow(staff)
def cohort_table(cohort_id: int, what: What, extension: Format) -> Response:
    """The rows of one of a cohort's pages, filtered and sorted as the address says."""
    writes_audit()
    found = cohort_seat(current_person().person_id, cohort_id)
    answer = download(_table(found, what), extension, found.institute, f"cohort {cohort_id}")
    db.session.commit()
    return answer


@bp.get("/institutes/<slug>/questions.<any(csv, xlsx):extension>")
@allow(staff)
def institute_questions(slug: str, extension: Format) -> Response:
    """The rows of the questions, pooled over the institute."""
    writes_audit()
    found = seat(current_person().person_id, slug)
    asked = question_pages.read_asked(trainees_of_institute(found.institute.id))
    answer = download(
        _questions(slug, found.institute.name, asked), extension, found.institute, f"institute {found.institute.id}"
    )
    db.session.commit()
    return answer


def _table(found: CohortSeat, what: What) -> Table:
    course, cohort = current_course(), found.cohort
    if what == "agenda":
        title = gettext("What to teach next, %(cohort)s", cohort=cohort.name)
        return agenda_table(f"agenda {cohort.name}", title, teaching_pages.read_agenda(course, found))
    if what == "questions":
        return _questions(cohort.name, cohort.name, question_pages.read_asked(trainees_of_cohort(cohort.id)))
    group = read_group(course, found, clock.now())
    if what == "attention":
        return rows.attention_table(course, group)
    if what == "progress":
        return rows.progress_table(group)
    return rows.cohort_table(
        group, listing.wish_from(request.args, {part.id for part in parts_of(course) if part.quiz_id})
    )


def _questions(name: str, of: str, asked: question_pages.Asked) -> Table:
    titles = question_pages.quiz_titles(current_course())
    lines = question_pages.selected(asked.lines, question_pages.wish_from(request.args, titles))
    title = gettext("Questions, %(of)s", of=of)
    return question_table(f"questions {name}", title, titles, asked.disputes, lines)
