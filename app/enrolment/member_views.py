"""One member of a cohort: another last day, another cohort, or out."""

from flask import flash, redirect, render_template, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from app import clock
from app.access import allow, current_person, staff
from app.accounts.queries import profile
from app.enrolment import moving, queries
from app.enrolment.blueprint import COHORT, Answer, administered, bp, note
from app.enrolment.forms import DueForm, MoveForm
from app.enrolment.joining_queries import member_by_id
from app.enrolment.letters import write_moved, write_removed
from app.enrolment.records import CohortSeat
from app.errors import Conflict
from app.extensions import db, give_up_writing

MEMBER = f"{COHORT}/people/<int(max=2147483647):membership_id>"


@bp.get(MEMBER)
@allow(staff)
def member(cohort_id: int, membership_id: int) -> Answer:
    """One member: another last day, another cohort, or out."""
    seat = administered(cohort_id)
    return _member_page(seat, membership_id)


@bp.post(f"{MEMBER}/extend")
@allow(staff)
def extend(cohort_id: int, membership_id: int) -> Answer:
    seat, form = administered(cohort_id), DueForm()
    found = member_by_id(cohort_id, membership_id)
    if not form.validate_on_submit():
        give_up_writing()
        return _member_page(seat, membership_id, due_form=form), 422
    day = form.due_on.data
    moving.extend(cohort_id, membership_id, day)
    note("extend", cohort_id, seat.institute.id, person_id=found.person_id, until=day and day.isoformat())
    db.session.commit()
    flash(_("The last day is now %(day)s.", day=format_date(day, "long")) if day else _("The group’s last day holds."))
    return redirect(url_for("cohorts.member", cohort_id=cohort_id, membership_id=membership_id), 303)


@bp.post(f"{MEMBER}/move")
@allow(staff)
def move(cohort_id: int, membership_id: int) -> Answer:
    """Into another cohort of the institute; a letter tells them who sees their work now."""
    seat, now = administered(cohort_id), clock.now()
    found, form = member_by_id(cohort_id, membership_id), MoveForm(_other_cohorts(seat))
    if not form.validate_on_submit():
        give_up_writing()
        return _member_page(seat, membership_id, move_form=form), 422
    target = administered(form.cohort.data)
    try:
        moving.move(cohort_id, membership_id, target.cohort.id, now=now)
    except Conflict:
        give_up_writing()
        form.cohort.errors = [_("They are in that group already, or it was put away.")]
        return _member_page(seat, membership_id, move_form=form), 422
    write_moved(seat, target, found.person_id, now)
    note("move", cohort_id, seat.institute.id, person_id=found.person_id, into=target.cohort.id)
    db.session.commit()
    flash(_("Moved into %(cohort)s. A letter says so.", cohort=target.cohort.name))
    return redirect(url_for("cohorts.people", cohort_id=cohort_id), 303)


@bp.post(f"{MEMBER}/remove")
@allow(staff)
def remove(cohort_id: int, membership_id: int) -> Answer:
    """Out of the cohort; a letter tells them."""
    seat, now = administered(cohort_id), clock.now()
    person_id = moving.remove(cohort_id, membership_id, now=now)
    write_removed(seat, person_id, now)
    note("remove", cohort_id, seat.institute.id, person_id=person_id)
    db.session.commit()
    flash(_("Taken out of the group. A letter says so."))
    return redirect(url_for("cohorts.people", cohort_id=cohort_id), 303)


def _member_page(
    seat: CohortSeat, membership_id: int, *, due_form: DueForm | None = None, move_form: MoveForm | None = None
) -> str:
    found = member_by_id(seat.cohort.id, membership_id)
    others = _other_cohorts(seat)
    return render_template(
        "enrolment/member.html",
        seat=seat,
        member=found,
        profile=profile(found.person_id),
        due_form=due_form or DueForm(formdata=None, due_on=found.due_on if found.extended else None),
        move_form=(move_form or MoveForm(others, formdata=None)) if others else None,
    )


def _other_cohorts(seat: CohortSeat) -> list[tuple[int, str]]:
    """Where somebody may be moved: the institute's other cohorts that still run."""
    seats = queries.cohort_seats(current_person().person_id, seat.institute.id)
    return [
        (one.cohort.id, one.cohort.name)
        for one in seats
        if one.cohort.id != seat.cohort.id and one.cohort.ended_at is None
    ]
