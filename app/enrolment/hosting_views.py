"""Those who run the site: which institutes there are, and founding one."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import administrator, allow, current_person
from app.audit.services import record
from app.enrolment.hosting_queries import hosted_institutes, institute_count
from app.errors import Conflict
from app.extensions import db, give_up_writing
from app.institutes import founding, queries
from app.institutes.forms import FirstAdministratorForm, InstituteForm
from app.institutes.staff_letters import invitation_link
from app.paging import page

bp = Blueprint("hosting", __name__)

Answer = Response | str | tuple[str, int]


@bp.route("/institutes", methods=["GET", "POST"])
@allow(administrator)
def institutes() -> Answer:
    """All institutes, and the form for one more."""
    form = InstituteForm()
    if not form.validate_on_submit():
        if form.errors:
            give_up_writing()
        return _page(form), 422 if form.errors else 200
    now, me = clock.now(), current_person().person_id
    founded, token = founding.found(form.text("name"), form.text("time_zone"), form.text("email"), by=me, now=now)
    record("found", f"institute {founded.slug}", actor_id=me, now=now, institute_id=founded.id)
    db.session.commit()
    return _invited(founded.name, form.text("email"), token)


@bp.post("/institutes/<int(max=2147483647):institute_id>/administrator")
@allow(administrator)
def invite_administrator(institute_id: int) -> Answer:
    """Ask somebody, perhaps again, to be an institute's first administrator."""
    institute, form = queries.institute(institute_id), FirstAdministratorForm()
    if not form.validate_on_submit():
        give_up_writing()
        return _page(InstituteForm(formdata=None), asking=(institute_id, form)), 422
    now, me = clock.now(), current_person().person_id
    try:
        token = founding.invite_administrator(institute, form.text("email"), by=me, now=now)
    except Conflict:
        db.session.rollback()
        flash(_("This institute has an administrator by now, who invites everybody else."), "error")
        return redirect(url_for("hosting.institutes"), 303)
    record("invite_staff", f"institute {institute.slug}", actor_id=me, now=now, institute_id=institute_id)
    db.session.commit()
    return _invited(institute.name, form.text("email"), token)


def _invited(name: str, email: str, token: str) -> Answer:
    """While no letter can be sent, the link is shown, this once."""
    if current_app.config["SETTINGS"].mail_server is None:
        return _page(InstituteForm(formdata=None), made=(name, email, invitation_link(token)))
    flash(_("A letter asks %(email)s to be administrator of %(name)s.", email=email, name=name))
    return redirect(url_for("hosting.institutes"), 303)


def _page(
    form: InstituteForm,
    *,
    asking: tuple[int, FirstAdministratorForm] | None = None,
    made: tuple[str, str, str] | None = None,
) -> str:
    here = page(request.args.get("page", type=int), institute_count())
    found = hosted_institutes(here.offset, here.size)
    return render_template(
        "enrolment/institutes.html",
        form=form,
        asking=asking or (None, FirstAdministratorForm(formdata=None)),
        made=made,
        institutes=found,
        invited=queries.invited_administrators([one.id for one in found if not one.administrators], clock.now()),
        page=here,
    )
