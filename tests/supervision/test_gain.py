"""What a group knew before reading and after it."""

from random import Random

import numpy as np
import pytest
from scipy import stats

from app.supervision.gain import gains
from tests.supervision.rows import NOW, attempt, days


def test_gain_is_the_mean_of_paired_differences() -> None:
    rng = Random(1)
    scores = [(rng.randint(0, 6), rng.randint(4, 10)) for _ in range(40)]
    attempts = []
    for who, (before, after) in enumerate(scores):
        attempts += [attempt(who, earned=before, kind="before"), attempt(who, earned=after, kind="after")]

    (found,) = gains(attempts)

    differences = [(after - before) / 10 for before, after in scores]
    expected = stats.bootstrap((differences,), np.mean, method="percentile", n_resamples=9999, rng=1)
    assert (found.quiz_id, found.paired, found.only_before) == ("brewing", 40, 0)
    assert found.before == pytest.approx(np.mean([before for before, _ in scores]) / 10)
    assert found.after == pytest.approx(np.mean([after for _, after in scores]) / 10)
    assert found.difference is not None
    assert found.difference.value == pytest.approx(np.mean(differences))
    assert found.difference.low == pytest.approx(expected.confidence_interval.low, abs=0.015)
    assert found.difference.high == pytest.approx(expected.confidence_interval.high, abs=0.015)


def test_gain_says_nothing_of_fewer_than_ten() -> None:
    attempts = [attempt(who, earned=5, kind=kind) for who in range(9) for kind in ("before", "after")]

    (found,) = gains(attempts)

    assert (found.paired, found.before, found.after, found.difference) == (9, None, None, None)


def test_gain_is_of_those_who_did_both() -> None:
    """Whoever stopped after the first set was weak: with them the mean before would be lower."""
    attempts = [attempt(who, earned=6, kind=kind) for who in range(10) for kind in ("before", "after")]
    attempts += [attempt(who, earned=0, kind="before") for who in range(10, 30)]

    (found,) = gains(attempts)

    assert (found.paired, found.only_before, found.before, found.after) == (10, 20, 0.6, 0.6)


def test_gain_passes_over_what_is_open_or_scored() -> None:
    attempts = [
        attempt(1, kind="before"),
        attempt(1, earned=9),
        attempt(2, "final", earned=9, kind="final"),
    ]

    assert gains(attempts) == ()


def test_gain_counts_each_set_once() -> None:
    attempts = [attempt(1, earned=3, kind="before"), attempt(1, earned=9, kind="before", at=NOW + days(1))]

    assert [(one.paired, one.only_before) for one in gains(attempts)] == [(0, 1)]
