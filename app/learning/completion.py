"""Is the course finished, since when, and if not: what is missing. Pure; screens, exports and certificates ask here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.enrolment.requirements import PassQuiz, ReadSection, Requirement


@dataclass(frozen=True, slots=True)
class SectionRead:
    """Somebody marked a section as read."""

    module_id: str
    section_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuizClosed:
    """Somebody answered an attempt to its end: `earned` of `possible`, whole numbers, so that nothing is rounded."""

    quiz_id: str
    earned: int
    possible: int
    at: datetime

    def reaches(self, mark: int) -> bool:
        """Whether the score is at least `mark` per cent."""
        return 100 * self.earned >= mark * self.possible


Fact = SectionRead | QuizClosed


@dataclass(frozen=True, slots=True)
class Completion:
    """`missing` in the order of the requirements; `completed_at` only when nothing is missing."""

    missing: tuple[Requirement, ...]
    completed_at: datetime | None


def completion(requirements: Iterable[Requirement], facts: Iterable[Fact]) -> Completion:
    """Hold `facts` against `requirements`. The date is that of the last requirement's first fulfilment."""
    known = tuple(facts)
    missing: list[Requirement] = []
    fulfilled: list[datetime] = []
    for requirement in requirements:
        moments = [fact.at for fact in known if fulfils(fact, requirement)]
        if moments:
            fulfilled.append(min(moments))
        else:
            missing.append(requirement)
    if missing or not fulfilled:
        return Completion(tuple(missing), None)
    return Completion((), max(fulfilled))


def fulfils(fact: Fact, requirement: Requirement) -> bool:
    """Whether one fact is enough for one requirement."""
    match requirement, fact:
        case ReadSection(module_id, section_id), SectionRead():
            return (fact.module_id, fact.section_id) == (module_id, section_id)
        case PassQuiz(quiz_id, mark), QuizClosed():
            return fact.quiz_id == quiz_id and fact.reaches(mark)
    return False
