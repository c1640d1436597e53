"""How a demo person answers: with an ability, with beliefs that may be wrong, and more or less sure. Pure."""

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from app.content.records import Course
from app.demo.ways import Way, Ways
from app.questions import TYPES

BELIEVED = 0.9
"""How often somebody who holds a belief follows it where it is offered."""


@dataclass(slots=True)
class Mind:
    """`ability`: log odds of answering a question of middling difficulty rightly. `sure`: how often, 0 to 1, an answer
    comes with "sure". `learns`: how often a belief goes once it was shown to be wrong."""

    chance: random.Random
    ability: float = 1.0
    sure: float = 0.25
    learns: float = 0.65
    beliefs: set[str] = field(default_factory=set)

    def answer(self, ways: Ways, ability: float) -> tuple[Mapping[str, list[str]], str | None]:
        """The form to send, and how sure they say they are, if they say it. `ability` is that of the moment."""
        if not ways.graded:
            return ways.best.form, None
        taken = self._by_belief(ways) or self._by_ability(ways, ability)
        return taken.form, self._confidence(right=taken is ways.best)

    def _by_belief(self, ways: Ways) -> Way | None:
        tempting = [way for way in ways.wrong if self.beliefs.intersection(way.misconceptions)]
        if not tempting or self.chance.random() > BELIEVED:
            return None
        taken = max(tempting, key=lambda way: way.earned)
        if self.chance.random() < self.learns:
            self.beliefs.difference_update(taken.misconceptions)
        return taken

    def _by_ability(self, ways: Ways, ability: float) -> Way:
        right = 1 / (1 + math.exp(hardness(ways.question_id) - ability))
        if self.chance.random() < right or not ways.wrong:
            return ways.best
        weights = [
            liking(ways.question_id, number) * (0.1 if way.harmful else 1) for number, way in enumerate(ways.wrong)
        ]
        return self.chance.choices(ways.wrong, weights)[0]

    def _confidence(self, *, right: bool) -> str | None:
        said = self.chance.random()
        if said < 0.12:
            return None
        sure = self.sure * (1.2 if right else 0.8)
        spread = self.chance.random()
        return "sure" if spread < sure else "fairly" if spread < 0.6 + 0.4 * sure else "guessing"


@cache
def hardness(question_id: str) -> float:
    """Log odds, around 0: the same for everybody."""
    return random.Random(f"hardness {question_id}").gauss(0, 0.8)


@cache
def liking(question_id: str, number: int) -> float:
    """How tempting a wrong answer is: some are chosen often, some hardly ever."""
    return 0.02 + random.Random(f"liking {question_id} {number}").random() ** 2


def common_beliefs(course: Course) -> tuple[str, ...]:
    """The course's misconceptions, those first that most cases of the module quizzes offer."""
    cases = Counter[str]()
    for quiz in course.quizzes.values():
        for case in quiz.bank:
            cases.update(_offered(case.questions))
    return tuple(id for id, _ in sorted(cases.items(), key=lambda pair: (-pair[1], pair[0])))


def _offered(asked: Iterable[object]) -> set[str]:
    """Every misconception that an answer to one of these questions may carry."""
    return {id for question in asked for _, id in TYPES[question.type].misconceptions(question)}  # type: ignore[attr-defined]
