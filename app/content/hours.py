"""Contact hours by Mergener's formula."""

from decimal import ROUND_HALF_UP, Decimal

from app.content.records import ContactHours

QUESTIONS_PER_VIGNETTE = 2


def contact_hours(words: int, questions: int, difficulty: int) -> ContactHours:
    """`words` of the sections without references, `questions` drawn in one attempt at every quiz."""
    exact = Decimal("0.9") * (
        Decimal("-22.3") + Decimal("0.00209") * words + Decimal("2.78") * questions + Decimal("15.5") * difficulty
    )
    minutes = max(0, int(exact.quantize(Decimal(1), ROUND_HALF_UP)))
    halves = minutes // 30
    return ContactHours(words, questions, difficulty, minutes, f"{halves // 2}{'.5' if halves % 2 else ''}")


def shared_minutes(minutes: int, words: tuple[int, ...]) -> tuple[int, ...]:
    """A module's minutes shared out over its sections by length, each at least one."""
    total = sum(words) or 1
    return tuple(max(1, round(minutes * count / total)) for count in words)
