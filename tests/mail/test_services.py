from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.errors import NotFound
from app.extensions import db
from app.institutes.models import Institute
from app.mail import institute_queries
from app.mail.models import Letter
from app.mail.queries import outbox
from app.mail.records import Outage, Outbox, TakenLetter
from app.mail.retries import KEPT, LEASE, WAITS
from app.mail.services import (
    cancel,
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


def test_queue_letter_refuses_a_second_header_line_behind_the_address_for_answers(app: Flask) -> None:
    with pytest.raises(ValueError, match="one line each"):
        queue_letter(
            recipient="ada@example.org", subject="Hello", body="…", now=NOW, reply_to="bea@example.org\nBcc: c@x.org"
        )


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


def founded(slug: str = "linden") -> int:
    """An institute, committed."""
    institute = Institute(slug=slug, name=slug, created_at=NOW)
    db.session.add(institute)
    db.session.commit()
    return institute.id


def queue_for(institute_id: int, recipient: str = "ada@example.org", **values: Any) -> int:
    """A letter of an institute, committed; its id."""
    given = {"subject": "Hello", "body": "secret", "html": "<p>secret</p>", "kind": "message", "copy": "[link]"}
    queue_letter(**{**given, "recipient": recipient, "now": NOW, "institute_id": institute_id, **values})
    db.session.commit()
    return db.session.scalars(select(func.max(Letter.id))).one()


@pytest.mark.parametrize("end", [note_sent, lambda taken, now: note_failed(taken, "No.", now)])
def test_a_letter_that_is_done_with_keeps_its_copy_alone(
    app: Flask, end: Callable[[TakenLetter, datetime], None]
) -> None:
    queue_for(founded())
    taken = take_letter(NOW)
    assert taken is not None

    end(taken, NOW)
    db.session.commit()

    letter = the_letter()
    assert (letter.body, letter.html, letter.copy) == ("", "", "[link]")


def test_a_letter_that_is_given_up_for_its_age_keeps_no_page(app: Flask) -> None:
    queue_for(founded(), expires_at=NOW + MINUTE)

    give_up_expired(NOW + MINUTE)
    db.session.commit()

    assert (the_letter().body, the_letter().html, the_letter().failed_at) == ("", "", NOW + MINUTE)


def test_letters_of_institutes_are_kept_for_400_days_and_others_for_30(app: Flask) -> None:
    queue_for(founded())
    queue("bea@example.org")
    for _ in range(2):
        taken = take_letter(NOW)
        assert taken is not None
        note_sent(taken, NOW)
    db.session.commit()

    kept = []
    for days in (30, 31, 400, 401):
        forget_old(NOW + timedelta(days=days))
        kept.append(db.session.scalars(select(Letter.recipient).order_by(Letter.id)).all())

    assert kept == [["ada@example.org", "bea@example.org"], ["ada@example.org"], ["ada@example.org"], []]


def test_cancel_calls_back_what_waits(app: Flask) -> None:
    institute_id = founded()
    letter_id = queue_for(institute_id)

    assert cancel(letter_id, institute_id, NOW)
    db.session.commit()

    letter = institute_queries.letter(institute_id, letter_id)
    assert (letter.state(NOW), the_letter().body, the_letter().html) == ("cancelled", "", "")
    assert take_letter(NOW) is None


def test_cancel_leaves_what_is_on_its_way_gone_or_anothers(app: Flask) -> None:
    linden, cedar = founded(), founded("cedar")
    letter_id = queue_for(linden)

    assert not cancel(letter_id, cedar, NOW)
    taken = take_letter(NOW)
    assert taken is not None
    assert not cancel(letter_id, linden, NOW)
    assert institute_queries.letter(linden, letter_id).state(NOW) == "sending"
    note_sent(taken, NOW)
    assert not cancel(letter_id, linden, NOW)

    assert institute_queries.letter(linden, letter_id).state(NOW) == "sent"


def test_cancel_calls_back_what_waits_for_its_next_try_or_was_left_by_a_dead_worker(app: Flask) -> None:
    institute_id = founded()
    delayed, left = queue_for(institute_id), queue_for(institute_id)
    taken = take_letter(NOW)
    assert taken is not None
    note_delayed(taken, "No answer.", NOW)
    assert take_letter(NOW) is not None
    db.session.commit()

    assert [cancel(one, institute_id, NOW) for one in (delayed, left)] == [True, False]
    assert cancel(left, institute_id, NOW + LEASE)


def test_letters_are_narrowed_by_kind_state_and_address(app: Flask) -> None:
    linden, cedar = founded(), founded("cedar")
    for recipient, kind, institute_id in (
        ("ada@example.org", "message", linden),
        ("ad_a@example.org", "overdue", linden),
        ("Bea@example.org", "message", linden),
        ("ada@example.org", "message", cedar),
    ):
        queue_for(institute_id, recipient, kind=kind)
    queue("ada@example.org")
    taken = take_letter(NOW)
    assert taken is not None
    note_sent(taken, NOW)
    db.session.commit()

    def found(**asked: str) -> list[str]:
        wanted = institute_queries.Wanted(linden, **asked)
        rows = institute_queries.letters(wanted, offset=0, size=50)
        assert len(rows) == institute_queries.count(wanted)
        return [row.recipient for row in rows]

    assert found() == ["Bea@example.org", "ad_a@example.org", "ada@example.org"]
    assert found(kind="overdue") == ["ad_a@example.org"]
    assert found(state="sent") == ["ada@example.org"]
    assert found(state="waiting", kind="message") == ["Bea@example.org"]
    assert (found(search="BEA"), found(search="d_"), found(search="%")) == (
        ["Bea@example.org"],
        ["ad_a@example.org"],
        [],
    )
    with pytest.raises(NotFound):
        institute_queries.letter(cedar, 1)


def test_outage_says_since_when_letters_wait_and_why(app: Flask) -> None:
    linden, cedar = founded(), founded("cedar")
    assert institute_queries.outage(linden, NOW) is None
    queue_for(linden)
    queue_for(linden, now=NOW + MINUTE)
    assert institute_queries.outage(linden, NOW + 2 * MINUTE) is None
    assert institute_queries.outage(linden, NOW + 11 * MINUTE) == Outage(1, NOW, "")
    for _ in range(2):
        taken = take_letter(NOW + 2 * MINUTE)
        assert taken is not None
        note_delayed(taken, f"No answer for {taken.id}.", NOW + 2 * MINUTE)
    db.session.commit()

    assert institute_queries.outage(linden, NOW + 2 * MINUTE) == Outage(2, NOW, "No answer for 2.")
    assert institute_queries.outage(cedar, NOW + 2 * MINUTE) is None
