"""What somebody's answers say over all attempts: by objective, by false belief, by confidence. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal, TypeVar
from uuid import UUID

ENOUGH = 3
"""From so many answers on an objective is judged; below, only the cases are named."""
SURE_CASES = 2
"""In so many different cases somebody has to be sure and wrong before it is said."""

Confidence = Literal["sure", "fairly", "guessing"]
LEVELS: tuple[Confidence, ...] = ("sure", "fairly", "guessing")
Standing = Literal["known", "read-again", "too-few"]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """One graded answer as it stands in the history of a person."""

    attempt_id: UUID
    position: int
    case_id: str
    case_title: str
    question_id: str
    objective_id: str
    objective_text: str
    sections: tuple[tuple[str, str], ...]
    """(address, title) of the sections that teach the objective."""
    score: Fraction
    confidence: Confidence | None
    chosen: Mapping[str, str]
    """Misconception id -> its text, for those that this answer shows."""
    offered: Collection[str]
    """Every misconception that stood behind an answer to choose."""
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class CaseResult:
    title: str
    attempt_id: UUID
    position: int
    score: Fraction


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    """`earned` of `asked` over the latest answer to each of the objective's questions."""

    objective_id: str
    text: str
    sections: tuple[tuple[str, str], ...]
    standing: Standing
    earned: Fraction
    asked: int
    cases: tuple[CaseResult, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class BeliefResult:
    """A false belief that answers have shown: in which cases, how surely, and whether a later case was answered
    without it."""

    misconception_id: str
    text: str
    cases: tuple[CaseResult, ...]
    sure_and_wrong: bool
    corrected: bool
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CalibrationLevel:
    """How right somebody was when they said this. `n` answers, `share` of the points (None for none)."""

    confidence: Confidence
    n: int
    share: Fraction | None


def by_objective(answers: Sequence[GradedAnswer], mark: int) -> tuple[ObjectiveResult, ...]:
    """Weakest first; those with too few answers last. `mark`: from so many per cent on an objective counts as known."""
    groups = _grouped(answers, lambda answer: answer.objective_id).values()
    found = [_objective(_latest(group), mark) for group in groups]
    return tuple(sorted(found, key=lambda one: (one.standing == "too-few", one.earned / one.asked)))


def by_belief(answers: Sequence[GradedAnswer]) -> tuple[BeliefResult, ...]:
    """Uncorrected first, then those that somebody was sure of, then by number of cases."""
    ordered = sorted(answers, key=lambda answer: answer.answered_at)
    texts = {id: text for answer in ordered for id, text in answer.chosen.items()}
    found = [_belief(id, text, ordered) for id, text in texts.items()]
    return tuple(sorted(found, key=lambda one: (one.corrected, not one.sure_and_wrong, -len(one.cases))))


def calibration(answers: Iterable[GradedAnswer]) -> tuple[CalibrationLevel, ...]:
    """One entry for each level, from sure to guessing; partly right counts in part."""
    groups = _grouped(answers, lambda answer: answer.confidence or "")
    return tuple(
        CalibrationLevel(level, len(group), _mean(group) if group else None)
        for level in LEVELS
        for group in [groups.get(level, [])]
    )


def _objective(latest: Sequence[GradedAnswer], mark: int) -> ObjectiveResult:
    earned = sum((answer.score for answer in latest), Fraction(0))
    known = 100 * earned >= mark * len(latest)
    standing: Standing = "too-few" if len(latest) < ENOUGH else "known" if known else "read-again"
    newest = latest[-1]
    return ObjectiveResult(
        objective_id=newest.objective_id,
        text=newest.objective_text,
        sections=newest.sections,
        standing=standing,
        earned=earned,
        asked=len(latest),
        cases=_cases(latest),
    )


def _belief(id: str, text: str, ordered: Sequence[GradedAnswer]) -> BeliefResult:
    shown = [answer for answer in ordered if id in answer.chosen]
    last = shown[-1]
    sure = {answer.case_id for answer in shown if answer.confidence == "sure"}
    later = [answer for answer in ordered if answer.answered_at > last.answered_at and id in answer.offered]
    return BeliefResult(
        misconception_id=id,
        text=text,
        cases=_cases(shown),
        sure_and_wrong=len(sure) >= SURE_CASES,
        corrected=any(answer.case_id != last.case_id for answer in later),
        sections=last.sections,
    )


def _latest(answers: Iterable[GradedAnswer]) -> list[GradedAnswer]:
    """The newest answer to each question, oldest of these first."""
    ordered = sorted(answers, key=lambda answer: answer.answered_at)
    newest = {answer.question_id: answer for answer in ordered}
    return sorted(newest.values(), key=lambda answer: answer.answered_at)


def _cases(answers: Iterable[GradedAnswer]) -> tuple[CaseResult, ...]:
    """One entry a case: the mean of its answers, and where the weakest of them can be looked at."""
    groups = _grouped(answers, lambda answer: answer.case_id).values()
    weakest = [(min(group, key=lambda answer: answer.score), _mean(group)) for group in groups]
    return tuple(CaseResult(answer.case_title, answer.attempt_id, answer.position, mean) for answer, mean in weakest)


def _mean(answers: Sequence[GradedAnswer]) -> Fraction:
    return sum((answer.score for answer in answers), Fraction(0)) / len(answers)


def _grouped(items: Iterable[Item], key: Callable[[Item], str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
