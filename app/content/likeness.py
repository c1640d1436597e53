"""How alike the cases of a course are told: by the runs of five words that two of them share."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.quiz_check import each_quiz
from app.content.syntax import WORD

RUN = 5
"""Words one after the other, whatever stands between them and however they are written."""
MOST = Fraction(1, 10)
"""Of the runs of the shorter case."""


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    path: str
    line: int
    runs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two cases, the one that stands first in the course first."""

    first: Case
    then: Case
    share: Fraction
    run: str
    """One that both have."""


def runs(text: str) -> frozenset[str]:
    words = [word.lower() for word in WORD.findall(text)]
    return frozenset(" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def cases(gathered: Gathered) -> list[Case]:
    """Of every bank, the final test and the transcripts to mend: what is told before the questions."""
    return [
        Case(case.id, check.document.path, check.document.line((check.cases, number, "text")), runs(case.text))
        for check in each_quiz(gathered, [])
        for number, case in check.vignettes()
    ]


def alike(told: Sequence[Case]) -> list[Alike]:
    """The pairs that share a run, those that share most first."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for place, case in enumerate(told):
        for run in case.runs:
            having[run].append(place)
    shared: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for run, places in having.items():
        for pair in combinations(places, 2):
            shared[pair].append(run)
    found = [_alike(told[one], told[other], common) for (one, other), common in shared.items()]
    return sorted(found, key=lambda pair: (-pair.share, pair.first.id, pair.then.id))


def _alike(first: Case, then: Case, common: Sequence[str]) -> Alike:
    return Alike(first, then, Fraction(len(common), min(len(first.runs), len(then.runs))), min(common))


def faults(found: Sequence[Alike]) -> Iterator[Fault]:
    for pair in found:
        if pair.share > MOST:
            what = (
                f"`{pair.then.id}` shares {float(pair.share):.0%} of its runs of {RUN} words with `{pair.first.id}`, "
                f"such as “{pair.run}”."
            )
            mend = f"Tell one of them differently: {float(MOST):.0%} is the most."
            yield Fault(pair.then.path, pair.then.line, what, mend)
