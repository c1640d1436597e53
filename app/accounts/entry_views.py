"""Signing in and out, a new password by letter, and the link that confirms an address."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import access, clock
from app.access import allow, public
from app.accounts import queries, services, session, sign_ins
from app.accounts.blueprint import LETTER_LIMIT, PASSWORD_LIMIT, bp
from app.accounts.faults import DeadLink, EmailTaken, TooManyFailures, WrongPassword
from app.accounts.forms import AddressForm, NewPasswordForm, SignInForm
from app.accounts.pages import Answer, dead_link_page, form_page, onward, wait_words
from app.extensions import db, limiter


@bp.route("/login", methods=["GET", "POST"])
@allow(public)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def sign_in() -> Answer:
    if access.viewer() is not None:
        return redirect(onward(), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return form_page("sign_in", form)
    try:
        session.begin(session.recognise(form.text("email"), form.text("password")))
    except WrongPassword:
        return form_page(
            "sign_in", form, also=(_("The e-mail address or the password is not right. Mind capital letters."),)
        )
    except TooManyFailures as fault:
        return form_page("sign_in", form, also=(wait_words(fault),), status=429)
    return redirect(onward(), 303)


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


@bp.route("/reset", methods=["GET", "POST"])
@allow(public)
@limiter.limit(LETTER_LIMIT, methods=["POST"])
def reset() -> Answer:
    form = AddressForm()
    if not form.validate_on_submit():
        return form_page("reset", form)
    services.request_reset(form.text("email"), clock.now())
    db.session.commit()
    return render_template("accounts/letter_sent.html", email=form.text("email"), purpose="reset")


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
        services.reset_password(token, form.text("password"), clock.now())
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
