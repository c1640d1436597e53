"""Put letters into the outbox, take them out, and note what became of them."""

from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update

from app.extensions import db
from app.mail.models import Letter, waiting
from app.mail.records import CANCELLED, TakenLetter
from app.mail.retries import KEPT, KEPT_FOR_INSTITUTES, LEASE, next_try

TOO_LATE = "Not sent in time: what it says no longer holds."


def queue_letter(
    *,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    expires_at: datetime | None = None,
    kind: str = "account",
    html: str = "",
    institute_id: int | None = None,
    reply_to: str = "",
    copy: str = "",
) -> None:
    """Let a letter go out with the next commit. After `expires_at` it is not sent any more.

    `html`: the same as a page, or empty. `institute_id`: whose staff may see that it was written, and read `copy`, in
    which no secret stands. ValueError: what becomes a header would be more than one line.
    """
    if any(ord(character) < 32 or ord(character) == 127 for character in recipient + subject + reply_to):
        raise ValueError("A letter's recipient, subject and address for answers stand on one line each.")
    letter = Letter(
        recipient=recipient,
        subject=subject,
        body=body,
        html=html,
        kind=kind,
        institute_id=institute_id,
        reply_to=reply_to,
        copy=copy,
        queued_at=now,
        due_at=now,
        expires_at=expires_at,
        tries=0,
        error="",
    )
    db.session.add(letter)
    db.session.flush()


def take_letter(now: datetime) -> TakenLetter | None:
    """The next letter that is due, kept from other workers for a while. Commit before sending it."""
    due = select(Letter).where(waiting, Letter.due_at <= now).order_by(Letter.due_at, Letter.id).limit(1)
    letter = db.session.scalars(due.with_for_update(skip_locked=True)).first()
    if letter is None:
        return None
    letter.tries += 1
    letter.due_at = now + LEASE
    letter.error = ""
    db.session.flush()
    return TakenLetter(
        id=letter.id,
        tries=letter.tries,
        recipient=letter.recipient,
        subject=letter.subject,
        body=letter.body,
        queued_at=letter.queued_at,
        html=letter.html,
        reply_to=letter.reply_to,
    )


def note_sent(taken: TakenLetter, now: datetime) -> None:
    _settle(taken, sent_at=now, body="", html="", error="")


def note_delayed(taken: TakenLetter, reason: str, now: datetime) -> bool:
    """Plan the next try. False: there is none, the letter is given up."""
    due_at = next_try(taken.tries, now)
    if due_at is None:
        note_failed(taken, reason, now)
        return False
    _settle(taken, due_at=due_at, error=reason[:500])
    return True


def note_failed(taken: TakenLetter, reason: str, now: datetime) -> None:
    _settle(taken, failed_at=now, body="", html="", error=reason[:500])


def give_up_expired(now: datetime) -> None:
    """Letters whose links have run out are not worth sending."""
    expired = update(Letter).where(waiting, Letter.expires_at <= now)
    db.session.execute(expired.values(failed_at=now, body="", html="", error=TOO_LATE))


def cancel(letter_id: int, institute_id: int, now: datetime) -> bool:
    """Call back a letter of this institute that waits. False: it is gone, or on its way this moment."""
    on_its_way = and_(Letter.tries > 0, Letter.error == "", Letter.due_at > now)
    mine = update(Letter).where(Letter.id == letter_id, Letter.institute_id == institute_id, waiting, ~on_its_way)
    called_back = mine.values(failed_at=now, body="", html="", error=CANCELLED).returning(Letter.id)
    return db.session.execute(called_back).first() is not None


def forget_old(now: datetime) -> None:
    """Delete what is left of letters that were sent or given up long ago."""
    kept = ((Letter.institute_id.is_(None), KEPT), (Letter.institute_id.is_not(None), KEPT_FOR_INSTITUTES))
    for whose, how_long in kept:
        before = now - how_long
        old = or_(Letter.sent_at < before, Letter.failed_at < before)
        db.session.execute(delete(Letter).where(whose, old))


def forget_recipient(recipient: str) -> None:
    """Delete every letter to this address, waiting ones too: the person is being erased."""
    db.session.execute(delete(Letter).where(Letter.recipient == recipient))


def _settle(taken: TakenLetter, **values: object) -> None:
    """Change the letter unless it is done or somebody else has taken it since, this worker having been too slow."""
    mine = update(Letter).where(Letter.id == taken.id, Letter.tries == taken.tries, waiting)
    db.session.execute(mine.values(**values))
