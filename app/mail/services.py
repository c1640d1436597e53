"""Put letters into the outbox, take them out, and note what became of them."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from app.extensions import db
from app.mail.models import Letter, waiting
from app.mail.records import TakenLetter
from app.mail.retries import KEPT, LEASE, next_try

TOO_LATE = "Not sent in time: what it says no longer holds."


def queue_letter(*, recipient: str, subject: str, body: str, now: datetime, expires_at: datetime | None = None) -> None:
    """Let a letter go out with the next commit. After `expires_at` it is not sent any more."""
    if any(ord(character) < 32 or ord(character) == 127 for character in recipient + subject):
        raise ValueError("A letter's recipient and subject stand on one line each.")
    letter = Letter(
        recipient=recipient,
        subject=subject,
        body=body,
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
    db.session.flush()
    return TakenLetter(letter.id, letter.tries, letter.recipient, letter.subject, letter.body, letter.queued_at)


def note_sent(taken: TakenLetter, now: datetime) -> None:
    _settle(taken, sent_at=now, body="", error="")


def note_delayed(taken: TakenLetter, reason: str, now: datetime) -> bool:
    """Plan the next try. False: there is none, the letter is given up."""
    due_at = next_try(taken.tries, now)
    if due_at is None:
        note_failed(taken, reason, now)
        return False
    _settle(taken, due_at=due_at, error=reason[:500])
    return True


def note_failed(taken: TakenLetter, reason: str, now: datetime) -> None:
    _settle(taken, failed_at=now, body="", error=reason[:500])


def give_up_expired(now: datetime) -> None:
    """Letters whose links have run out are not worth sending."""
    expired = update(Letter).where(waiting, Letter.expires_at <= now)
    db.session.execute(expired.values(failed_at=now, body="", error=TOO_LATE))


def forget_old(now: datetime, kept: timedelta = KEPT) -> None:
    """Delete what is left of letters that were sent or given up long ago."""
    before = now - kept
    db.session.execute(delete(Letter).where(or_(Letter.sent_at < before, Letter.failed_at < before)))


def forget_recipient(recipient: str) -> None:
    """Delete every letter to this address, waiting ones too: the person is being erased."""
    db.session.execute(delete(Letter).where(Letter.recipient == recipient))


def _settle(taken: TakenLetter, **values: object) -> None:
    """Change the letter unless it is done or somebody else has taken it since, this worker having been too slow."""
    mine = update(Letter).where(Letter.id == taken.id, Letter.tries == taken.tries, waiting)
    db.session.execute(mine.values(**values))
