"""Adding up exact fractions. Pure."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def total(scores: Sequence[Fraction]) -> tuple[int, int]:
    """The sum of scores (each between 0 and 1, every question weighing one) as whole numbers (earned, possible)."""
    denominator = lcm(*(score.denominator for score in scores))
    earned = sum(scores, Fraction(0)) * denominator
    return int(earned), denominator * len(scores)
