"""How well questions and quizzes tell what learners know. Pure.

Only the first time that somebody was shown a question counts. Everybody sees a draw of the cases, so nobody has
answered all: what was not shown is neither a zero nor a reason to leave somebody out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from app.assessment.group_records import GroupAnswer
from app.questions.answers import Part
from app.questions.pinned import Pinned
from app.questions.signs import parts, signs
from app.supervision.resampling import Resamples, resamples_of
from app.supervision.statistics import Estimate, Reliability, correlation, mean, reliability, wilson

FEWEST = 10
"""Below so many exposures (for a quiz: learners) there are counts only."""
DISCRIMINATION_FROM = 50
FIRM_FROM = 200
"""Below so many exposures a discrimination is provisional."""
DEAD_FROM = 60
"""From so many exposures a distractor that nobody chose is dead."""
MASTERED = 0.85


@dataclass(frozen=True, slots=True)
class Said:
    """Something an answer may say, and how many said it."""

    part: Part
    times: int


@dataclass(frozen=True, slots=True)
class Discrimination:
    """The correlation with how somebody does on other cases. `check_key`: even its upper limit is below zero."""

    estimate: Estimate
    provisional: bool
    check_key: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question in all its equally hard versions; `copy` and `digest` are the version answered last."""

    scoring_digest: str
    digest: str
    quiz_id: str
    question_id: str
    vignette_id: str
    copy: Pinned
    n: int
    """How many answered it when they were shown it for the first time."""
    right: int
    """Of them with full marks."""
    facility: Estimate | None
    """The mean score; None below `FEWEST`."""
    mastered: bool
    discrimination: Discrimination | None
    """None: hidden, or nothing varies."""
    said: tuple[Said, ...]
    """In the order of the question; of pairs, turned steps and lines only those that somebody chose."""
    dead: tuple[str, ...]
    """Distractors (Markdown) that nobody of enough people chose."""
    sure: int
    sure_and_wrong: int
    """How many of the sure had not full marks."""


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz as a test. `learners` answered at least one of its cases."""

    quiz_id: str
    learners: int
    reliability: Reliability | None
    """None below `FEWEST` learners, or where it cannot be computed."""


def question_lines(answers: Sequence[GroupAnswer], copies: Mapping[str, Pinned]) -> tuple[QuestionLine, ...]:
    """One line for each question that was answered, by quiz, case and question."""
    first = _first(answers)
    people = _places(first)
    groups = _by_question(first)
    rest = _Rest(first, {digest: _mean(group) for digest, group in groups.items()})
    enough = any(len(group) >= FEWEST for group in groups.values())
    resamples = resamples_of(len(people)) if enough else None
    lines = [_line(group, copies, people, rest, resamples) for group in groups.values()]
    return tuple(sorted(lines, key=lambda one: (one.quiz_id, one.vignette_id, one.question_id, one.scoring_digest)))


def quiz_lines(answers: Sequence[GroupAnswer]) -> tuple[QuizLine, ...]:
    """One line for each quiz: cases nested in learners, a case's score being the mean of its questions'."""
    scores: dict[str, dict[UUID, dict[str, list[float]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for one in _first(answers):
        scores[one.quiz_id][one.person_id][one.vignette_id].append(one.earned / one.possible)
    return tuple(_quiz_line(quiz_id, learners) for quiz_id, learners in sorted(scores.items()))


def _quiz_line(quiz_id: str, learners: Mapping[UUID, Mapping[str, Sequence[float]]]) -> QuizLine:
    cases = [[fmean(case) for case in learners[person].values()] for person in sorted(learners)]
    found = reliability(cases, resamples_of(len(cases))) if len(cases) >= FEWEST else None
    return QuizLine(quiz_id, len(cases), found)


class _Rest:
    """How much better than others each learner did, on the questions that everybody happened to be shown."""

    def __init__(self, answers: Iterable[GroupAnswer], facilities: Mapping[str, float]) -> None:
        self._all: dict[UUID, list[float]] = defaultdict(list)
        self._case: dict[tuple[UUID, str], list[float]] = defaultdict(list)
        for one in answers:
            better = one.earned / one.possible - facilities[one.scoring_digest]
            self._all[one.person_id].append(better)
            self._case[one.person_id, one.vignette_id].append(better)
        self._sums = {person_id: sum(values) for person_id, values in self._all.items()}

    def mean(self, person_id: UUID, without: str) -> float | None:
        """The mean of (score − facility) over their other cases than this one; None: there are none."""
        own = self._case[person_id, without]
        others = len(self._all[person_id]) - len(own)
        return (self._sums[person_id] - sum(own)) / others if others else None


def _line(
    group: Sequence[GroupAnswer],
    copies: Mapping[str, Pinned],
    people: Mapping[UUID, int],
    rest: _Rest,
    resamples: Resamples | None,
) -> QuestionLine:
    latest = max(group, key=lambda one: one.answered_at)
    facility = _facility(group, people, resamples)
    said = _said(group, copies, copies[latest.digest])
    sure = [one for one in group if one.confidence == "sure"]
    return QuestionLine(
        scoring_digest=latest.scoring_digest,
        digest=latest.digest,
        quiz_id=latest.quiz_id,
        question_id=latest.question_id,
        vignette_id=latest.vignette_id,
        copy=copies[latest.digest],
        n=len(group),
        right=sum(one.earned == one.possible for one in group),
        facility=facility,
        mastered=facility is not None and facility.low is not None and facility.low > MASTERED,
        discrimination=_discrimination(group, people, rest, resamples),
        said=tuple(one for one in said if one.times or one.part.kind in ("option", "zone")),
        dead=_dead(said) if len(group) >= DEAD_FROM else (),
        sure=len(sure),
        sure_and_wrong=sum(one.earned < one.possible for one in sure),
    )


def _facility(group: Sequence[GroupAnswer], people: Mapping[UUID, int], resamples: Resamples | None) -> Estimate | None:
    if len(group) < FEWEST or resamples is None:
        return None
    if all(one.earned in (0, one.possible) for one in group):
        return wilson(sum(one.earned == one.possible for one in group), len(group))
    drawn = resamples.of([people[one.person_id] for one in group])
    return mean([one.earned / one.possible for one in group], drawn)


def _discrimination(
    group: Sequence[GroupAnswer], people: Mapping[UUID, int], rest: _Rest, resamples: Resamples | None
) -> Discrimination | None:
    if len(group) < DISCRIMINATION_FROM or resamples is None:
        return None
    others = [(one, rest.mean(one.person_id, one.vignette_id)) for one in group]
    pairs = [(people[one.person_id], one.earned / one.possible, other) for one, other in others if other is not None]
    if not pairs:
        return None
    places, scores, means = zip(*pairs, strict=True)
    found = correlation(scores, means, resamples.of(places))
    if found is None:
        return None
    return Discrimination(found, len(group) < FIRM_FROM, found.high is not None and found.high < 0)


def _said(group: Sequence[GroupAnswer], copies: Mapping[str, Pinned], copy: Pinned) -> tuple[Said, ...]:
    times = Counter(key for one in group for key in signs(copies[one.digest], one.answer).said)
    return tuple(Said(part, times[key]) for key, part in parts(copy).items())


def _dead(said: Iterable[Said]) -> tuple[str, ...]:
    times: dict[str, int] = {}
    for one in said:
        if one.part.lure:
            times[one.part.lure] = times.get(one.part.lure, 0) + one.times
    return tuple(lure for lure, chosen in times.items() if not chosen)


def _first(answers: Iterable[GroupAnswer]) -> Sequence[GroupAnswer]:
    return [one for one in answers if one.exposure == 1]


def _places(answers: Iterable[GroupAnswer]) -> Mapping[UUID, int]:
    """A number from 0 for everybody, the same whatever the order of the answers."""
    return {person_id: place for place, person_id in enumerate(sorted({one.person_id for one in answers}))}


def _by_question(answers: Iterable[GroupAnswer]) -> Mapping[str, Sequence[GroupAnswer]]:
    found: dict[str, list[GroupAnswer]] = defaultdict(list)
    for one in answers:
        found[one.scoring_digest].append(one)
    return found


def _mean(group: Sequence[GroupAnswer]) -> float:
    return fmean(one.earned / one.possible for one in group)
