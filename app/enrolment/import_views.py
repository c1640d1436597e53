"""Inviting a whole list: it is read, shown with every line that will not do, and imported only when confirmed."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.access import allow, current_person, staff
from app.enrolment import inviting, previews, rosters
from app.enrolment.blueprint import COHORT, Answer, administered, bp, form_page, note
from app.enrolment.forms import ConfirmForm, RosterForm
from app.enrolment.inviting import Sent
from app.enrolment.people_views import sent_page
from app.enrolment.records import CohortSeat
from app.errors import Conflict
from app.extensions import db, give_up_writing, limiter

AT_ONCE = 200
"""After so many invitations what is done is kept, and others get their turn with the database. Should the rest not come
to pass, the same list sent again invites those who are missing."""
LIST_LIMIT = "30 per minute; 200 per hour"


@bp.route(f"{COHORT}/people/import", methods=["GET", "POST"])
@allow(staff)
@limiter.limit(LIST_LIMIT, methods=["POST"])
def import_people(cohort_id: int) -> Answer:
    """The form; the preview of a list; or, confirmed, the invitations."""
    seat, confirmed, form = administered(cohort_id), ConfirmForm(), RosterForm()
    if confirmed.people.data:
        return _import(seat, confirmed)
    if not form.validate_on_submit():
        return form_page("import", form, seat=seat, most=rosters.MOST_LINES)
    return _preview(seat, form)


def _preview(seat: CohortSeat, form: RosterForm) -> Answer:
    """Every line is looked at; nothing is written."""
    give_up_writing()
    now = clock.now()
    try:
        roster = rosters.read(form.listed())
    except rosters.TooManyLines as fault:
        words = _(
            "These are %(lines)s people, more than %(most)s. Send the list in parts; nobody has been invited yet."
        )
        form.pasted.errors = [words % {"lines": fault.lines, "most": rosters.MOST_LINES}]
        return form_page("import", form, seat=seat, most=rosters.MOST_LINES)
    checked = rosters.held_against(roster, inviting.known(seat.cohort.id, seat.institute.id, now))
    signed = previews.sign(checked.guests, seat.cohort.id, current_person().person_id, now)
    faults = [(bad, _why(bad)) for bad in checked.bad]
    return render_template("enrolment/preview.html", seat=seat, form=form, roster=checked, faults=faults, signed=signed)


def _import(seat: CohortSeat, form: ConfirmForm) -> Answer:
    cohort_id, me, now = seat.cohort.id, current_person().person_id, clock.now()
    try:
        guests = previews.read(form.text("people"), cohort_id, me, now)
    except Conflict:
        give_up_writing()
        flash(_("This preview is too old, or not whole. Nobody has been invited: send the list once more."), "error")
        return redirect(url_for("cohorts.import_people", cohort_id=cohort_id), 303)
    invited: list[Sent] = []
    for start in range(0, len(guests), AT_ONCE):
        sent = inviting.invite(seat, guests[start : start + AT_ONCE], invited_by=me, now=now)
        if sent:
            note("invite", cohort_id, seat.institute.id, people=len(sent))
        db.session.commit()
        invited += sent
    return sent_page(seat, invited, _invited(len(invited), len(guests) - len(invited)))


def _invited(invited: int, skipped: int) -> str:
    words = ngettext("One letter is on its way.", "%(num)d letters are on their way.", invited)
    if not invited:
        words = _("Nobody had to be invited.")
    if not skipped:
        return str(words)
    passed_over = ngettext(
        "One was passed over: invited or joined meanwhile.",
        "%(num)d were passed over: invited or joined meanwhile.",
        skipped,
    )
    return f"{words} {passed_over}"


def _why(bad: rosters.BadLine) -> str:
    words: dict[str, str] = {
        "missing": _("no e-mail address"),
        "several": _("more than one e-mail address"),
        "address": _("not an e-mail address that letters can be sent to"),
        "long": _("too long"),
        "control": _("signs that cannot be read or printed"),
        "quotes": _("quotation marks that do not match"),
        "columns": _("more columns than name and address, or than the first line names"),
        "name": _("a name that cannot be printed"),
        "twice": _("the same address as in line %(line)s", line=bad.first),
        "joined": _("is in this group already"),
        "invited": _("has an invitation that is still open"),
        "staff": _("is one of the institute’s staff, whose answers never count"),
    }
    return words[bad.code]
