"""Estimates with their uncertainty. Pure, and without a library: a course's host installs none for this.

Sources. Interval of a proportion: Wilson 1927, J Am Stat Assoc 22, 209-212; Newcombe 1998, Stat Med 17, 857-872.
Reliability: Shrout and Fleiss 1979, Psychol Bull 86, 420-428, their case 1; for unequal numbers of cases the n0 of
Snedecor and Cochran 1989, Statistical Methods, 8th ed., section 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan, sqrt
from operator import mul
from statistics import fmean

from app.supervision.resampling import Drawn, Resamples, interval

Z95 = 1.959963984540054
"""Between minus and plus this many standard deviations lie 95 % of a normal distribution."""
TINY = 1e-12
"""A spread below this is none but for rounding."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval (None: there is none), from `n` observations."""

    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """`icc`: ICC(1,k), how much of the spread between learners' means is not chance. `sem`: the standard error of a
    learner's mean, in shares of the points. `cases`: the n0 that both are for, about a learner's number of cases."""

    icc: Estimate
    sem: float
    cases: float
    learners: int
    ms_between: float
    ms_within: float


def wilson(successes: int, n: int) -> Estimate:
    """A proportion with Wilson's score interval. `n` is at least 1."""
    share, spread = successes / n, Z95**2 / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return Estimate(share, low, high, n)


def mean(values: Sequence[float], drawn: Drawn | None) -> Estimate:
    """The mean of one value a learner, with the percentile interval of the resamples of the same learners."""
    found = interval(drawn.means(values)) if drawn else None
    low, high = found or (None, None)
    return Estimate(fmean(values), low, high, len(values))


def correlation(first: Sequence[float], second: Sequence[float], drawn: Drawn) -> Estimate | None:
    """Pearson's, of two values a learner, with its percentile interval. None: one of them does not vary."""
    count = len(first)
    shifted = _centred(first), _centred(second)
    value = _pearson(TINY, count, *(sum(column) for column in _products(*shifted)))
    if not isfinite(value):
        return None
    columns = [drawn.sums(column) for column in _products(*shifted)]
    draws = zip(drawn.times, *columns, strict=True)
    found = interval([_pearson(drawn.tolerance, *draw) for draw in draws])
    low, high = found or (None, None)
    return Estimate(value, low, high, count)


def reliability(cases: Sequence[Sequence[float]], resamples: Resamples) -> Reliability | None:
    """Of learners with the scores of their cases: a one-way analysis of variance, cases nested in learners.

    One sequence for each learner that was resampled, not empty, of different lengths. None: fewer than two learners,
    nobody has two cases, or all learners' means are the same.
    """
    columns = [
        [float(len(scores)) for scores in cases],
        [float(len(scores) ** 2) for scores in cases],
        [sum(scores) for scores in cases],
        [sum(scores) ** 2 / len(scores) for scores in cases],
        [sum(score**2 for score in scores) for scores in cases],
    ]
    found = _analysis(TINY, len(cases), *(sum(column) for column in columns))
    if found is None:
        return None
    drawn = resamples.of(range(len(cases)))
    draws = zip(drawn.times, *(drawn.sums(column) for column in columns), strict=True)
    analyses = [_analysis(drawn.tolerance, *draw) for draw in draws]
    low, high = interval([1 - one.within / one.between if one else nan for one in analyses]) or (None, None)
    return Reliability(
        icc=Estimate(1 - found.within / found.between, low, high, len(cases)),
        sem=sqrt(found.within / found.cases),
        cases=found.cases,
        learners=len(cases),
        ms_between=found.between,
        ms_within=found.within,
    )


@dataclass(frozen=True, slots=True)
class _Analysis:
    between: float
    within: float
    cases: float


def _analysis(
    tiny: float, learners: int, count: float, squared_counts: float, total: float, means: float, squares: float
) -> _Analysis | None:
    """Mean squares from sums over learners: of numbers of cases, of their squares, of points, of (points)² / cases,
    and over cases of points squared."""
    if learners < 2 or count <= learners:
        return None
    between = (means - total**2 / count) / (learners - 1)
    if between <= tiny:
        return None
    within = max(squares - means, 0.0) / (count - learners)
    return _Analysis(between, within, (count - squared_counts / count) / (learners - 1))


def _centred(values: Sequence[float]) -> list[float]:
    """Around their mean, between -1 and 1: what a correlation does not depend on, and sums of squares do."""
    middle = fmean(values)
    widest = max(abs(value - middle) for value in values) or 1.0
    return [(value - middle) / widest for value in values]


def _products(first: Sequence[float], second: Sequence[float]) -> tuple[list[float], ...]:
    return (
        list(first),
        list(second),
        list(map(mul, first, first)),
        list(map(mul, second, second)),
        list(map(mul, first, second)),
    )


def _pearson(tiny: float, count: int, first: float, second: float, firsts: float, seconds: float, both: float) -> float:
    """From sums: of each, of their squares, of their products. NaN: one of them does not vary."""
    if not count:
        return nan
    spread, other = firsts - first * first / count, seconds - second * second / count
    if min(spread, other) <= tiny * count:
        return nan
    return max(-1.0, min(1.0, (both - first * second / count) / sqrt(spread * other)))
