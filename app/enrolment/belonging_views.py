"""The groups I am in: what is seen of me there, letters, and the way out."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import clock
from app.access import allow, current_person, signed_in
from app.enrolment import joining, moving
from app.enrolment.joining_blueprint import Answer, bp
from app.enrolment.joining_queries import watchers
from app.enrolment.queries import belongings
from app.enrolment.records import Belonging
from app.errors import NotFound
from app.extensions import db

MINE = "/account/groups/<int(max=2147483647):membership_id>"


@bp.get("/account/groups")
@allow(signed_in)
def groups() -> Answer:
    mine = belongings(current_person().person_id)
    seen_by = watchers([one.cohort.id for one in mine]) if mine else {}
    return render_template("enrolment/groups.html", groups=mine, seen_by=seen_by)


@bp.post(f"{MINE}/reminders")
@allow(signed_in)
def set_reminders(membership_id: int) -> Answer:
    """Letters before and after the last day: wanted, or not."""
    wanted = request.form.get("wanted") == "yes"
    moving.remind(membership_id, current_person().person_id, wanted=wanted)
    db.session.commit()
    flash(_("You will be reminded by letter.") if wanted else _("You will not be reminded any more."))
    return redirect(url_for("joining.groups"), 303)


@bp.route(f"{MINE}/leave", methods=["GET", "POST"])
@allow(signed_in)
def leave(membership_id: int) -> Answer:
    """What leaving means, and the button that does it."""
    me = current_person().person_id
    mine = _mine(membership_id)
    if request.method == "GET":
        return render_template("enrolment/leave.html", group=mine)
    joining.leave(membership_id, mine.cohort.id, mine.institute.id, me, clock.now())
    db.session.commit()
    flash(_("You have left %(cohort)s. Its supervisors see nothing of you any more.", cohort=mine.cohort.name))
    return redirect(url_for("joining.groups"), 303)


def _mine(membership_id: int) -> Belonging:
    found = (one for one in belongings(current_person().person_id) if one.membership_id == membership_id)
    mine = next(found, None)
    if mine is None:
        raise NotFound
    return mine
