"""The worker that empties the outbox. Any number may run: a letter is taken by one of them at a time."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.mail.delivery import Carrier, Delayed, Undeliverable, carrier_for
from app.mail.records import TakenLetter
from app.mail.services import forget_old, give_up_expired, note_delayed, note_failed, note_sent, take_letter

logger = logging.getLogger("imrs.mail")

PAUSE = 2.0  # seconds between two looks into an empty outbox
LONGEST_PAUSE = 60.0  # seconds, when the database cannot be reached
TIDYING = timedelta(hours=1)
CHORING = timedelta(minutes=10)

Chore = Callable[[datetime], object]
"""What else is done from time to time, such as writing the reminders that are due. It adds and flushes."""


@dataclass(frozen=True, slots=True)
class Round:
    """What became of the letters of one round."""

    sent: int = 0
    delayed: int = 0
    failed: int = 0


def drain(carry: Carrier, now: Callable[[], datetime]) -> Round:
    """Send what is due, one letter after the other. Each is settled in a transaction of its own."""
    give_up_expired(now())
    db.session.commit()
    sent = delayed = failed = 0
    while (letter := _take(now())) is not None:
        try:
            carry(letter)
        except Delayed as reason:
            again = note_delayed(letter, str(reason), now())
            delayed, failed = delayed + again, failed + (not again)
            logger.warning("Letter %d was not sent%s. %s", letter.id, "" if again else " and is given up", reason)
        except Undeliverable as reason:
            note_failed(letter, str(reason), now())
            failed += 1
            logger.warning("Letter %d cannot be sent. %s", letter.id, reason)
        else:
            note_sent(letter, now())
            sent += 1
        db.session.commit()
    return Round(sent, delayed, failed)


def work(app: Flask, now: Callable[[], datetime], stopping: Event, chores: Sequence[Chore] = ()) -> None:
    """Drain until `stopping` is set, and do the `chores` every few minutes. A database that is away is waited for."""
    pause = PAUSE
    tidied: datetime | None = None
    done: datetime | None = None
    while not stopping.is_set():
        with app.app_context():
            try:
                if done is None or now() - done >= CHORING:
                    done = do(chores, now())
                drain(carrier_for(app), now)
                if tidied is None or now() - tidied >= TIDYING:
                    tidied = _tidy(now())
                pause = PAUSE
            except SQLAlchemyError:
                logger.exception("The outbox cannot be read; the next try is in %.0f seconds.", pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        stopping.wait(pause)


def do(chores: Sequence[Chore], now: datetime) -> datetime:
    """Do each in a transaction of its own: one that fails is undone and told in the log, and the rest goes on."""
    for chore in chores:
        try:
            chore(now)
            db.session.commit()
        except Exception:
            db.session.rollback()
            logger.exception("A chore of the letter worker failed; it is tried again in some minutes.")
    return now


def _take(now: datetime) -> TakenLetter | None:
    letter = take_letter(now)
    db.session.commit()
    return letter


def _tidy(now: datetime) -> datetime:
    forget_old(now)
    db.session.commit()
    return now
