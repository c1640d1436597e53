"""An institute's administrators set cohorts up, copy them, and put them away."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app import clock
from app.access import allow, current_person, staff
from app.accounts.queries import names
from app.enrolment import arranging, import_views, member_views, people_views, queries
from app.enrolment.arranging import CohortSettings
from app.enrolment.blueprint import COHORT, Answer, administered, bp, form_page, note
from app.enrolment.forms import CohortForm, CopyForm
from app.enrolment.records import CohortSeat
from app.extensions import db
from app.institutes import queries as institutes

__all__ = ["bp", "import_views", "member_views", "people_views"]


@bp.route("/institutes/<slug>/cohorts/new", methods=["GET", "POST"])
@allow(staff)
def new(slug: str) -> Answer:
    seat = institutes.administrator_seat(current_person().person_id, slug)
    form = CohortForm(_staff_by_name(seat.institute.id))
    if not form.validate_on_submit():
        return form_page("new", form, seat=seat)
    cohort_id = arranging.create(seat.institute.id, form.settings(), now=clock.now())
    note("create-cohort", cohort_id, seat.institute.id, name=form.text("name"))
    db.session.commit()
    flash(_("The group is set up. Now invite its people."))
    return redirect(url_for("cohorts.people", cohort_id=cohort_id), 303)


@bp.route(f"{COHORT}/settings", methods=["GET", "POST"])
@allow(staff)
def settings(cohort_id: int) -> Answer:
    seat = administered(cohort_id)
    before = _decided(seat)
    form = CohortForm(_staff_by_name(seat.institute.id), data=_typed(before))
    if not form.validate_on_submit():
        return form_page("settings", form, seat=seat)
    after = form.settings()
    arranging.change(cohort_id, after)
    changed = [name for name, value in asdict(after).items() if value != asdict(before)[name]]
    if changed:
        note("change-cohort", cohort_id, seat.institute.id, what=", ".join(changed))
    db.session.commit()
    flash(_("The settings are saved."))
    return redirect(url_for("cohorts.settings", cohort_id=cohort_id), 303)


@bp.route(f"{COHORT}/copy", methods=["GET", "POST"])
@allow(staff)
def copy(cohort_id: int) -> Answer:
    seat, form = administered(cohort_id), CopyForm()
    if not form.validate_on_submit():
        return form_page("copy", form, seat=seat)
    copied = arranging.copy(cohort_id, form.text("name"), form.days.data or 0, now=clock.now())
    note("copy-cohort", copied, seat.institute.id, of=cohort_id, name=form.text("name"))
    db.session.commit()
    flash(_("This is the copy, without people. Look through its dates."))
    return redirect(url_for("cohorts.settings", cohort_id=copied), 303)


@bp.post(f"{COHORT}/put-away")
@allow(staff)
def put_away(cohort_id: int) -> Answer:
    seat = administered(cohort_id)
    arranging.put_away(cohort_id, now=clock.now())
    note("put-away-cohort", cohort_id, seat.institute.id)
    db.session.commit()
    flash(_("The group is put away. Nobody joins it or is reminded any more; its pages stay."))
    return redirect(url_for("cohorts.settings", cohort_id=cohort_id), 303)


@bp.post(f"{COHORT}/bring-back")
@allow(staff)
def bring_back(cohort_id: int) -> Answer:
    seat = administered(cohort_id)
    arranging.bring_back(cohort_id)
    note("bring-back-cohort", cohort_id, seat.institute.id)
    db.session.commit()
    flash(_("The group runs again."))
    return redirect(url_for("cohorts.settings", cohort_id=cohort_id), 303)


def _decided(seat: CohortSeat) -> CohortSettings:
    cohort = seat.cohort
    return CohortSettings(
        name=cohort.name,
        starts_on=cohort.starts_on,
        due_on=cohort.due_on,
        in_order=cohort.in_order,
        pass_mark=cohort.pass_mark,
        supervisors=frozenset(queries.supervisors(cohort.id)),
    )


def _typed(settings: CohortSettings) -> dict[str, Any]:
    """The same as it stands in the form."""
    return {**asdict(settings), "supervisors": [str(one) for one in settings.supervisors]}


def _staff_by_name(institute_id: int) -> list[tuple[UUID, str]]:
    ids = [one.person_id for one in institutes.staff(institute_id)]
    return sorted(names(ids).items(), key=lambda pair: pair[1].casefold())
