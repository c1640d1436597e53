"""Sums of scores and what they prove, against trying everything."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.chance import at_least, detectable, drawn, even, mean, proven, variance

SCORES = st.sampled_from([Fraction(n, d) for d in (1, 2, 3, 5, 12) for n in range(d + 1)])
PARTS = st.lists(st.lists(SCORES, min_size=1, max_size=4), min_size=1, max_size=5)


@given(st.lists(SCORES, min_size=1, max_size=7), st.data())
def test_mean_of_a_draw_is_as_trying_every_draw_would_have_it(scores: list[Fraction], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(scores)))
    draws = [sum(draw, Fraction(0)) / number for draw in combinations(scores, number)]

    assert drawn(scores, number) == {one: Fraction(count, len(draws)) for one, count in Counter(draws).items()}


@given(PARTS, st.data())
def test_tail_of_a_sum_is_as_trying_every_sum_would_have_it(parts: list[list[Fraction]], data: st.DataObject) -> None:
    sums = [sum(scores, Fraction(0)) for scores in product(*parts)]
    reached = data.draw(st.sampled_from(sums))
    expected = Fraction(sum(one >= reached for one in sums), len(sums))

    assert at_least([even(part) for part in parts], reached) == pytest.approx(float(expected))


@given(PARTS)
def test_mean_and_variance_of_a_sum_are_those_of_its_parts(parts: list[list[Fraction]]) -> None:
    sums = even([sum(scores, Fraction(0)) for scores in product(*parts)])

    assert mean(sums) == sum((mean(even(part)) for part in parts), Fraction(0))
    assert variance(sums) == sum((variance(even(part)) for part in parts), Fraction(0))


def test_score_that_is_no_multiple_of_the_grain_makes_chance_look_better() -> None:
    sevenths = [even([Fraction(1, 7), Fraction(0)])]

    assert at_least(sevenths, Fraction(1, 7)) == at_least(sevenths, Fraction(35, 240)) == 0.5
    assert at_least(sevenths, Fraction(36, 240)) == 0.0


def test_holm_stops_at_the_first_that_chance_explains() -> None:
    assert proven([0.04, 0.001, 0.02], 0.05) == [True, True, True]
    assert proven([0.06, 0.001, 0.02], 0.05) == [False, True, True]
    assert proven([0.03, 0.001, 0.026], 0.05) == [False, True, False]
    assert proven([], 0.05) == []


@pytest.mark.slow
def test_what_is_called_detectable_is_found_in_four_of_five() -> None:
    """A guesser who knows the answer to some questions and draws lots elsewhere, so that the mean is what is named."""
    parts = [even([Fraction(1), Fraction(0), Fraction(0), Fraction(0)])] * 120
    wanted = detectable(parts, 0.05)
    known = (wanted - 0.25) / 0.75
    rng = Random(4)

    def found() -> bool:
        scored = sum(rng.random() < known or rng.random() < 0.25 for _ in parts)
        return at_least(parts, Fraction(scored)) <= 0.05

    assert sum(found() for _ in range(300)) / 300 == pytest.approx(0.8, abs=0.08)
