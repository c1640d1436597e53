"""An institute's letters: what was written, to whom, and what became of it; again, not at all, and a test."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, staff, viewer
from app.accounts.letters import link_to
from app.audit.services import record
from app.errors import Conflict
from app.extensions import db, give_up_writing, limiter
from app.institutes import letters
from app.institutes.queries import administrator_seat
from app.institutes.records import Seat
from app.mail import institute_queries
from app.mail.services import cancel as call_back
from app.paging import page
from app.supervision import letter_pages, resending

bp = Blueprint("letters", __name__, url_prefix="/institutes/<slug>/letters")

LIMIT = "30 per hour; 100 per day"
_LETTER = "/<int(max=2147483647):letter_id>"


def _who() -> str:
    """Limits count by person: a whole institute may share one network address."""
    person = viewer()
    return str(person.person_id) if person else ""


@bp.get("")
@allow(staff)
def index(slug: str) -> str:
    """Newest first; narrowed to a kind, a state, an address."""
    seat, now = _seat(slug), clock.now()
    asked = {name: request.args.get(name, "")[:100].replace("\0", "") for name in ("kind", "state", "to")}
    wanted = institute_queries.Wanted(seat.institute.id, kind=asked["kind"], state=asked["state"], search=asked["to"])
    shown = page(request.args.get("page", type=int), institute_queries.count(wanted))
    rows = institute_queries.letters(wanted, offset=shown.offset, size=shown.size)
    outage = institute_queries.outage(seat.institute.id, now)
    return render_template(
        "mail/letters.html",
        seat=seat,
        lines=[letter_pages.line(row, seat.institute, now) for row in rows],
        page=shown,
        asked=asked,
        kinds=letter_pages.kinds(),
        states=letter_pages.states(),
        outage=outage and letter_pages.outage_words(outage, seat.institute),
        outage_count=outage.waiting if outage else 0,
        mailing=_mailing(),
    )


@bp.get(_LETTER)
@allow(staff)
def letter(slug: str, letter_id: int) -> str:
    """One letter as its reader has it, but for secrets."""
    seat = _seat(slug)
    found = institute_queries.letter(seat.institute.id, letter_id)
    line = letter_pages.line(found, seat.institute, clock.now())
    return render_template("mail/one_letter.html", seat=seat, line=line, mailing=_mailing())


@bp.post(f"{_LETTER}/again")
@allow(staff)
@limiter.limit(LIMIT, key_func=_who)
def again(slug: str, letter_id: int) -> Response:
    """Write the same letter again; an invitation gets a fresh link."""
    seat, now = _seat(slug), clock.now()
    found = institute_queries.letter(seat.institute.id, letter_id)
    try:
        resending.write_again(seat.institute, found, current_person().person_id, now)
    except Conflict as reason:
        give_up_writing()
        flash(resending.refusal(str(reason)), "error")
        return redirect(url_for("letters.letter", slug=slug, letter_id=letter_id), 303)
    _note("send-again", f"letter {letter_id}", seat)
    db.session.commit()
    flash(_("The letter to %(recipient)s is written again.", recipient=found.recipient))
    return redirect(url_for("letters.index", slug=slug), 303)


@bp.post(f"{_LETTER}/cancel")
@allow(staff)
def cancel(slug: str, letter_id: int) -> Response:
    """Call a letter back that has not gone out yet."""
    seat = _seat(slug)
    institute_queries.letter(seat.institute.id, letter_id)
    if call_back(letter_id, seat.institute.id, clock.now()):
        _note("call-back", f"letter {letter_id}", seat)
        db.session.commit()
        flash(_("The letter is called back. It will not go out."))
    else:
        give_up_writing()
        flash(_("It is too late to call this letter back: it has gone out, or is on its way this moment."), "error")
    return redirect(url_for("letters.letter", slug=slug, letter_id=letter_id), 303)


@bp.post("/test")
@allow(staff)
@limiter.limit(LIMIT, key_func=_who)
def test(slug: str) -> Response:
    """A letter to oneself, to see whether letters arrive."""
    seat, me, now = _seat(slug), current_person(), clock.now()
    letters.send(
        seat.institute,
        me.email,
        "test",
        "institutes/test",
        now,
        subject=_("A test letter from %(institute)s", institute=seat.institute.name),
        name=seat.institute.name,
        asked_at=now,
        link=link_to("institutes", slug, "letters"),
    )
    _note("test-letter", "letter to oneself", seat)
    db.session.commit()
    if _mailing():
        flash(_("A test letter to %(email)s is on its way. What becomes of it stands below.", email=me.email))
    else:
        flash(_("The test letter to %(email)s becomes a file: this site sends no mail yet.", email=me.email))
    return redirect(url_for("letters.index", slug=slug), 303)


def _seat(slug: str) -> Seat:
    return administrator_seat(current_person().person_id, slug)


def _mailing() -> bool:
    """Whether letters go to a mail server, and not into files."""
    return bool(current_app.config["SETTINGS"].mail_server)


def _note(act: str, subject: str, seat: Seat) -> None:
    me, now = current_person().person_id, clock.now()
    record(act, subject, actor_id=me, now=now, institute_id=seat.institute.id)
