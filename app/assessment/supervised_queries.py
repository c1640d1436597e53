"""A trainee's attempts as their supervisors may see them: no line that was composed, and no dispute, is read at all."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, case, select

from app.assessment.models import Attempt, AttemptItem, QuestionVersion, Response
from app.assessment.records import SCORED, SETS
from app.errors import NotFound
from app.extensions import db

SHOWN = (*SCORED, *SETS)
"""The kinds of attempt that supervisors see. Exercises to mend are not among them."""
COMPOSED = "compose"


@dataclass(frozen=True, slots=True)
class SeenItem:
    """One question of an attempt. `answer` is None where none was given yet, or where a line was composed."""

    position: int
    digest: str
    vignette_id: str
    stored_order: tuple[str, ...]
    composed: bool
    answered_at: datetime | None
    answer: Any
    confidence: str | None
    earned: int | None
    possible: int | None


@dataclass(frozen=True, slots=True)
class SeenAttempt:
    """An attempt with its questions in order. `earned` and `possible` are None while it is open."""

    id: UUID
    quiz_id: str
    kind: str
    form: str | None
    edition: str
    pass_mark: int
    started_at: datetime
    closed_at: datetime | None
    earned: int | None
    possible: int | None
    items: tuple[SeenItem, ...]

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded down."""
        return None if self.earned is None or not self.possible else int(100 * Fraction(self.earned, self.possible))


_HEAD = (
    Attempt.id,
    Attempt.quiz_id,
    Attempt.kind,
    Attempt.form,
    Attempt.edition,
    Attempt.pass_mark,
    Attempt.started_at,
    Attempt.closed_at,
    Attempt.earned,
    Attempt.possible,
)
_ATTEMPT = (
    select(
        *_HEAD,
        AttemptItem.position,
        AttemptItem.digest,
        QuestionVersion.vignette_id,
        AttemptItem.stored_order,
        QuestionVersion.type == COMPOSED,
        Response.answered_at,
        case((QuestionVersion.type != COMPOSED, Response.answer)),
        Response.confidence,
        Response.earned,
        Response.possible,
    )
    .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
    .join(QuestionVersion, QuestionVersion.digest == AttemptItem.digest)
    .outerjoin(Response, and_(Response.attempt_id == AttemptItem.attempt_id, Response.position == AttemptItem.position))
    .where(
        Attempt.id == bindparam("attempt_id"),
        Attempt.person_id == bindparam("person_id"),
        Attempt.kind.in_(SHOWN),
    )
    .order_by(AttemptItem.position)
)


def seen_attempt(attempt_id: UUID, person_id: UUID) -> SeenAttempt:
    """One attempt of `person_id`, in one query. NotFound: none, not theirs, or of a kind that is theirs alone."""
    rows = db.session.execute(_ATTEMPT, {"attempt_id": attempt_id, "person_id": person_id}).all()
    if not rows:
        raise NotFound
    width = len(_HEAD)
    values: Any = (*rows[0][:width], tuple(_item(row[width:]) for row in rows))
    return SeenAttempt(*values)


def _item(row: Any) -> SeenItem:
    position, digest, vignette_id, order, composed, *answered = row
    return SeenItem(position, digest, vignette_id, tuple(order), bool(composed), *answered)
