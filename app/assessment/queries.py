"""Reading attempts. A list costs a fixed number of queries, whatever its length."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import and_, func, select

from app.assessment.models import Attempt, AttemptItem, QuestionVersion, Response, Swap
from app.assessment.records import AttemptRecord, AttemptSummary, ItemRecord, QuestionCopy, ResponseRecord
from app.errors import NotFound
from app.extensions import db


def attempt(attempt_id: UUID, person_id: UUID) -> AttemptRecord:
    """One attempt of `person_id`, with items and answers, in one query. NotFound: none, or not theirs."""
    rows = db.session.execute(
        select(Attempt, AttemptItem, QuestionVersion.question_id, QuestionVersion.vignette_id, Response)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.digest == AttemptItem.digest)
        .outerjoin(
            Response, and_(Response.attempt_id == AttemptItem.attempt_id, Response.position == AttemptItem.position)
        )
        .where(Attempt.id == attempt_id, Attempt.person_id == person_id)
        .order_by(AttemptItem.position)
    ).all()
    if not rows:
        raise NotFound
    head: Attempt = rows[0][0]
    return AttemptRecord(
        id=head.id,
        quiz_id=head.quiz_id,
        kind=head.kind,
        edition=head.edition,
        pass_mark=head.pass_mark,
        started_at=head.started_at,
        closed_at=head.closed_at,
        earned=head.earned,
        possible=head.possible,
        items=tuple(_item(item, question_id, vignette_id, given) for _, item, question_id, vignette_id, given in rows),
    )


def _item(item: AttemptItem, question_id: str, vignette_id: str, given: Response | None) -> ItemRecord:
    return ItemRecord(
        position=item.position,
        digest=item.digest,
        question_id=question_id,
        vignette_id=vignette_id,
        stored_order=tuple(item.stored_order),
        response=None if given is None else _response(given),
    )


def _response(row: Response) -> ResponseRecord:
    return ResponseRecord(
        answer=row.answer,
        confidence=row.confidence,
        earned=row.earned,
        possible=row.possible,
        answered_at=row.answered_at,
    )


def question_copies(digests: Iterable[str]) -> Mapping[str, QuestionCopy]:
    """The pinned copies behind these digests, in one query."""
    rows = db.session.scalars(select(QuestionVersion).where(QuestionVersion.digest.in_(set(digests))))
    return {row.digest: QuestionCopy(row.digest, row.type, row.schema_version, row.data) for row in rows}


def open_attempt_id(person_id: UUID, quiz_id: str) -> UUID | None:
    """The one open attempt of a person at a quiz, if there is one."""
    return db.session.scalar(
        select(Attempt.id).where(
            Attempt.person_id == person_id, Attempt.quiz_id == quiz_id, Attempt.closed_at.is_(None)
        )
    )


def summaries(person_id: UUID, quiz_id: str | None = None) -> tuple[AttemptSummary, ...]:
    """All attempts of a person (at one quiz), newest first, in one query."""
    asked = (
        select(AttemptItem.attempt_id, func.count().label("asked")).group_by(AttemptItem.attempt_id).subquery("asked")
    )
    answered = (
        select(Response.attempt_id, func.count().label("answered")).group_by(Response.attempt_id).subquery("answered")
    )
    mine = Attempt.person_id == person_id
    rows = db.session.execute(
        select(Attempt, func.coalesce(answered.c.answered, 0), func.coalesce(asked.c.asked, 0))
        .outerjoin(asked, asked.c.attempt_id == Attempt.id)
        .outerjoin(answered, answered.c.attempt_id == Attempt.id)
        .where(mine if quiz_id is None else and_(mine, Attempt.quiz_id == quiz_id))
        .order_by(Attempt.started_at.desc(), Attempt.id)
    )
    return tuple(
        AttemptSummary(
            id=row.id,
            quiz_id=row.quiz_id,
            started_at=row.started_at,
            closed_at=row.closed_at,
            earned=row.earned,
            possible=row.possible,
            pass_mark=row.pass_mark,
            answered=answered_count,
            asked=asked_count,
        )
        for row, answered_count, asked_count in rows
    )


def times_seen(person_id: UUID, quiz_id: str) -> Mapping[str, int]:
    """Vignette id -> in how many attempts of this person at this quiz it was drawn, also if it was then swapped."""
    rows = db.session.execute(
        select(Attempt.id, QuestionVersion.vignette_id)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.digest == AttemptItem.digest)
        .where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
        .distinct()
    )
    swapped = db.session.scalars(
        select(Swap.vignette_id)
        .join(Attempt, Attempt.id == Swap.attempt_id)
        .where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    )
    return Counter([vignette_id for _, vignette_id in rows] + list(swapped))


def last_closed_attempt(person_id: UUID, quiz_id: str) -> AttemptRecord | None:
    """The attempt at this quiz that was closed last."""
    found = db.session.scalar(
        select(Attempt.id)
        .where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id, Attempt.closed_at.is_not(None))
        .order_by(Attempt.closed_at.desc())
        .limit(1)
    )
    return None if found is None else attempt(found, person_id)


def exposures(person_id: UUID, scoring_digests: Iterable[str]) -> Mapping[str, int]:
    """Scoring digest -> how often this person was shown that question, whatever its wording then."""
    rows = db.session.execute(
        select(QuestionVersion.scoring_digest, func.count())
        .join(AttemptItem, AttemptItem.digest == QuestionVersion.digest)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.person_id == person_id, QuestionVersion.scoring_digest.in_(set(scoring_digests)))
        .group_by(QuestionVersion.scoring_digest)
    )
    return {digest: count for digest, count in rows}
