"""Who did what at an institute, and who looked at oneself."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.access import allow, current_person, signed_in, staff
from app.accounts.queries import names
from app.assessment.pages import quiz_title
from app.assessment.queries import summaries
from app.assessment.supervised_queries import SHOWN
from app.audit import queries
from app.content import current_course
from app.enrolment.queries import cohort_names
from app.enrolment.records import end_of_day
from app.extensions import db, writes_audit
from app.institutes.queries import administrator_seat, institute_names
from app.institutes.records import Seat
from app.paging import page
from app.supervision import audit_pages
from app.supervision.acts import LOOK, act_words, cohorts_in
from app.supervision.downloads import Format, download

bp = Blueprint("audit", __name__)

SIZE = 100


@bp.get("/institutes/<slug>/audit")
@allow(staff)
def index(slug: str) -> str:
    """What the staff did, newest first; narrowed to an act, a person, days."""
    seat = _seat(slug)
    wanted, asked = _wanted(seat)
    shown = page(request.args.get("page", type=int), queries.count(wanted), SIZE)
    entries = queries.entries(wanted, offset=shown.offset, size=shown.size)
    named = names(audit_pages.people_in(entries))
    lines = audit_pages.lines(entries, named, cohort_names(cohorts_in(entries)), seat.institute.zone)
    return render_template(
        "audit/index.html",
        seat=seat,
        lines=lines,
        page=shown,
        asked=asked,
        acts=[(act, act_words(act)) for act in queries.acts(seat.institute.id)],
        person=named.get(wanted.person_id) if wanted.person_id else None,
    )


@bp.get("/institutes/<slug>/audit.<any(csv, xlsx):extension>")
@allow(staff)
def export(slug: str, extension: Format) -> Response:
    """The same acts as a file, each by itself."""
    writes_audit()
    seat = _seat(slug)
    entries = queries.entries(_wanted(seat)[0], offset=0, size=audit_pages.MOST)
    named = names(audit_pages.people_in(entries))
    table = audit_pages.table(entries, named, cohort_names(cohorts_in(entries)), seat.institute.zone, slug)
    answer = download(table, extension, seat.institute, "audit")
    db.session.commit()
    return answer


@bp.get("/account/looks")
@allow(signed_in)
def looks() -> str:
    """Who looked at my work, when, at what; and what else the staff of my institutes did about me."""
    me, other = current_person().person_id, "other" in request.args
    wanted = queries.About(me, act=LOOK, other=other)
    shown = page(request.args.get("page", type=int), queries.count(wanted), SIZE)
    entries = queries.entries(wanted, offset=shown.offset, size=shown.size)
    named = names(audit_pages.people_in(entries))
    return render_template(
        "audit/looks.html",
        lines=audit_pages.lines(entries, named, cohort_names(cohorts_in(entries)), ZoneInfo("UTC")),
        page=shown,
        other=other,
        me=me,
        attempts=_attempts(me) if entries and not other else {},
        institutes=institute_names({entry.institute_id for entry in entries if entry.institute_id is not None}),
    )


def _attempts(person_id: UUID) -> dict[str, tuple[UUID, str]]:
    """For the subject of a look at an attempt: the attempt, and which quiz it was at."""
    course = current_course()
    found = summaries(person_id, kinds=SHOWN)
    return {f"attempt {one.id}": (one.id, quiz_title(course, one.quiz_id)) for one in found}


def _seat(slug: str) -> Seat:
    return administrator_seat(current_person().person_id, slug)


def _wanted(seat: Seat) -> tuple[queries.Wanted, dict[str, str]]:
    """What the address asks for; and the same as it was written, to stand in the form. What is no day is left out."""
    zone = seat.institute.zone
    act = request.args.get("act", "")[:60].replace("\0", "")
    person = request.args.get("person", type=UUID)
    since, until = (request.args.get(name, type=_day) for name in ("since", "until"))
    wanted = queries.Wanted(
        seat.institute.id,
        act=act,
        person_id=person,
        since=datetime.combine(since, time(), zone) if since else None,
        until=end_of_day(until, zone) if until else None,
    )
    asked = {"act": act, "person": person, "since": since, "until": until}
    return wanted, {name: str(value) for name, value in asked.items() if value}


def _day(typed: str) -> date:
    """ValueError: no day, or none that anything can have been done on."""
    day = date.fromisoformat(typed)
    if not 2000 <= day.year < 3000:
        raise ValueError(typed)
    return day
