"""Lines that somebody composed, and how they judge them themselves. Nobody else ever reads here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.exc import IntegrityError

from app import questions
from app.assessment import queries, services
from app.assessment.models import Attempt, AttemptItem, QuestionVersion, Response, SelfRating
from app.assessment.records import ComposedLine, RatingRecord
from app.errors import Conflict, NotFound
from app.extensions import db
from app.questions import compose


def rate(attempt_id: UUID, person_id: UUID, position: int, criteria: Sequence[str], *, now: datetime) -> bool:
    """Keep which criteria (ids) the author of the line at `position` finds met in it.

    Returns False, and changes nothing, if it has been rated before. NotFound: no such question in an attempt of theirs.
    Conflict: no line was composed there, or not yet. questions.AnswerError: a criterion that the question has not.
    """
    item = queries.attempt(attempt_id, person_id).item(position)
    if item is None:
        raise NotFound
    asked = services.load(item).question
    if item.response is None or not isinstance(asked, compose.Question):
        raise Conflict("nothing-to-rate")
    met = compose.met(asked, criteria)
    if rating(attempt_id, position) is not None:
        return False
    try:
        with db.session.begin_nested():
            db.session.add(SelfRating(attempt_id=attempt_id, position=position, met=list(met), rated_at=now))
    except IntegrityError:  # another tab was a moment faster
        return False
    return True


def rating(attempt_id: UUID, position: int) -> RatingRecord | None:
    """How the line there was rated, if it was. Whose it is has been asked before."""
    here = select(SelfRating.met, SelfRating.rated_at).where(
        SelfRating.attempt_id == attempt_id, SelfRating.position == position
    )
    row = db.session.execute(here).one_or_none()
    return None if row is None else RatingRecord(tuple(row.met), row.rated_at)


def composed_lines(person_id: UUID) -> tuple[ComposedLine, ...]:
    """Every line this person has composed, newest first, in one query."""
    rows = db.session.execute(
        select(
            Response.attempt_id,
            Response.position,
            Response.answer,
            Response.answered_at,
            QuestionVersion.quiz_id,
            QuestionVersion.type,
            QuestionVersion.schema_version,
            QuestionVersion.data,
            SelfRating.met,
            SelfRating.rated_at,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(
            AttemptItem,
            and_(AttemptItem.attempt_id == Response.attempt_id, AttemptItem.position == Response.position),
        )
        .join(QuestionVersion, QuestionVersion.digest == AttemptItem.digest)
        .outerjoin(
            SelfRating,
            and_(SelfRating.attempt_id == Response.attempt_id, SelfRating.position == Response.position),
        )
        .where(Attempt.person_id == person_id, QuestionVersion.type == "compose")
        .order_by(Response.answered_at.desc(), Response.attempt_id, Response.position)
    )
    return tuple(_line(row) for row in rows)


def _line(row: Any) -> ComposedLine:
    pinned = questions.load(row.type, row.schema_version, row.data)
    asked: Any = pinned.question
    return ComposedLine(
        attempt_id=row.attempt_id,
        position=row.position,
        quiz_id=row.quiz_id,
        case=pinned.vignette.title,
        stem=asked.stem,
        line=compose.answer_from(asked, row.answer).text,
        criteria=tuple((one.text, one.id in (row.met or ())) for one in asked.criteria),
        answered_at=row.answered_at,
        rated_at=row.rated_at,
    )
