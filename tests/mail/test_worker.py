import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.mail import worker
from app.mail.delivery import Delayed, Undeliverable
from app.mail.models import Letter
from app.mail.records import TakenLetter
from app.mail.retries import WAITS
from app.mail.services import queue_letter
from app.mail.worker import Round, drain

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def queue(*recipients: str) -> None:
    for recipient in recipients:
        queue_letter(recipient=recipient, subject="Your link", body="https://…/secret", now=NOW)
    db.session.commit()


class Carrier:
    """Carries letters nowhere, and fails as told."""

    def __init__(self, faults: dict[str, Exception] | None = None) -> None:
        self.carried: list[str] = []
        self.faults = faults or {}

    def __call__(self, letter: TakenLetter) -> None:
        if letter.recipient in self.faults:
            raise self.faults[letter.recipient]
        self.carried.append(letter.recipient)


def test_drain_sends_each_letter_once(app: Flask) -> None:
    queue("ada@example.org", "bea@example.org")
    carrier = Carrier()

    assert drain(carrier, at(NOW)) == Round(sent=2)
    assert drain(carrier, at(NOW)) == Round()

    assert carrier.carried == ["ada@example.org", "bea@example.org"]


def test_drain_goes_on_after_a_letter_that_fails(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    queue("ada@example.org", "bea@example.org", "cy@example.org")
    faults = {"ada@example.org": Delayed("No answer."), "bea@example.org": Undeliverable("No such mailbox.")}
    carrier = Carrier(faults)

    assert drain(carrier, at(NOW)) == Round(sent=1, delayed=1, failed=1)

    assert carrier.carried == ["cy@example.org"]
    assert "secret" not in caplog.text
    assert "@example.org" not in caplog.text


def test_drain_tries_a_delayed_letter_again_when_it_is_due(app: Flask) -> None:
    queue("ada@example.org")
    drain(Carrier({"ada@example.org": Delayed("No answer.")}), at(NOW))
    carrier = Carrier()

    assert drain(carrier, at(NOW + WAITS[0] - timedelta(seconds=1))) == Round()
    assert drain(carrier, at(NOW + WAITS[0])) == Round(sent=1)


def test_drain_holds_no_transaction_while_a_letter_is_carried(app: Flask) -> None:
    queue("ada@example.org")
    seen: list[bool] = []

    drain(lambda letter: seen.append(db.session().in_transaction()), at(NOW))

    assert seen == [False]


def test_a_worker_that_dies_while_sending_delays_the_letter_only(app: Flask) -> None:
    queue("ada@example.org")

    def die(letter: TakenLetter) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drain(die, at(NOW))
    db.session.rollback()
    carrier = Carrier()

    assert drain(carrier, at(NOW + timedelta(minutes=9))) == Round()
    assert drain(carrier, at(NOW + timedelta(minutes=10))) == Round(sent=1)


def test_work_waits_for_a_database_that_is_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    queue("ada@example.org")
    stopping = Event()
    rounds: list[int] = []

    def drain_badly(carry: object, now: object) -> Round:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise OperationalError("SELECT", {}, Exception("away"))
        stopping.set()
        return Round()

    monkeypatch.setattr(worker, "drain", drain_badly)
    monkeypatch.setattr(worker, "PAUSE", 0.01)
    with caplog.at_level(logging.ERROR):
        worker.work(app, at(NOW), stopping)

    assert rounds == [0, 1]
    assert "The outbox cannot be read" in caplog.text


def test_work_writes_letters_to_files_until_a_server_is_set(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    queue("ada@example.org")
    stopping = Event()

    def stop(now: datetime) -> datetime:
        stopping.set()
        return now

    monkeypatch.setattr(worker, "_tidy", stop)

    worker.work(app, at(NOW), stopping)

    files = list((app.config["SETTINGS"].data / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml"]
    assert db.session.scalars(select(Letter.sent_at)).all() == [NOW]


def test_do_commits_each_chore_and_goes_on_after_one_that_fails(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def write(now: datetime) -> None:
        queue_letter(recipient="ada@example.org", subject="Due", body="…", now=now)

    def fail(now: datetime) -> None:
        queue_letter(recipient="bea@example.org", subject="Due", body="…", now=now)
        raise ValueError("broken")

    worker.do((fail, write), NOW)
    db.session.rollback()

    assert db.session.scalars(select(Letter.recipient)).all() == ["ada@example.org"]
    assert "A chore of the letter worker failed" in caplog.text


def test_work_does_its_chores_at_once_and_then_every_ten_minutes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stopping, moment = Event(), [NOW]
    done: list[datetime] = []

    def pass_time(*_: object) -> Round:
        moment[0] += timedelta(minutes=4)
        if moment[0] > NOW + timedelta(minutes=30):
            stopping.set()
        return Round()

    monkeypatch.setattr(worker, "drain", pass_time)
    monkeypatch.setattr(worker, "PAUSE", 0.0)

    worker.work(app, lambda: moment[0], stopping, (done.append,))

    assert [one - NOW for one in done] == [timedelta(minutes=minutes) for minutes in (0, 12, 24)]
