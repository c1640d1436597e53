"""Adding up exact fractions."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.assessment.grading import total

scores = st.lists(st.fractions(0, 1, max_denominator=12), min_size=1, max_size=30)


@given(scores)
def test_the_total_is_exact_and_whole(given_scores: list[Fraction]) -> None:
    earned, possible = total(given_scores)

    assert Fraction(earned, possible) == sum(given_scores, Fraction(0)) / len(given_scores)
    assert 0 <= earned <= possible


def test_thirds_and_halves_share_a_denominator() -> None:
    assert total([Fraction(1, 3), Fraction(1, 2), Fraction(1)]) == (11, 18)
