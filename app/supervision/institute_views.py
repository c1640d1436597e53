"""The first page of an institute, and the way to all that somebody looks after."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, staff
from app.content import current_course
from app.enrolment.queries import cohort_seats
from app.institutes.queries import administrator_seat, seat, seats
from app.paging import page
from app.supervision import glance

bp = Blueprint("overview", __name__)

Answer = Response | str
PUT_AWAY_SHOWN = 20


@bp.get("/groups")
@allow(staff)
def groups() -> Answer:
    """Every institute and cohort of mine; where there is one only, straight to it."""
    me = current_person().person_id
    mine, cohorts = seats(me), cohort_seats(me)
    running = [one for one in cohorts if one.cohort.ended_at is None]
    if len(mine) == 1 and mine[0].administers:
        return redirect(url_for("overview.institute", slug=mine[0].institute.slug))
    if len(running) == 1 and not any(one.administers for one in mine):
        return redirect(f"/cohorts/{running[0].cohort.id}")
    here = [(one, [cohort for cohort in running if cohort.institute.id == one.institute.id]) for one in mine]
    return render_template("supervision/groups.html", places=here)


@bp.get("/institutes/<slug>")
@allow(staff)
def institute(slug: str) -> str:
    """Cohorts at a glance: all of them for an administrator, their own for a supervisor."""
    me, now, course = current_person().person_id, clock.now(), current_course()
    mine = seat(me, slug)
    found = cohort_seats(me, mine.institute.id)
    ended = [one for one in found if one.cohort.ended_at is not None]
    here = page(request.args.get("page", type=int), len(ended), PUT_AWAY_SHOWN)
    return render_template(
        "supervision/institute.html",
        seat=mine,
        running=glance.running(course, [one for one in found if one.cohort.ended_at is None], now),
        put_away=glance.put_away(course, ended[here.offset : here.offset + here.size]),
        page=here,
        today=now.astimezone(mine.institute.zone).date(),
        answers_disputes=mine.institute.dispute_owner_id == me,
    )


@bp.get("/institutes/<slug>/report")
@allow(staff)
def report(slug: str) -> Answer:
    """The report of the year that runs, by the institute's clock."""
    institute = administrator_seat(current_person().person_id, slug).institute
    return redirect(f"/institutes/{slug}/report/{clock.now().astimezone(institute.zone).year}")
