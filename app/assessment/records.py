"""Frozen rows that queries return."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

SCORED = ("module", "final")
"""The kinds of attempt that a score and a pass come from."""
SETS = ("before", "after")
"""The kinds around the reading, outside every score."""
MEND = "mend"
"""The kind of an exercise, outside every score too: its `quiz_id` is the exercise's own."""


@dataclass(frozen=True, slots=True)
class ResponseRecord:
    """A stored answer with its grade: `earned` of `possible`, 0 of 0 where the question is not graded."""

    answer: Any
    confidence: str | None
    earned: int
    possible: int
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class DisputeRecord:
    """What somebody wrote about a question they had answered, and what came back."""

    text: str
    raised_at: datetime
    reply: str | None
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One question's place in an attempt."""

    position: int
    digest: str
    question_id: str
    vignette_id: str
    stored_order: tuple[str, ...]
    response: ResponseRecord | None
    dispute: DisputeRecord | None = None


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """An attempt with its items in order. `earned` and `possible` are None while it is open."""

    id: UUID
    person_id: UUID
    quiz_id: str
    kind: str
    form: str | None
    """A or B: of the final test, or of the questions before and after reading."""
    edition: str
    pass_mark: int
    started_at: datetime
    closed_at: datetime | None
    earned: int | None
    possible: int | None
    items: tuple[ItemRecord, ...]

    @property
    def first_unanswered(self) -> int | None:
        """The position of the question to answer next, None when all are answered."""
        return next((item.position for item in self.items if item.response is None), None)

    @property
    def score(self) -> Fraction | None:
        """Between 0 and 1, exactly; None while the attempt is open."""
        if self.earned is None or self.possible is None:
            return None
        return Fraction(self.earned, self.possible)

    @property
    def passed(self) -> bool:
        """Whether the closed attempt reaches the mark it was started under."""
        return self.score is not None and self.score * 100 >= self.pass_mark

    def item(self, position: int) -> ItemRecord | None:
        """The item at `position`, counted from 1."""
        return self.items[position - 1] if 1 <= position <= len(self.items) else None

    def may_see(self, position: int) -> bool:
        """No skipping: what is answered may be seen, and the first question that is not."""
        item = self.item(position)
        return item is not None and (item.response is not None or position == self.first_unanswered)


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """One line about an attempt, for lists."""

    id: UUID
    quiz_id: str
    started_at: datetime
    closed_at: datetime | None
    earned: int | None
    possible: int | None
    pass_mark: int
    answered: int
    asked: int
    kind: str = "module"
    form: str | None = None

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded down, so that nobody is shown a mark they have not reached."""
        return None if self.earned is None or not self.possible else 100 * self.earned // self.possible

    @property
    def passed(self) -> bool:
        """Whether the closed attempt reaches the mark it was started under."""
        return self.reaches(self.pass_mark)

    def reaches(self, mark: int) -> bool:
        """Whether it is closed with at least `mark` per cent."""
        if self.earned is None or self.possible is None:
            return False
        return 100 * self.earned >= mark * self.possible


@dataclass(frozen=True, slots=True)
class RatingRecord:
    """How somebody judges a line of their own: the ids of the criteria they find met."""

    met: tuple[str, ...]
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class ComposedLine:
    """A line that somebody wrote, with the question it answers. Private to its author."""

    attempt_id: UUID
    position: int
    quiz_id: str
    case: str
    """The vignette's title."""
    stem: str
    line: str
    criteria: tuple[tuple[str, bool], ...]
    """(criterion, whether its author finds it met), all unmet while `rated_at` is None."""
    answered_at: datetime
    rated_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionCopy:
    """A pinned question as stored: everything `questions.load` needs."""

    digest: str
    type: str
    schema_version: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DisputedQuestion:
    """A dispute as those who reply to it see it: the version and the answer it is about, and no person."""

    id: int
    writer: str
    """Tells whether two disputes come from one person, not from whom."""
    text: str
    raised_at: datetime
    reply: str | None
    replied_at: datetime | None
    quiz_id: str
    digest: str
    stored_order: tuple[str, ...]
    answer: Any


@dataclass(frozen=True, slots=True)
class ReplyNotice:
    """That a reply has come, and at which answer it stands."""

    attempt_id: UUID
    position: int
    quiz_id: str
    replied_at: datetime
