"""What a group knew before reading a module and after it, by two parallel sets of questions. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from app.assessment.group_records import AttemptLine
from app.assessment.records import SETS
from app.supervision.resampling import resamples_of
from app.supervision.statistics import Estimate, mean

FEWEST = 10
"""Below so many learners with both sets there are counts only."""


@dataclass(frozen=True, slots=True)
class Gain:
    """`paired` learners finished both sets, `only_before` the first alone. Means are shares of the points of those with
    both; None below `FEWEST`. Who was shown which set first is mixed, so that their hardness evens out."""

    quiz_id: str
    paired: int
    only_before: int
    before: float | None
    after: float | None
    difference: Estimate | None
    """After − before, in shares of the points, with the percentile interval over learners."""


def gains(attempts: Iterable[AttemptLine]) -> tuple[Gain, ...]:
    """One for each quiz of which somebody finished a set, by quiz. Attempts of other kinds are passed over."""
    scores: dict[str, dict[UUID, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for one in attempts:
        if one.kind in SETS and one.earned is not None and one.possible:
            scores[one.quiz_id][one.person_id].setdefault(one.kind, one.earned / one.possible)
    return tuple(_gain(quiz_id, people) for quiz_id, people in sorted(scores.items()))


def _gain(quiz_id: str, people: Mapping[UUID, Mapping[str, float]]) -> Gain:
    pairs = [people[person] for person in sorted(people) if set(SETS) <= people[person].keys()]
    alone = sum("after" not in one for one in people.values())
    if len(pairs) < FEWEST:
        return Gain(quiz_id, len(pairs), alone, None, None, None)
    differences = [one["after"] - one["before"] for one in pairs]
    return Gain(
        quiz_id=quiz_id,
        paired=len(pairs),
        only_before=alone,
        before=fmean([one["before"] for one in pairs]),
        after=fmean([one["after"] for one in pairs]),
        difference=mean(differences, resamples_of(len(pairs)).of(range(len(pairs)))),
    )
