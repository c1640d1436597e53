"""Who is in a cohort: read by its supervisors, changed by its institute's administrators."""

from collections.abc import Sequence

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, staff
from app.accounts import addresses, names
from app.enrolment import arranging, inviting, queries
from app.enrolment.blueprint import COHORT, Answer, administered, bp, note
from app.enrolment.forms import GuestForm
from app.enrolment.inviting import Sent
from app.enrolment.people_pages import STATES, Wish, people_page
from app.enrolment.records import CohortSeat
from app.enrolment.rosters import Guest
from app.errors import Conflict
from app.extensions import db, give_up_writing, limiter, only_read_from_here
from app.institutes import invitations

INVITATION = f"{COHORT}/invitations/<int(max=2147483647):invitation_id>"
LETTER_LIMIT = "60 per minute; 600 per hour"


@bp.get(f"{COHORT}/people")
@allow(staff)
def people(cohort_id: int) -> Answer:
    """Members and invitations; for supervisors to read."""
    return _people_page(queries.cohort_seat(current_person().person_id, cohort_id), GuestForm(formdata=None))


@bp.post(f"{COHORT}/people/invite")
@allow(staff)
@limiter.limit(LETTER_LIMIT)
def invite(cohort_id: int) -> Answer:
    """One person, by a letter."""
    seat, form = administered(cohort_id), GuestForm()
    if not form.validate_on_submit():
        give_up_writing()
        return _people_page(seat, form), 422
    email, now = form.text("email"), clock.now()
    guest = Guest(1, names.tidy(form.text("name")), email, addresses.key(email))
    sent = inviting.invite(seat, (guest,), invited_by=current_person().person_id, now=now)
    if not sent:
        give_up_writing()
        state = inviting.known(cohort_id, seat.institute.id, now).state(guest.key) or ""
        form.email.errors = [_needless(state)]
        return _people_page(seat, form), 422
    note("invite", cohort_id, seat.institute.id, people=1)
    db.session.commit()
    return sent_page(seat, sent, _("The letter to %(email)s is on its way.", email=email))


@bp.post(f"{INVITATION}/resend")
@allow(staff)
@limiter.limit(LETTER_LIMIT)
def resend(cohort_id: int, invitation_id: int) -> Answer:
    """Another letter, whose link replaces the earlier one."""
    seat = administered(cohort_id)
    try:
        sent = inviting.resend(seat, invitation_id, clock.now())
    except Conflict:
        give_up_writing()
        flash(_("This invitation was taken up, withdrawn, or written a moment ago."), "error")
        return _to_people(cohort_id, "invitations")
    note("resend-invitation", cohort_id, seat.institute.id, invitation=invitation_id)
    db.session.commit()
    words = _("Another letter is on its way. The link in the earlier one no longer works.")
    return sent_page(seat, (sent,), words)


@bp.post(f"{INVITATION}/withdraw")
@allow(staff)
def withdraw(cohort_id: int, invitation_id: int) -> Answer:
    seat = administered(cohort_id)
    inviting.invitation(seat, invitation_id)
    invitations.withdraw(invitation_id, seat.institute.id, clock.now())
    note("withdraw-invitation", cohort_id, seat.institute.id, invitation=invitation_id)
    db.session.commit()
    flash(_("The invitation is withdrawn: its link no longer works."))
    return _to_people(cohort_id, "invitations")


@bp.post(f"{COHORT}/join-link/<any(open, close, renew):turn>")
@allow(staff)
def join_link(cohort_id: int, turn: str) -> Answer:
    """The link by which everybody who has it may join."""
    seat = administered(cohort_id)
    if turn == "open":
        arranging.open_link(cohort_id)
        flash(_("The link is open: whoever has it may join."))
    elif turn == "close":
        arranging.close_link(cohort_id)
        flash(_("The link is closed: nobody joins by it any more."))
    else:
        arranging.renew_link(cohort_id)
        flash(_("There is a new link. The one before never works again."))
    note(f"{turn}-join-link", cohort_id, seat.institute.id)
    db.session.commit()
    return _to_people(cohort_id, "join-link")


def sent_page(seat: CohortSeat, sent: Sequence[Sent], words: str) -> Answer:
    """Back to the people; while the site cannot send mail, with the links to be handed on, which are shown only now."""
    if current_app.config["SETTINGS"].mail_server is None and sent:
        only_read_from_here()
        return _people_page(seat, GuestForm(formdata=None), made=sent)
    flash(words)
    return _to_people(seat.cohort.id, "invitations")


def _people_page(seat: CohortSeat, form: GuestForm, made: Sequence[Sent] = ()) -> str:
    asked = request.args
    state = asked.get("state", "open")
    wish = Wish(
        words=asked.get("q", "")[:100].strip(),
        page=asked.get("page", 1, type=int),
        state=state if state in STATES else "open",
        invitations_page=asked.get("invited", 1, type=int),
    )
    return render_template("enrolment/people.html", form=form, made=made, **people_page(seat, wish, clock.now()))


def _needless(state: str) -> str:
    words: dict[str, str] = {
        "joined": _("Somebody with this address is in the group already."),
        "staff": _("This is one of the institute’s staff, whose answers never count."),
        "invited": _("This address has an invitation that is still open. Send that one again, below."),
    }
    return words[state]


def _to_people(cohort_id: int, anchor: str | None = None) -> Response:
    return redirect(url_for("cohorts.people", cohort_id=cohort_id, _anchor=anchor), 303)
