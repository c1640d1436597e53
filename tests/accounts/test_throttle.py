from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.throttle import PER_EMAIL, PER_NETWORK, network, wait

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def minutes_of(failures: int) -> float:
    return wait([NOW] * failures, PER_EMAIL, NOW).total_seconds() / 60


def test_wait_doubles_and_stops_growing() -> None:
    assert [minutes_of(count) for count in (0, 4, 5, 6, 7, 8, 9, 10, 11, 500)] == [0, 0, 0.5, 1, 2, 4, 8, 15, 15, 15]


def test_wait_runs_from_the_latest_failure() -> None:
    failures = [NOW - timedelta(hours=1)] * 5 + [NOW - timedelta(seconds=20)]

    assert wait(failures, PER_EMAIL, NOW) == timedelta(seconds=40)


def test_failures_before_the_window_are_forgotten() -> None:
    assert wait([NOW - PER_EMAIL.window] * 50, PER_EMAIL, NOW) == timedelta(0)


def test_a_room_of_thirty_may_mistype_once_each() -> None:
    assert wait([NOW] * 30, PER_NETWORK, NOW) == timedelta(0)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("nonsense", "nonsense"),
        (None, ""),
    ],
)
def test_network_takes_one_customer_as_one(address: str | None, expected: str) -> None:
    assert network(address) == expected
