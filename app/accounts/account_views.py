"""My own account: name, e-mail address, password, and where I am signed in."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app import clock
from app.access import Viewer, allow, current_person, signed_in
from app.accounts import queries, services, session, sign_ins
from app.accounts.blueprint import PASSWORD_LIMIT, bp
from app.accounts.devices import device
from app.accounts.faults import SameEmail, TooManyFailures, WrongPassword
from app.accounts.forms import EmailForm, NameForm, PasswordForm
from app.accounts.pages import Answer, form_page, wait_words
from app.extensions import db, limiter


@bp.get("/account")
@allow(signed_in)
def account() -> Answer:
    me = current_person()
    places = [(row, device(row.agent)) for row in queries.sign_ins(me.person_id, clock.now())]
    return render_template(
        "accounts/account.html", profile=queries.profile(me.person_id), places=places, here=me.sign_in_id
    )


@bp.route("/account/name", methods=["GET", "POST"])
@allow(signed_in)
def change_name() -> Answer:
    me = current_person()
    form = NameForm(name=me.name)
    if not form.validate_on_submit():
        return form_page("change_name", form)
    services.change_name(me.person_id, form.text("name"), clock.now())
    db.session.commit()
    flash(_("Your name is saved."))
    return redirect(url_for("accounts.account"), 303)


@bp.route("/account/email", methods=["GET", "POST"])
@allow(signed_in)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def change_email() -> Answer:
    me = current_person()
    form = EmailForm()
    if not form.validate_on_submit():
        return form_page("change_email", form, email=me.email)
    if (fault := _password_fault(me, form.text("current"))) is not None:
        return form_page("change_email", form, also=(fault,), email=me.email)
    try:
        services.request_email_change(me.person_id, form.text("email"), clock.now())
    except SameEmail:
        return form_page("change_email", form, also=(_("This is your address already."),), email=me.email)
    db.session.commit()
    return render_template("accounts/letter_sent.html", email=form.text("email"), purpose="email")


@bp.route("/account/password", methods=["GET", "POST"])
@allow(signed_in)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def change_password() -> Answer:
    me = current_person()
    form = PasswordForm(own_words=(me.name, me.email))
    if not form.validate_on_submit():
        return form_page("change_password", form, email=me.email)
    if (fault := _password_fault(me, form.text("current"))) is not None:
        return form_page("change_password", form, also=(fault,), email=me.email)
    services.change_password(me.person_id, me.sign_in_id, form.text("password"), clock.now())
    db.session.commit()
    flash(_("Your new password is saved. Every other browser is signed out."))
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sign-ins/<int(max=2147483647):sign_in_id>/end")
@allow(signed_in)
def end_sign_in(sign_in_id: int) -> Answer:
    me = current_person()
    sign_ins.end(me.person_id, sign_in_id, clock.now())
    db.session.commit()
    if sign_in_id == me.sign_in_id:
        session.forget()
        flash(_("You are signed out."))
        return redirect(url_for("site.home"), 303)
    flash(_("That browser is signed out."))
    return redirect(url_for("accounts.account"), 303)


def _password_fault(me: Viewer, password: str) -> str | None:
    """An open browser is not enough to take an account over; guesses are counted as at the sign-in."""
    try:
        session.recognise(me.email, password)
    except WrongPassword:
        return str(_("This is not your present password. Type it again."))
    except TooManyFailures as fault:
        return wait_words(fault)
    return None
