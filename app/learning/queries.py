"""Reading what somebody has read, and everything completion asks for."""

from uuid import UUID

from sqlalchemy import bindparam, select

from app.assessment.queries import summaries
from app.assessment.records import SCORED, AttemptSummary
from app.extensions import db
from app.learning.completion import Fact, QuizClosed, SectionRead
from app.learning.models import SectionReadRow

# Asked for on every lesson, so the statement is put together once.
_READS = (
    select(SectionReadRow.module_id, SectionReadRow.section_id, SectionReadRow.read_at)
    .where(SectionReadRow.person_id == bindparam("person_id"))
    .order_by(SectionReadRow.read_at)
)


def section_reads(person_id: UUID) -> tuple[SectionRead, ...]:
    """Every section this person has read, oldest first."""
    return tuple(SectionRead(*row) for row in db.session.connection().execute(_READS, {"person_id": person_id}))


def closed_quizzes(attempts: tuple[AttemptSummary, ...]) -> tuple[QuizClosed, ...]:
    """The closed ones among these attempts, as facts; what stands outside every score is none."""
    return tuple(
        QuizClosed(attempt.quiz_id, attempt.earned, attempt.possible, attempt.closed_at)
        for attempt in attempts
        if attempt.kind in SCORED
        and attempt.closed_at is not None
        and attempt.earned is not None
        and attempt.possible is not None
    )


def facts(person_id: UUID) -> tuple[Fact, ...]:
    """Everything this person did that completion may count."""
    return (*section_reads(person_id), *closed_quizzes(summaries(person_id)))
