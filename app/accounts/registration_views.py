"""Coming in for the first time: openly, by a letter, by invitation, or as the first administrator."""

from flask import redirect, render_template, request
from flask_babel import gettext as _

from app import access, clock
from app.access import allow, own_path, public
from app.accounts import queries, registration, services, session
from app.accounts.blueprint import LETTER_LIMIT, PASSWORD_LIMIT, bp
from app.accounts.faults import DeadLink, EmailTaken, TooManyFailures, WrongPassword
from app.accounts.forms import AddressForm, InvitedForm, RegisterForm
from app.accounts.pages import Answer, dead_link_page, form_page, onward, settings
from app.extensions import db, limiter


@bp.route("/register", methods=["GET", "POST"])
@allow(public)
@limiter.limit(LETTER_LIMIT, methods=["POST"])
def register() -> Answer:
    if access.viewer() is not None:
        return redirect(onward(), 303)
    match registration.way(settings().registration, settings().mail_server):
        case "invitation":
            return render_template("accounts/by_invitation.html")
        case "letter":
            return _register_by_letter()
        case "at_once":
            return _register_at_once()


def _register_by_letter() -> Answer:
    """One answer for every address, known or not: the letter says the rest."""
    form = AddressForm()
    if not form.validate_on_submit():
        return form_page("register_by_letter", form)
    services.request_registration(form.text("email"), clock.now(), way_back=registration.way_back(_asked_next()))
    db.session.commit()
    return render_template("accounts/letter_sent.html", email=form.text("email"), purpose="registration")


def _asked_next() -> str | None:
    return own_path(request.args.get("next"))


def _register_at_once() -> Answer:
    """While no letter can be sent. Who registers twice with the right password is simply signed in."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return form_page("register", form)
    try:
        try:
            person_id = services.create_account(
                name=form.text("name"), email=form.text("email"), password=form.text("password"), now=clock.now()
            )
        except EmailTaken:
            db.session.rollback()
            person_id = session.recognise(form.text("email"), form.text("password"))
    except (WrongPassword, TooManyFailures):
        return form_page(
            "register",
            form,
            also=(_("No account can be made with this address. If you have one, sign in, or choose a new password."),),
        )
    session.begin(person_id)
    return redirect(onward(), 303)


@bp.route("/register/<token>", methods=["GET", "POST"])
@allow(public)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def register_by_link(token: str) -> Answer:
    purposes = registration.purposes(settings().registration)
    link = queries.link(token, purposes, clock.now())
    if not link.is_open:
        return dead_link_page("register", link.state)
    form = InvitedForm(own_words=(link.email or "",))
    if not form.validate_on_submit():
        return form_page("register_by_link", form, email=link.email)
    try:
        person_id = services.register_by_link(
            token, purposes, name=form.text("name"), password=form.text("password"), now=clock.now()
        )
    except DeadLink as fault:
        return dead_link_page("register", fault.state)
    except EmailTaken:
        db.session.rollback()
        return dead_link_page("register", "taken")
    session.begin(person_id)
    return redirect(onward(), 303)


@bp.route("/first-administrator/<token>", methods=["GET", "POST"])
@allow(public)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def first_administrator(token: str) -> Answer:
    link = queries.link(token, ("first_administrator",), clock.now())
    if not link.is_open:
        return dead_link_page("first_administrator", link.state)
    form = RegisterForm()
    if not form.validate_on_submit():
        return form_page("first_administrator", form)
    try:
        person_id = services.create_first_administrator(
            token, name=form.text("name"), email=form.text("email"), password=form.text("password"), now=clock.now()
        )
    except DeadLink as fault:
        return dead_link_page("first_administrator", fault.state)
    except EmailTaken:
        db.session.rollback()
        return form_page(
            "first_administrator", form, also=(_("There is an account with this address already. Give another one."),)
        )
    session.begin(person_id)
    return redirect(onward(), 303)
