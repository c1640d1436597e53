from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.mail.models import Letter
from app.mail.queries import outbox
from app.mail.records import Outbox
from app.mail.retries import KEPT, LEASE, WAITS
from app.mail.services import (
    forget_old,
    forget_recipient,
    give_up_expired,
    note_delayed,
    note_failed,
    note_sent,
    queue_letter,
    take_letter,
)

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def queue(recipient: str = "ada@example.org", expires_at: datetime | None = None, now: datetime = NOW) -> None:
    queue_letter(recipient=recipient, subject="Your link", body="https://…/secret", now=now, expires_at=expires_at)
    db.session.commit()


def the_letter() -> Letter:
    db.session.expire_all()
    return db.session.scalars(select(Letter)).one()


def test_queue_letter_is_undone_by_a_rollback(app: Flask) -> None:
    queue_letter(recipient="ada@example.org", subject="Your link", body="…", now=NOW)
    db.session.rollback()

    assert outbox() == Outbox(waiting=0, failed=0, oldest_waiting=None)


@pytest.mark.parametrize(
    ("recipient", "subject"),
    [("ada@example.org\nBcc: cy@example.org", "Hello"), ("ada@example.org", "Hello\r\nBcc: cy@example.org")],
)
def test_queue_letter_refuses_a_second_header_line(app: Flask, recipient: str, subject: str) -> None:
    with pytest.raises(ValueError, match="one line each"):
        queue_letter(recipient=recipient, subject=subject, body="…", now=NOW)


def test_take_letter_keeps_it_from_others_until_the_lease_ends(app: Flask) -> None:
    queue()

    first = take_letter(NOW)
    db.session.commit()

    assert first is not None
    assert (first.tries, first.recipient) == (1, "ada@example.org")
    assert take_letter(NOW + LEASE - MINUTE) is None
    db.session.rollback()
    again = take_letter(NOW + LEASE)
    assert again is not None
    assert again.tries == 2


def test_take_letter_takes_the_oldest_first(app: Flask) -> None:
    queue("bea@example.org", now=NOW + MINUTE)
    queue("ada@example.org", now=NOW)

    taken = take_letter(NOW + 2 * MINUTE)

    assert taken is not None
    assert taken.recipient == "ada@example.org"


def test_note_sent_erases_the_body(app: Flask) -> None:
    queue()
    taken = take_letter(NOW)
    assert taken is not None

    note_sent(taken, NOW)
    db.session.commit()

    assert (the_letter().sent_at, the_letter().body) == (NOW, "")


def test_note_delayed_plans_the_next_try(app: Flask) -> None:
    queue()
    taken = take_letter(NOW)
    assert taken is not None

    assert note_delayed(taken, "No answer.", NOW)
    db.session.commit()

    assert (the_letter().due_at, the_letter().error) == (NOW + WAITS[0], "No answer.")


def test_note_delayed_gives_up_in_the_end(app: Flask) -> None:
    queue()
    moment = NOW
    for wait in WAITS:
        taken = take_letter(moment)
        assert taken is not None
        assert note_delayed(taken, "No answer.", moment)
        moment += wait
    taken = take_letter(moment)
    assert taken is not None

    assert not note_delayed(taken, "No answer.", moment)
    db.session.commit()

    assert (the_letter().failed_at, the_letter().body, the_letter().error) == (moment, "", "No answer.")


def test_a_slow_worker_changes_nothing_after_another_took_the_letter(app: Flask) -> None:
    queue()
    slow = take_letter(NOW)
    quick = take_letter(NOW + LEASE)
    assert slow is not None
    assert quick is not None

    note_failed(slow, "Too slow.", NOW + LEASE)
    db.session.commit()
    assert the_letter().failed_at is None
    note_sent(quick, NOW + LEASE)
    note_failed(quick, "Afterwards.", NOW + LEASE)
    db.session.commit()

    assert (the_letter().sent_at, the_letter().failed_at) == (NOW + LEASE, None)


def test_give_up_expired_leaves_letters_that_still_hold(app: Flask) -> None:
    queue("ada@example.org", expires_at=NOW + MINUTE)
    queue("bea@example.org", expires_at=NOW + 2 * MINUTE)
    queue("cy@example.org")

    give_up_expired(NOW + MINUTE)
    db.session.commit()

    failed = db.session.scalars(select(Letter.recipient).where(Letter.failed_at.is_not(None))).all()
    assert failed == ["ada@example.org"]


def test_forget_old_keeps_what_waits_and_what_is_recent(app: Flask) -> None:
    queue("ada@example.org")
    taken = take_letter(NOW)
    assert taken is not None
    note_sent(taken, NOW)
    queue("bea@example.org")

    forget_old(NOW + KEPT)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 2
    forget_old(NOW + KEPT + MINUTE)

    assert db.session.scalars(select(Letter.recipient)).all() == ["bea@example.org"]


def test_forget_recipient_deletes_only_theirs(app: Flask) -> None:
    queue("ada@example.org")
    queue("bea@example.org")

    forget_recipient("ada@example.org")

    assert db.session.scalars(select(Letter.recipient)).all() == ["bea@example.org"]


def test_four_workers_take_every_letter_once(app: Flask) -> None:
    for number in range(40):
        queue(f"ada{number}@example.org")
    taken: list[str] = []
    start = Barrier(4)

    def work() -> None:
        with app.app_context():
            start.wait()
            while (letter := take_letter(NOW)) is not None:
                db.session.commit()
                taken.append(letter.recipient)

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(taken) == sorted(f"ada{number}@example.org" for number in range(40))
