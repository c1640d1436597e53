"""An institute's administrators look after its staff."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, viewer
from app.access import staff as any_staff
from app.audit.services import record
from app.enrolment import staff_pages, staffing
from app.errors import Conflict, NotFound
from app.extensions import db, give_up_writing, limiter
from app.institutes import invitations, queries, services
from app.institutes.forms import RoleForm, StaffInvitationForm
from app.institutes.records import InstituteRecord, InvitationRecord, Role, Seat
from app.institutes.staff_letters import invitation_link, send_invitation

bp = Blueprint("staff", __name__)

Answer = Response | str | tuple[str, int]
LETTERS = "60 per hour; 200 per day"


def _who() -> str:
    person = viewer()
    return str(person.person_id) if person else ""


@bp.get("/institutes/<slug>/staff")
@allow(any_staff)
def people(slug: str) -> Answer:
    return _page(_seat(slug), StaffInvitationForm(formdata=None))


@bp.post("/institutes/<slug>/staff")
@allow(any_staff)
@limiter.limit(LETTERS, key_func=_who)
def invite(slug: str) -> Answer:
    """Ask somebody onto the staff. Nobody is seated without accepting, account or not."""
    seat, form = _seat(slug), StaffInvitationForm()
    if not form.validate_on_submit():
        give_up_writing()
        return _page(seat, form), 422
    role: Role = "administrator" if form.text("role") == "administrator" else "supervisor"
    now, me, email = clock.now(), current_person().person_id, form.text("email")
    invited = invitations.invite(seat.institute.id, role=role, email=email, invited_by=me, now=now)
    send_invitation(seat.institute, email, role, invited.token, now)
    _note("invite_staff", seat.institute, f"invitation {invited.invitation_id}", role=role)
    db.session.commit()
    return _invited(seat, email, invited.token)


@bp.post("/institutes/<slug>/staff/invitations/<int(max=2147483647):invitation_id>/renew")
@allow(any_staff)
@limiter.limit(LETTERS, key_func=_who)
def renew(slug: str, invitation_id: int) -> Answer:
    """Send the letter again, with a fresh link."""
    seat, now = _seat(slug), clock.now()
    found = _invitation(seat, invitation_id)
    invited = invitations.renew(invitation_id, seat.institute.id, now)
    role: Role = "administrator" if found.role == "administrator" else "supervisor"
    send_invitation(seat.institute, found.email, role, invited.token, now)
    _note("renew_invitation", seat.institute, f"invitation {invitation_id}")
    db.session.commit()
    return _invited(seat, found.email, invited.token)


@bp.post("/institutes/<slug>/staff/invitations/<int(max=2147483647):invitation_id>/withdraw")
@allow(any_staff)
def withdraw(slug: str, invitation_id: int) -> Answer:
    seat = _seat(slug)
    _invitation(seat, invitation_id)
    invitations.withdraw(invitation_id, seat.institute.id, clock.now())
    _note("withdraw_invitation", seat.institute, f"invitation {invitation_id}")
    db.session.commit()
    flash(_("The invitation is withdrawn: its link no longer works."))
    return redirect(url_for("staff.people", slug=slug), 303)


@bp.post("/institutes/<slug>/staff/<uuid:person_id>/role")
@allow(any_staff)
def change_role(slug: str, person_id: UUID) -> Answer:
    seat, form = _seat(slug), RoleForm()
    if not form.validate_on_submit():
        give_up_writing()
        return _page(seat, StaffInvitationForm(formdata=None), also=(_("Choose one of the two roles."),)), 422
    role: Role = "administrator" if form.text("role") == "administrator" else "supervisor"
    try:
        services.change_role(seat.institute.id, person_id, role)
    except Conflict:
        return _last(seat)
    _note("change_role", seat.institute, "staff", person_id=person_id, role=role)
    db.session.commit()
    flash(_("The role is changed."))
    return _onward(slug, person_id, still_administers=role == "administrator")


@bp.post("/institutes/<slug>/staff/<uuid:person_id>/remove")
@allow(any_staff)
def remove(slug: str, person_id: UUID) -> Answer:
    """End somebody's seat, their supervision of cohorts here, and that disputes come to them."""
    seat = _seat(slug)
    try:
        cohorts = staffing.remove_staff(seat.institute.id, person_id)
    except Conflict:
        return _last(seat)
    _note("remove_staff", seat.institute, "staff", person_id=person_id, cohorts=cohorts)
    db.session.commit()
    flash(_("They are no longer on the staff: what they saw here is closed to them."))
    return _onward(slug, person_id, still_administers=False)


def _seat(slug: str) -> Seat:
    return queries.administrator_seat(current_person().person_id, slug)


def _invitation(seat: Seat, invitation_id: int) -> InvitationRecord:
    """One to the staff; those into cohorts are looked after beside the cohort."""
    for one in queries.invitations(seat.institute.id, None):
        if one.id == invitation_id:
            return one
    raise NotFound


def _page(
    seat: Seat, form: StaffInvitationForm, *, also: tuple[str, ...] = (), made: tuple[str, str] | None = None
) -> str:
    values = staff_pages.staff_page(seat.institute, current_person().person_id, clock.now())
    return render_template("enrolment/staff.html", seat=seat, form=form, also=also, made=made, **values)


def _invited(seat: Seat, email: str, token: str) -> Answer:
    """While no letter can be sent, the link is shown, this once."""
    if current_app.config["SETTINGS"].mail_server is None:
        return _page(seat, StaffInvitationForm(formdata=None), made=(email, invitation_link(token)))
    flash(_("A letter with the invitation is on its way to %(email)s.", email=email))
    return redirect(url_for("staff.people", slug=seat.institute.slug), 303)


def _last(seat: Seat) -> Answer:
    give_up_writing()
    words = _(
        "An institute needs an administrator, and this is the last one. Make somebody else administrator first; then "
        "this one can go, or become supervisor."
    )
    return _page(seat, StaffInvitationForm(formdata=None), also=(words,)), 422


def _onward(slug: str, person_id: UUID, *, still_administers: bool) -> Answer:
    """Whoever has just given up their own place can no longer see this page."""
    if person_id == current_person().person_id and not still_administers:
        return redirect(url_for("site.course"), 303)
    return redirect(url_for("staff.people", slug=slug), 303)


def _note(
    act: str, institute: InstituteRecord, subject: str, *, person_id: UUID | None = None, **details: str | int | None
) -> None:
    me, now = current_person().person_id, clock.now()
    record(act, subject, actor_id=me, now=now, institute_id=institute.id, person_id=person_id, **details)
