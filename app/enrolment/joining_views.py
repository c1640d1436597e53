"""Joining: by a personal invitation, or by a cohort's link."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import access, clock
from app.access import allow, public
from app.accounts import addresses, services, session
from app.accounts.blueprint import PASSWORD_LIMIT
from app.accounts.faults import EmailTaken
from app.accounts.forms import Form, InvitedForm
from app.accounts.queries import person_id_of
from app.enrolment import belonging_views, joining
from app.enrolment.forms import JoinForm, NewcomerForm
from app.enrolment.joining_blueprint import LOOK_LIMIT, Answer, bp
from app.enrolment.joining_queries import Place, Watchers, is_member, place_behind, watchers
from app.errors import NotFound
from app.extensions import db, give_up_writing, limiter
from app.institutes import invitations
from app.institutes.invitations import DeadInvitation
from app.institutes.queries import institute
from app.institutes.records import InvitationRecord

__all__ = ["belonging_views", "bp"]


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@allow(public)
@limiter.limit(LOOK_LIMIT, methods=["GET"])
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def invitation(token: str) -> Answer:
    """What one is invited to, and the way in. Looking uses nothing up: mail programs look, too."""
    now, found = clock.now(), invitations.find(token, clock.now())
    try:
        place = joining.invited_to(found, now)
    except DeadInvitation as fault:
        return _dead(fault.state)
    if found is None:
        return _dead("unknown")
    form = _form(place)
    if request.method == "GET" or not _may_send(found) or not form.validate():
        return _invitation_page(found, place, form)
    try:
        person_id = _person(found, form)
        joining.accept(token, person_id, now)
    except (DeadInvitation, EmailTaken) as fault:
        give_up_writing()
        return _dead(fault.state if isinstance(fault, DeadInvitation) else "taken")
    if access.viewer() is None:
        session.begin(person_id)
    db.session.commit()
    return _welcome(place, found)


@bp.route("/join/<code>", methods=["GET", "POST"])
@allow(public)
@limiter.limit(LOOK_LIMIT, methods=["GET"])
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def join(code: str) -> Answer:
    """A group whose link somebody was given."""
    try:
        place = place_behind(code)
    except NotFound:
        give_up_writing()
        return render_template("enrolment/closed.html"), 404
    me, form = access.viewer(), JoinForm()
    if me is None and request.method == "POST":
        return redirect(url_for("accounts.sign_in", next=request.path), 303)
    if me is None or request.method == "GET" or not form.validate():
        return _link_page(place, form, me)
    joining.join(place.cohort.id, place.institute.id, me.person_id, clock.now())
    db.session.commit()
    return _welcome(place)


def _form(place: Place | None) -> Form:
    """Who is signed in agrees; who is new registers, too."""
    if access.viewer() is not None:
        return JoinForm() if place is not None else Form()
    return NewcomerForm() if place is not None else InvitedForm()


def _may_send(found: InvitationRecord) -> bool:
    """Whoever has an account with the invited address signs in with it, and registers no other."""
    return access.viewer() is not None or _account(found) is None


def _account(found: InvitationRecord) -> UUID | None:
    return person_id_of(addresses.key(found.email))


def _person(found: InvitationRecord, form: Form) -> UUID:
    """Who joins: whoever is signed in, or somebody new, whose address the letter has proved. Raises EmailTaken."""
    me = access.viewer()
    if me is not None:
        return me.person_id
    return services.create_account(
        name=form.text("name"), email=found.email, password=form.text("password"), now=clock.now()
    )


def _invitation_page(found: InvitationRecord, place: Place | None, form: Form) -> Answer:
    if form.errors:
        give_up_writing()
    me = access.viewer()
    if isinstance(form, InvitedForm) and not form.is_submitted():
        form["name"].data = found.name
    page = render_template(
        "enrolment/invitation.html",
        invitation=found,
        place=place,
        institute=place.institute if place else institute(found.institute_id),
        watchers=watchers([place.cohort.id])[place.cohort.id] if place else Watchers(),
        form=form,
        me=me,
        another=me is not None and addresses.loose_key(me.email) != addresses.loose_key(found.email),
        already=me is not None and place is not None and is_member(place.cohort.id, me.person_id),
        has_account=me is None and _account(found) is not None,
    )
    return page, 422 if form.errors else 200


def _link_page(place: Place, form: JoinForm, me: access.Viewer | None) -> Answer:
    """To those who are not signed in it names nobody."""
    if form.errors:
        give_up_writing()
    page = render_template(
        "enrolment/join.html",
        place=place,
        institute=place.institute,
        watchers=watchers([place.cohort.id])[place.cohort.id] if me else None,
        form=form,
        me=me,
        already=me is not None and is_member(place.cohort.id, me.person_id),
        registration=current_app.config["SETTINGS"].registration,
    )
    return page, 422 if form.errors else 200


def _dead(state: str) -> Answer:
    return render_template("enrolment/dead.html", state=state), 404 if state == "unknown" else 410


def _welcome(place: Place | None, found: InvitationRecord | None = None) -> Response:
    if place is not None:
        flash(_("You are now in %(cohort)s.", cohort=place.cohort.name))
        return redirect(url_for("site.course"), 303)
    flash(_("Your seat is taken. What you look after stands below “Groups”."))
    return redirect("/groups" if found else url_for("site.course"), 303)
