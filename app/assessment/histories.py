"""Everything a person has answered, read whole for the page that says what it adds up to."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app import questions
from app.assessment.insight import GradedAnswer
from app.assessment.models import Attempt, AttemptItem, QuestionVersion, Response
from app.extensions import db


def graded_answers(person_id: UUID) -> tuple[GradedAnswer, ...]:
    """All graded answers of a person, oldest first, in one query.

    Answers before and after reading stand outside every score; those of the final test count once one of its forms is
    passed, since until then its reasons are not shown.
    """
    rows = db.session.execute(_STATEMENT.where(Attempt.person_id == person_id)).all()
    final_passed = any(_passed(row) for row in rows if row.kind == "final")
    under_way = any(row.kind == "final" and row.attempt_possible is None for row in rows)
    kinds = {"module", "final"} if final_passed and not under_way else {"module"}
    versions: dict[str, questions.Pinned] = {}
    return tuple(_answer(row, versions) for row in rows if row.kind in kinds)


_STATEMENT = (
    select(
        Attempt.id,
        Attempt.kind,
        Attempt.pass_mark,
        Attempt.earned.label("attempt_earned"),
        Attempt.possible.label("attempt_possible"),
        Response.position,
        Response.answer,
        Response.confidence,
        Response.earned,
        Response.possible,
        Response.answered_at,
        QuestionVersion.digest,
        QuestionVersion.type,
        QuestionVersion.schema_version,
        QuestionVersion.data,
    )
    .join(Response, Response.attempt_id == Attempt.id)
    .join(AttemptItem, (AttemptItem.attempt_id == Response.attempt_id) & (AttemptItem.position == Response.position))
    .join(QuestionVersion, QuestionVersion.digest == AttemptItem.digest)
    .where(Response.possible > 0)
    .order_by(Response.answered_at, Response.attempt_id, Response.position)
)


def _passed(row: Any) -> bool:
    return row.attempt_possible is not None and 100 * row.attempt_earned >= row.pass_mark * row.attempt_possible


def _answer(row: Any, versions: dict[str, questions.Pinned]) -> GradedAnswer:
    if row.digest not in versions:
        versions[row.digest] = questions.load(row.type, row.schema_version, row.data)
    pinned = versions[row.digest]
    kind = questions.TYPES[pinned.type]
    grade = kind.grade(pinned.question, kind.answer_from(pinned.question, row.answer))
    return GradedAnswer(
        attempt_id=row.id,
        position=row.position,
        case_id=pinned.vignette.id,
        case_title=pinned.vignette.title,
        question_id=pinned.question.id,
        objective_id=pinned.question.objective,
        objective_text=pinned.labels.objective,
        sections=pinned.labels.sections,
        score=Fraction(row.earned, row.possible),
        confidence=row.confidence,
        chosen=_named(grade.misconceptions, pinned.labels.misconceptions),
        offered=frozenset(id for _, id in kind.misconceptions(pinned.question)),
        answered_at=row.answered_at,
    )


def _named(ids: tuple[str, ...], texts: Mapping[str, str]) -> dict[str, str]:
    return {id: texts[id] for id in ids if id in texts}
