"""Frozen rows about a group of people, for those who supervise it. Pure; no line that somebody composed is in them."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """One graded answer of somebody in the group, whether the attempt was finished or not."""

    person_id: UUID
    attempt_id: UUID
    position: int
    quiz_id: str
    kind: str
    digest: str
    answer: Any
    """As stored: ids, in the shape that the question's type gives them."""
    confidence: str | None
    earned: int
    possible: int
    answered_at: datetime
    exposure: int
    """The how-manieth time this person was shown this question, whatever its wording: 1 is the first."""
    scoring_digest: str
    """Answers to equally hard versions of one question share it."""
    question_id: str
    vignette_id: str

    @property
    def score(self) -> Fraction:
        """Between 0 and 1, exactly."""
        return Fraction(self.earned, self.possible)


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt of somebody in the group; `earned`, `possible` and `closed_at` are None while it is open."""

    person_id: UUID
    attempt_id: UUID
    quiz_id: str
    kind: str
    form: str | None
    earned: int | None
    possible: int | None
    started_at: datetime
    closed_at: datetime | None

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded down, so that nobody is shown a mark they have not reached."""
        return None if self.earned is None or not self.possible else 100 * self.earned // self.possible

    def reaches(self, mark: int) -> bool:
        """Whether it is closed with at least `mark` per cent."""
        if self.earned is None or self.possible is None:
            return False
        return 100 * self.earned >= mark * self.possible
