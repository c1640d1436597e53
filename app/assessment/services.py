"""What people do with an attempt: answer, swap a case. Each adds and flushes; the view commits."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import bindparam, select

from app import questions
from app.assessment import drawing, grading, queries
from app.assessment.items import replace_items
from app.assessment.models import Attempt, Response, Swap
from app.assessment.records import AttemptRecord, ItemRecord
from app.assessment.versions import versions_of
from app.content import Course
from app.errors import Conflict, NotFound
from app.extensions import db
from app.questions.answers import N_

CONFIDENCES = ("sure", "fairly", "guessing")


def answer(
    attempt_id: UUID,
    person_id: UUID,
    position: int,
    form: Mapping[str, Sequence[str]],
    *,
    confidence: str | None = None,
    now: datetime,
) -> bool:
    """Grade and keep the answer to the question at `position`, against the pinned copy; the last answer closes.

    Returns False, and changes nothing, if that question has been answered before. NotFound: no such question in an
    attempt of theirs. Conflict: an earlier question is still open. questions.AnswerError: the form holds no answer.
    """
    _lock(attempt_id, person_id)
    attempt = queries.attempt(attempt_id, person_id)
    item = attempt.item(position)
    if item is None:
        raise NotFound
    if item.response is not None:
        return False
    if position != attempt.first_unanswered:
        raise Conflict("earlier-question-open")
    pinned = load(item)
    _check_same_question(pinned, form)
    kind = questions.TYPES[pinned.type]
    given = kind.parse(pinned.question, form)
    grade = kind.grade(pinned.question, given)
    db.session.add(
        Response(
            attempt_id=attempt_id,
            position=position,
            answer=kind.answer_data(given),
            confidence=confidence if grade.possible and confidence in CONFIDENCES else None,
            earned=grade.earned.numerator if grade.possible else 0,
            possible=grade.earned.denominator if grade.possible else 0,
            answered_at=now,
        )
    )
    if position == len(attempt.items):
        _close(attempt_id, [*_scores(attempt), *([grade.earned] if grade.possible else [])], now)
    db.session.flush()
    return True


def swap(
    course: Course, attempt_id: UUID, person_id: UUID, position: int, *, now: datetime, rng: random.Random
) -> None:
    """Put a neutral case in place of the one at `position`, before its first answer; with none left, leave it out.

    What stands at `position` is read from the pinned copy; the neutral case comes from the course as it is now. If all
    that was still open is left out, the attempt closes with what was answered.
    Conflict: its first question is answered, it carries no content note, or it is the attempt's only case.
    """
    _lock(attempt_id, person_id)
    attempt = queries.attempt(attempt_id, person_id)
    here = attempt.item(position)
    if here is None:
        raise NotFound
    vignette = load(here).vignette
    if vignette.content_note is None:
        raise Conflict("nothing-to-swap")
    case = [item for item in attempt.items if item.vignette_id == here.vignette_id]
    if any(item.response is not None for item in case):
        raise Conflict("case-begun")
    source = course.final if attempt.kind == "final" else course.quizzes.get(attempt.quiz_id)
    missing = {load(item).question.objective for item in case}
    in_attempt = {item.vignette_id for item in attempt.items}
    substitute = drawing.replacement(source, vignette.neutral, missing, in_attempt) if source else None
    if substitute is None and len(case) == len(attempt.items):
        raise Conflict("only-case")
    db.session.add(
        Swap(
            attempt_id=attempt_id,
            vignette_id=here.vignette_id,
            replaced_by=None if substitute is None else substitute.id,
            swapped_at=now,
        )
    )
    drawn = () if substitute is None else versions_of(course, [substitute])
    replace_items(attempt, person_id, case, drawn, now=now, rng=rng)
    answered = sum(item.response is not None for item in attempt.items)
    if answered == len(attempt.items) - len(case) + len(drawn):
        _close(attempt_id, _scores(attempt), now)
        db.session.flush()


def _check_same_question(pinned: questions.Pinned, form: Mapping[str, Sequence[str]]) -> None:
    """A page opened before the case was exchanged must not answer the question that stands in its place now."""
    if list(form.get("question", ())) not in ([], [pinned.question.id]):
        message = N_("This case took the place of the one you answered, perhaps in another tab. Nothing was saved yet.")
        raise questions.AnswerError("another-question", message)


def load(item: ItemRecord) -> questions.Pinned:
    """The pinned question of an item, ready to parse, grade and show."""
    copy = queries.question_copies([item.digest])[item.digest]
    return questions.load(copy.type, copy.schema_version, copy.data)


_MINE = (
    select(Attempt.id)
    .where(Attempt.id == bindparam("attempt_id"), Attempt.person_id == bindparam("person_id"))
    .with_for_update()
)


def _lock(attempt_id: UUID, person_id: UUID) -> None:
    """Make whoever else writes to this attempt wait. SQLite has locked the whole file at BEGIN IMMEDIATE."""
    values = {"attempt_id": attempt_id, "person_id": person_id}
    if db.session.connection().scalar(_MINE, values) is None:
        raise NotFound


def _scores(attempt: AttemptRecord) -> list[Fraction]:
    """Of the graded answers."""
    responses = [item.response for item in attempt.items if item.response is not None]
    return [Fraction(response.earned, response.possible) for response in responses if response.possible]


def _close(attempt_id: UUID, scores: Sequence[Fraction], now: datetime) -> None:
    row = db.session.get_one(Attempt, attempt_id)
    row.closed_at = now
    row.earned, row.possible = grading.total(scores)
