"""Reading what somebody has read, and everything completion asks for."""

from uuid import UUID

from sqlalchemy import select

from app.assessment.queries import summaries
from app.assessment.records import AttemptSummary
from app.extensions import db
from app.learning.completion import Fact, QuizClosed, SectionRead
from app.learning.models import SectionReadRow


def section_reads(person_id: UUID) -> tuple[SectionRead, ...]:
    """Every section this person has read, oldest first."""
    rows = db.session.scalars(
        select(SectionReadRow).where(SectionReadRow.person_id == person_id).order_by(SectionReadRow.read_at)
    )
    return tuple(SectionRead(row.module_id, row.section_id, row.read_at) for row in rows)


def closed_quizzes(attempts: tuple[AttemptSummary, ...]) -> tuple[QuizClosed, ...]:
    """The closed ones among these attempts, as facts."""
    return tuple(
        QuizClosed(attempt.quiz_id, attempt.earned, attempt.possible, attempt.closed_at)
        for attempt in attempts
        if attempt.closed_at is not None and attempt.earned is not None and attempt.possible is not None
    )


def facts(person_id: UUID) -> tuple[Fact, ...]:
    """Everything this person did that completion may count."""
    return (*section_reads(person_id), *closed_quizzes(summaries(person_id)))
