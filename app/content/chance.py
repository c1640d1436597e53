"""What scores chance brings, exactly, and what a score above that proves. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from math import ceil, comb, gcd, sqrt
from statistics import NormalDist
from typing import TypeAlias

Distribution: TypeAlias = Mapping[Fraction, Fraction]
"""score -> probability"""
LEVEL = 0.05
"""Of being wrong about any one of all tricks, where none works."""
POWER = 0.8
GRAIN = 240
"""Chance's scores are multiples of 1/240; the few that are not, as of a tie among seven, are rounded up to the next."""
COARSE = 20
"""Scores that are multiples of COARSE/GRAIN have few different sums."""
NEGLIGIBLE = 1e-14
"""A sum that is rarer is not followed up, which changes no probability in its ninth place."""


def even(scores: Iterable[Fraction]) -> Distribution:
    """Each of these scores is as likely as any other of them."""
    found = Counter(scores)
    return {score: Fraction(number, found.total()) for score, number in found.items()}


def drawn(scores: Sequence[Fraction], number: int) -> Distribution:
    """The mean of `number` of these scores, drawn without putting back."""
    ways: defaultdict[tuple[int, Fraction], int] = defaultdict(int, {(0, Fraction(0)): 1})
    for score in scores:
        for (taken, total), count in list(ways.items()):
            if taken < number:
                ways[taken + 1, total + score] += count
    full = comb(len(scores), number)
    return {total / number: Fraction(count, full) for (taken, total), count in ways.items() if taken == number}


def mean(chance: Distribution) -> Fraction:
    return sum((score * probability for score, probability in chance.items()), Fraction(0))


def at_least(parts: Iterable[Distribution], reached: Fraction) -> float:
    """The probability that independent scores add up to this sum or a greater one.

    Coarse scores are added up apart from fine ones: two short lists of sums instead of one long one.
    """
    grained = sorted((_grained(part) for part in parts), key=lambda part: gcd(*part), reverse=True)
    coarse = _sums(part for part in grained if gcd(*part) >= COARSE)
    fine = sorted(_sums(part for part in grained if gcd(*part) < COARSE).items())
    ordered = sorted(coarse, reverse=True)
    tails = list(zip(ordered, accumulate(coarse[one] for one in ordered), strict=True))
    wanted, found, tail, place = ceil(reached * GRAIN), 0.0, 0.0, 0
    for one, probability in fine:
        while place < len(tails) and tails[place][0] + one >= wanted:
            tail = tails[place][1]
            place += 1
        found += probability * tail
    return min(found, 1.0)


def _grained(part: Distribution) -> Mapping[int, float]:
    """score × GRAIN -> probability"""
    found: defaultdict[int, float] = defaultdict(float)
    for score, probability in part.items():
        found[ceil(score * GRAIN)] += float(probability)
    return found


def _sums(parts: Iterable[Mapping[int, float]]) -> Mapping[int, float]:
    sums: Mapping[int, float] = {0: 1.0}
    for part in parts:
        grown: defaultdict[int, float] = defaultdict(float)
        for one, so_far in sums.items():
            if so_far > NEGLIGIBLE:
                for step, probability in part.items():
                    grown[one + step] += so_far * probability
        sums = grown
    return sums


def variance(chance: Distribution) -> Fraction:
    middle = mean(chance)
    return sum((probability * (score - middle) ** 2 for score, probability in chance.items()), Fraction(0))


def detectable(parts: Sequence[Distribution], level: float) -> float:
    """The mean score from which on a trick would be found out with a probability of `POWER`.

    By the normal distribution, and as if a trick that works scattered about its mean as far as chance does.
    """
    normal = NormalDist()
    far = normal.inv_cdf(1 - level) + normal.inv_cdf(POWER)
    return float(sum(map(mean, parts))) / len(parts) + far * sqrt(sum(map(variance, parts))) / len(parts)


def proven(probabilities: Sequence[float], level: float = LEVEL) -> list[bool]:
    """Holm: which of several findings hold if none of them is to be wrong but with probability `level`."""
    order = sorted(range(len(probabilities)), key=lambda place: probabilities[place])
    found = [False] * len(order)
    for rank, place in enumerate(order):
        if probabilities[place] > level / (len(order) - rank):
            break
        found[place] = True
    return found
