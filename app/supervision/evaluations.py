"""What trainees said about the course, for the dossier."""

from dataclasses import dataclass
from fractions import Fraction

FEWEST = 5
"""Below so many evaluations nothing is said about them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the evaluation: the mean of `n` answers on a scale from `lowest` to `highest`."""

    question: str
    mean: Fraction
    n: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Summary:
    n: int
    asked: tuple[Asked, ...]


def summary(institute_id: int, edition: str) -> Summary | None:
    """What the institute's trainees said about this edition. None: no evaluations are collected, or too few."""
    return None
