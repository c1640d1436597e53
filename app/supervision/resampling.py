"""The percentile bootstrap over learners, fast without a library. Pure.

Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import floor, isfinite, nan
from operator import mul
from random import Random
from struct import unpack

RESAMPLES = 1000
SEED = 20270301
"""Fixed, so that the same answers always give the same interval."""
ENOUGH = 0.5
"""Unless this share of the resamples gives a number, there is no interval."""


class Resamples:
    """Learners drawn again and again from those there are, with replacement: for all that is asked about them the
    same draws.

    How often each was drawn stands for all draws side by side in one long number, 32 bits a draw: adding up a value
    over all draws is then one multiplication for each learner, a hundred times faster than draw by draw.
    """

    def __init__(self, learners: int, *, count: int = RESAMPLES, seed: int = SEED) -> None:
        rng = Random(seed)
        drawn = [bytearray(4 * count) for _ in range(learners)]
        for draw in range(0, 4 * count, 4):
            for counts in rng.choices(drawn, k=learners):
                counts[draw] += 1
        self.count = count
        self.learners = learners
        self.weights = [int.from_bytes(counts, "little") for counts in drawn]

    def of(self, who: Sequence[int]) -> "Drawn":
        """The same draws, of which only some learners count. `who`: their places, from 0, each once."""
        return Drawn(self, who)


@lru_cache(maxsize=4)
def resamples_of(learners: int) -> Resamples:
    """The draws for so many learners: a page that is looked at again need not draw them again."""
    return Resamples(learners)


class Drawn:
    """What some learners amount to in each draw."""

    def __init__(self, resamples: Resamples, who: Sequence[int]) -> None:
        self._weights = [resamples.weights[one] for one in who]
        self._room = (2**32 - 1) // max(resamples.learners, 1)
        self._width = resamples.count
        self.tolerance = max(1e-5, 8 / self._room)
        """A spread below this, of values between -1 and 1, is none but for rounding."""
        self.times = self._added([1] * len(who))
        """How many of them were drawn."""

    def sums(self, values: Sequence[float]) -> list[float]:
        """For each draw the sum of the values, one for each learner, counted as often as they were drawn."""
        low, high = min(values), max(values)
        if low == high:
            return [low * times for times in self.times]
        step = (high - low) / self._room
        added = self._added([round((value - low) / step) for value in values])
        return [step * number + low * times for number, times in zip(added, self.times, strict=True)]

    def means(self, values: Sequence[float]) -> list[float]:
        """NaN in a draw that has none of them."""
        sums = self.sums(values)
        return [number / times if times else nan for number, times in zip(sums, self.times, strict=True)]

    def _added(self, values: Sequence[int]) -> Sequence[int]:
        total = sum(map(mul, self._weights, values))
        return unpack(f"<{self._width}I", total.to_bytes(4 * self._width, "little"))


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The middle 95 % of what the resamples gave; None where too many of them gave no number."""
    found = sorted(value for value in values if isfinite(value))
    if len(found) < ENOUGH * len(values) or not found:
        return None
    return quantile(found, 0.025), quantile(found, 0.975)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Between neighbours in proportion to the distance."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
