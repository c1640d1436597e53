"""A cohort: who needs me, how the group stands, what to teach next; and what a supervisor does about it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, signed_in, staff
from app.content import current_course
from app.enrolment.queries import cohort_seat, member
from app.errors import NotFound
from app.extensions import db, give_up_writing
from app.supervision import letters, services, viewing
from app.supervision.forms import LetterForm, SnoozeForm, person_ids_among
from app.supervision.groups import Group, read_group
from app.supervision.listing import page_from, wish_from
from app.supervision.pages import cohort_page, needs_page
from app.supervision.write_pages import MOST, Recipient, first_draft, keys_sent, recipients

bp = Blueprint("supervision", __name__)

Answer = Response | str | tuple[str, int]


@bp.get("/cohorts/<int(max=2147483647):cohort_id>")
@allow(staff)
def cohort(cohort_id: int) -> str:
    """Who needs me, how the group stands, what to teach next."""
    return _cohort_page(_group(cohort_id))


@bp.post("/cohorts/<int(max=2147483647):cohort_id>/attention")
@allow(staff)
def attention(cohort_id: int) -> Answer:
    """Note that somebody was contacted, put it off to a day, or take either back."""
    me, now = current_person().person_id, clock.now()
    seat = cohort_seat(me, cohort_id)
    trainee = member(cohort_id, _one_person())
    keys, act = keys_sent(request.form, trainee.person_id), request.form.get("act")
    if act == "snooze":
        form = SnoozeForm(now.astimezone(seat.institute.zone).date())
        if not form.validate_on_submit() or form.until.data is None:
            give_up_writing()
            return _cohort_page(_group(cohort_id), snooze=form, snoozed=trainee.person_id), 422
        services.snooze(cohort_id, trainee.person_id, keys, form.until.data, by=me, now=now)
        flash(gettext("Put off. It stands below the list until its day comes."))
    elif act == "undo":
        services.take_back(cohort_id, trainee.person_id, keys)
        flash(gettext("Taken back: it waits again."))
    elif act == "contacted":
        services.mark_contacted(cohort_id, trainee.person_id, keys, by=me, now=now)
        flash(gettext("Noted as contacted. It stands below the list, and comes back when something new happens."))
    db.session.commit()
    return redirect(url_for("supervision.cohort", cohort_id=cohort_id, _anchor="needs"), code=303)


@bp.get("/cohorts/<int(max=2147483647):cohort_id>/write")
@allow(staff)
def write(cohort_id: int) -> Answer:
    """A letter to one trainee or several, begun for the writer."""
    group, course = _group(cohort_id), current_course()
    if not request.args.getlist("to"):
        flash(gettext("Tick those to whom you want to write."), "error")
        return redirect(url_for("supervision.cohort", cohort_id=cohort_id, _anchor="needs"), code=303)
    people = recipients(course, group, person_ids_among(request.args.getlist("to"))[:MOST])
    draft = first_draft(course, group, people)
    form = LetterForm(formdata=None, data={"subject": draft.subject, "body": draft.body, "contacted": True})
    return _write_page(group, people, form)


@bp.post("/cohorts/<int(max=2147483647):cohort_id>/write")
@allow(staff)
def send(cohort_id: int) -> Answer:
    """Send each of them a letter of their own."""
    me, now, group = current_person(), clock.now(), _group(cohort_id)
    people = recipients(current_course(), group, person_ids_among(request.form.getlist("to")))
    form, left = LetterForm(), letters.left_today(group.seat, me.person_id, now)
    if form.validate_on_submit() and len(people) > left:
        form.subject.errors = [_too_many(left)]
    if form.errors:
        give_up_writing()
        return _write_page(group, people, form), 422
    subject, body = form.subject.data or "", form.body.data or ""
    letters.write(group.seat, people, subject, body, writer_id=me.person_id, name=me.name, email=me.email, now=now)
    if form.contacted.data:
        for one in people:
            keys = keys_sent(request.form, one.person_id)
            services.mark_contacted(cohort_id, one.person_id, keys, by=me.person_id, now=now)
    db.session.commit()
    flash(
        ngettext(
            "The letter to %(name)s is on its way.",
            "%(num)d letters are on their way.",
            len(people),
            name=people[0].name,
        )
    )
    return redirect(url_for("supervision.cohort", cohort_id=cohort_id, _anchor="needs"), code=303)


@bp.post("/cohorts/<int(max=2147483647):cohort_id>/as-trainee")
@allow(staff)
def as_trainee(cohort_id: int) -> Response:
    """Look at the course as a trainee of this cohort does."""
    seat = cohort_seat(current_person().person_id, cohort_id)
    viewing.begin(seat.cohort.id, seat.cohort.name)
    db.session.commit()
    return redirect(url_for("site.course"), code=303)


@bp.post("/as-trainee/end")
@allow(signed_in)
def end_viewing() -> Response:
    """Back to one's own view."""
    cohort_id = viewing.end()
    db.session.commit()
    if cohort_id is None:
        return redirect(url_for("site.course"), code=303)
    return redirect(url_for("supervision.cohort", cohort_id=cohort_id), code=303)


@bp.app_context_processor
def viewed() -> dict[str, object]:
    """Every page says so while somebody looks at the course as a trainee does."""
    return {"viewed": viewing.viewed()}


def _group(cohort_id: int) -> Group:
    seat = cohort_seat(current_person().person_id, cohort_id)
    return read_group(current_course(), seat, clock.now())


def _cohort_page(group: Group, *, snooze: SnoozeForm | None = None, snoozed: UUID | None = None) -> str:
    page = page_from(request.args.get("needs"))
    if page is not None:
        template, values = "needs", needs_page(current_course(), group, page)
    else:
        wish = wish_from(request.args, {part.id for part in group.parts if part.quiz_id})
        template, values = "cohort", cohort_page(current_course(), group, wish)
    return render_template(
        f"supervision/{template}.html", seat=group.seat, snooze_form=snooze, snoozed=snoozed, **values
    )


def _write_page(group: Group, people: tuple[Recipient, ...], form: LetterForm) -> str:
    return render_template("supervision/write.html", seat=group.seat, people=people, form=form, group=group)


def _one_person() -> UUID:
    found = person_ids_among([request.form.get("person", "")])
    if not found:
        raise NotFound
    return found[0]


def _too_many(left: int) -> str:
    return str(
        ngettext(
            "You may write %(num)d more letter within a day. Choose fewer people, or write tomorrow.",
            "You may write %(num)d more letters within a day. Choose fewer people, or write tomorrow.",
            left,
        )
    )
