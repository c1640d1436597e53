"""Getting in and out: register, sign in, sign out, reset a password, follow a letter's link."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app import access, clock
from app.access import allow, own_path, public
from app.accounts import queries, registration, services, session, sign_ins
from app.accounts.blueprint import LETTER_LIMIT, PASSWORD_LIMIT, bp
from app.accounts.faults import DeadLink, EmailTaken, TooManyFailures, WrongPassword
from app.accounts.forms import AddressForm, InvitedForm, NewPasswordForm, RegisterForm, SignInForm
from app.extensions import db, limiter
from config import Settings

Answer = Response | str | tuple[str, int]


@bp.route("/login", methods=["GET", "POST"])
@allow(public)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def sign_in() -> Answer:
    if access.viewer() is not None:
        return redirect(_onward(), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return form_page("sign_in", form)
    try:
        session.begin(session.recognise(form.email.data, form.password.data))
    except WrongPassword:
        return form_page(
            "sign_in", form, also=(_("The e-mail address or the password is not right. Mind capital letters."),)
        )
    except TooManyFailures as fault:
        return form_page("sign_in", form, also=(wait_words(fault),), status=429)
    return redirect(_onward(), 303)


@bp.post("/logout")
@allow(public)
def sign_out() -> Answer:
    viewer = access.viewer()
    if viewer is not None:
        sign_ins.end(viewer.person_id, viewer.sign_in_id, clock.now())
        db.session.commit()
    session.forget()
    flash(_("You are signed out."))
    return redirect(url_for("site.home"), 303)


@bp.route("/register", methods=["GET", "POST"])
@allow(public)
@limiter.limit(LETTER_LIMIT, methods=["POST"])
def register() -> Answer:
    if access.viewer() is not None:
        return redirect(_onward(), 303)
    match registration.way(_settings().registration, _settings().mail_server):
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
    services.request_registration(form.email.data, clock.now())
    db.session.commit()
    return render_template("accounts/letter_sent.html", email=form.email.data.strip(), purpose="registration")


def _register_at_once() -> Answer:
    """While no letter can be sent. Who registers twice with the right password is simply signed in."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return form_page("register", form)
    try:
        try:
            person_id = services.create_account(
                name=form.name.data, email=form.email.data, password=form.password.data, now=clock.now()
            )
        except EmailTaken:
            db.session.rollback()
            person_id = session.recognise(form.email.data, form.password.data)
    except (WrongPassword, TooManyFailures):
        return form_page(
            "register",
            form,
            also=(_("No account can be made with this address. If you have one, sign in, or choose a new password."),),
        )
    session.begin(person_id)
    return redirect(_onward(), 303)


@bp.route("/register/<token>", methods=["GET", "POST"])
@allow(public)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def register_by_link(token: str) -> Answer:
    purposes = registration.purposes(_settings().registration)
    link = queries.link(token, purposes, clock.now())
    if not link.is_open:
        return dead_link_page("register", link.state)
    form = InvitedForm(own_words=(link.email or "",))
    if not form.validate_on_submit():
        return form_page("register_by_link", form, email=link.email)
    try:
        person_id = services.register_by_link(
            token, purposes, name=form.name.data, password=form.password.data, now=clock.now()
        )
    except DeadLink as fault:
        return dead_link_page("register", fault.state)
    except EmailTaken:
        db.session.rollback()
        return dead_link_page("register", "taken")
    session.begin(person_id)
    return redirect(_onward(), 303)


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
            token, name=form.name.data, email=form.email.data, password=form.password.data, now=clock.now()
        )
    except DeadLink as fault:
        return dead_link_page("first_administrator", fault.state)
    except EmailTaken:
        db.session.rollback()
        return form_page(
            "first_administrator", form, also=(_("There is an account with this address already. Give another one."),)
        )
    session.begin(person_id)
    return redirect(_onward(), 303)


@bp.route("/reset", methods=["GET", "POST"])
@allow(public)
@limiter.limit(LETTER_LIMIT, methods=["POST"])
def reset() -> Answer:
    form = AddressForm()
    if not form.validate_on_submit():
        return form_page("reset", form)
    services.request_reset(form.email.data, clock.now())
    db.session.commit()
    return render_template("accounts/letter_sent.html", email=form.email.data.strip(), purpose="reset")


@bp.route("/reset/<token>", methods=["GET", "POST"])
@allow(public)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def reset_by_link(token: str) -> Answer:
    link = queries.link(token, ("reset",), clock.now())
    if not link.is_open or link.person_id is None:
        return dead_link_page("reset", link.state)
    profile = queries.profile(link.person_id)
    form = NewPasswordForm(own_words=(profile.name, profile.email))
    if not form.validate_on_submit():
        return form_page("reset_by_link", form, email=profile.email)
    try:
        services.reset_password(token, form.password.data, clock.now())
    except DeadLink as fault:
        return dead_link_page("reset", fault.state)
    db.session.commit()
    session.forget()
    flash(_("Your new password is saved, and every browser is signed out. Sign in with it now."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.route("/email/<token>", methods=["GET", "POST"])
@allow(public)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def confirm_email(token: str) -> Answer:
    """Opening the link changes nothing: mail programs open links, too. The button does."""
    link = queries.link(token, ("change_email",), clock.now())
    if not link.is_open:
        return dead_link_page("email", link.state)
    if request.method == "GET":
        return render_template("accounts/confirm_email.html", email=link.email)
    try:
        email = services.confirm_email_change(token, clock.now())
    except DeadLink as fault:
        return dead_link_page("email", fault.state)
    except EmailTaken:
        db.session.rollback()
        return dead_link_page("email", "taken")
    db.session.commit()
    flash(_("Your e-mail address is now %(email)s.", email=email))
    return redirect(url_for("accounts.account"), 303)


def dead_link_page(purpose: str, state: str) -> tuple[str, int]:
    """What has become of the link, and the next step."""
    status = 404 if state == "unknown" else 410
    return render_template(
        "accounts/dead_link.html", purpose=purpose, state=state, registration=_settings().registration
    ), status


def wait_words(fault: TooManyFailures) -> str:
    minutes = max(1, -(-int(fault.wait.total_seconds()) // 60))
    return ngettext(
        "Too many sign-ins have failed. Wait a minute, then try again. A new password by letter helps at once.",
        "Too many sign-ins have failed. Wait %(num)s minutes, then try again. A new password by letter helps at once.",
        minutes,
    )


def form_page(
    view: str, form: object, *, also: tuple[str, ...] = (), status: int = 200, **values: object
) -> tuple[str, int]:
    faulty = bool(also) or bool(getattr(form, "errors", None))
    page = render_template(
        f"accounts/{view}.html",
        form=form,
        also=also,
        next=own_path(request.args.get("next")),
        settings=_settings(),
        **values,
    )
    return page, 422 if faulty and status == 200 else status


def _onward() -> str:
    return own_path(request.args.get("next")) or url_for("site.course")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
