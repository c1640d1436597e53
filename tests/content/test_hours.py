import pytest

from app.content.hours import contact_hours, shared_minutes


@pytest.mark.parametrize(
    ("words", "drawn", "difficulty", "minutes", "hours"),
    [
        (0, 0, 1, 0, "0"),
        (10_000, 50, 3, 166, "2.5"),
        (24_000, 90, 4, 306, "5"),
        (12_000, 100, 3, 295, "4.5"),
    ],
)
def test_contact_hours_follow_the_formula(words: int, drawn: int, difficulty: int, minutes: int, hours: str) -> None:
    found = contact_hours(words, drawn, difficulty)

    assert (found.minutes, found.hours) == (minutes, hours)
    assert (found.words, found.questions, found.difficulty) == (words, drawn, difficulty)


def test_minutes_are_shared_by_length() -> None:
    assert shared_minutes(20, (300, 100, 0)) == (15, 5, 1)
    assert shared_minutes(20, (0,)) == (1,)
