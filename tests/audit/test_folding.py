from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.audit.folding import folded
from app.audit.records import Entry

NOW = datetime(2027, 3, 1, 22, 0, tzinfo=UTC)
BO, DAN = UUID(int=1), UUID(int=2)


def entry(minutes: int, actor: UUID = BO, subject: str = "trainee") -> Entry:
    return Entry(minutes, NOW + timedelta(minutes=minutes), actor, 1, UUID(int=9), "look", subject, {})


def shown(*entries: Entry) -> list[tuple[int, int, int]]:
    """The first of each group, how many, and when the last was, in minutes."""
    newest_first = sorted(entries, key=lambda one: one.at, reverse=True)
    minute = timedelta(minutes=1)
    return [(one.entry.id, one.times, (one.last_at - NOW) // minute) for one in folded(newest_first)]


def test_the_same_within_ten_minutes_of_the_first_is_one() -> None:
    assert shown(entry(0), entry(5), entry(10)) == [(0, 3, 10)]


def test_a_group_does_not_stretch_beyond_ten_minutes() -> None:
    assert shown(entry(0), entry(9), entry(18), entry(27)) == [(18, 2, 27), (0, 2, 9)]


def test_others_and_other_things_stay_apart() -> None:
    assert shown(entry(0), entry(1, DAN), entry(2, subject="attempt x"), entry(3)) == [(2, 1, 2), (1, 1, 1), (0, 2, 3)]


def test_nothing_folds_to_nothing() -> None:
    assert shown() == []
