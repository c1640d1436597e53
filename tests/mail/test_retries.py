from datetime import UTC, datetime, timedelta

from app.mail.retries import LEASE, WAITS, next_try

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


def test_next_try_waits_longer_each_time() -> None:
    tries = [next_try(number, NOW) for number in range(1, len(WAITS) + 1)]

    assert tries == sorted(tries, key=lambda moment: moment or NOW)
    assert tries[0] == NOW + timedelta(minutes=1)


def test_next_try_gives_up_after_the_last_wait() -> None:
    assert next_try(len(WAITS) + 1, NOW) is None


def test_lease_is_longer_than_any_answer_takes() -> None:
    assert timedelta(minutes=5) < LEASE
