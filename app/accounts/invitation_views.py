"""Administrators invite people by e-mail."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app import clock
from app.access import administrator, allow, current_person
from app.accounts import letters, links, queries, services
from app.accounts.blueprint import PASSWORD_LIMIT, bp
from app.accounts.forms import InvitationsForm
from app.accounts.pages import Answer
from app.accounts.records import Invited
from app.audit.services import record
from app.extensions import db, limiter


@bp.route("/admin/invitations", methods=["GET", "POST"])
@allow(administrator)
@limiter.limit(PASSWORD_LIMIT, methods=["POST"])
def invitations() -> Answer:
    now = clock.now()
    form = InvitationsForm()
    invited: list[Invited] = []
    if form.validate_on_submit():
        invited = [services.invite(address, now) for address in form.listed()]
        sent = sum(one.token is not None for one in invited)
        record("invite", "invitations", actor_id=current_person().person_id, now=now, people=sent)
        db.session.commit()
        form = InvitationsForm(formdata=None)
    return render_template(
        "accounts/invitations.html",
        form=form,
        made=[(one.email, letters.link_to("register", one.token)) for one in invited if one.token is not None],
        known=[one.email for one in invited if one.token is None],
        waiting=queries.open_invitations(now),
        letters_go_out=current_app.config["SETTINGS"].mail_server is not None,
    ), 422 if form.errors else 200


@bp.post("/admin/invitations/<int(max=2147483647):invitation_id>/withdraw")
@allow(administrator)
def withdraw_invitation(invitation_id: int) -> Answer:
    links.withdraw_invitation(invitation_id)
    subject = f"invitation {invitation_id}"
    record("withdraw", subject, actor_id=current_person().person_id, now=clock.now())
    db.session.commit()
    flash(_("The invitation is withdrawn: its link no longer works."))
    return redirect(url_for("accounts.invitations"), 303)
