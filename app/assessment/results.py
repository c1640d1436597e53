"""What a closed attempt says: by question, and what to read again. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from app.questions import Pinned


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One answered question of an attempt."""

    position: int
    pinned: Pinned
    score: Fraction
    graded: bool = True
    """If not, the score says nothing."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """An objective that was missed, where it is taught (address, title), and how it went: `earned` of `asked`."""

    objective_id: str
    text: str
    sections: tuple[tuple[str, str], ...]
    earned: Fraction
    asked: int


def to_read_again(answered: Iterable[AnsweredQuestion]) -> tuple[ReadAgain, ...]:
    """The objectives with less than full marks, weakest first; equal ones in the order in which they were asked."""
    by_objective: dict[str, list[AnsweredQuestion]] = {}
    for question in answered:
        by_objective.setdefault(question.pinned.question.objective, []).append(question)
    missed = [
        ReadAgain(
            objective_id=objective_id,
            text=group[0].pinned.labels.objective,
            sections=group[0].pinned.labels.sections,
            earned=sum((question.score for question in group), Fraction(0)),
            asked=len(group),
        )
        for objective_id, group in by_objective.items()
        if any(question.score < 1 for question in group)
    ]
    return tuple(sorted(missed, key=lambda objective: objective.earned / objective.asked))
