"""Reading attempts. A list costs a fixed number of queries, whatever its length."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select

from app.assessment.feedback import AT_ONCE, Feedback, feedback_on_kind
from app.assessment.models import Attempt, AttemptItem, Dispute, QuestionVersion, Response, Swap
from app.assessment.records import (
    SCORED,
    SETS,
    AttemptRecord,
    AttemptSummary,
    DisputeRecord,
    ItemRecord,
    QuestionCopy,
    ResponseRecord,
)
from app.errors import NotFound
from app.extensions import db

# Asked for on every question, so the statement is put together once.
_ATTEMPT = (
    select(
        Attempt.id,
        Attempt.person_id,
        Attempt.quiz_id,
        Attempt.kind,
        Attempt.form,
        Attempt.edition,
        Attempt.pass_mark,
        Attempt.started_at,
        Attempt.closed_at,
        Attempt.earned,
        Attempt.possible,
        AttemptItem.position,
        AttemptItem.digest,
        QuestionVersion.question_id,
        QuestionVersion.vignette_id,
        AttemptItem.stored_order,
        Response.answer,
        Response.confidence,
        Response.earned.label("response_earned"),
        Response.possible.label("response_possible"),
        Response.answered_at,
        Dispute.text,
        Dispute.raised_at,
        Dispute.reply,
        Dispute.replied_at,
    )
    .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
    .join(QuestionVersion, QuestionVersion.digest == AttemptItem.digest)
    .outerjoin(Response, and_(Response.attempt_id == AttemptItem.attempt_id, Response.position == AttemptItem.position))
    .outerjoin(Dispute, and_(Dispute.attempt_id == AttemptItem.attempt_id, Dispute.position == AttemptItem.position))
    .where(Attempt.id == bindparam("attempt_id"), Attempt.person_id == bindparam("person_id"))
    .order_by(AttemptItem.position)
)


def attempt(attempt_id: UUID, person_id: UUID) -> AttemptRecord:
    """One attempt of `person_id`, with items and answers, in one query. NotFound: none, or not theirs."""
    rows = db.session.connection().execute(_ATTEMPT, {"attempt_id": attempt_id, "person_id": person_id}).all()
    if not rows:
        raise NotFound
    head = rows[0]
    return AttemptRecord(
        id=head.id,
        person_id=head.person_id,
        quiz_id=head.quiz_id,
        kind=head.kind,
        form=head.form,
        edition=head.edition,
        pass_mark=head.pass_mark,
        started_at=head.started_at,
        closed_at=head.closed_at,
        earned=head.earned,
        possible=head.possible,
        items=tuple(_item(row) for row in rows),
    )


def _item(row: Any) -> ItemRecord:
    return ItemRecord(
        position=row.position,
        digest=row.digest,
        question_id=row.question_id,
        vignette_id=row.vignette_id,
        stored_order=tuple(row.stored_order),
        response=None if row.answered_at is None else _response(row),
        dispute=None if row.raised_at is None else DisputeRecord(row.text, row.raised_at, row.reply, row.replied_at),
    )


def _response(row: Any) -> ResponseRecord:
    return ResponseRecord(
        answer=row.answer,
        confidence=row.confidence,
        earned=row.response_earned,
        possible=row.response_possible,
        answered_at=row.answered_at,
    )


_COPIES = select(
    QuestionVersion.digest, QuestionVersion.type, QuestionVersion.schema_version, QuestionVersion.data
).where(QuestionVersion.digest.in_(bindparam("digests", expanding=True)))


def question_copies(digests: Iterable[str]) -> Mapping[str, QuestionCopy]:
    """The pinned copies behind these digests, in one query."""
    rows = db.session.connection().execute(_COPIES, {"digests": list(set(digests))})
    return {row.digest: QuestionCopy(*row) for row in rows}


def open_attempt_id(person_id: UUID, quiz_id: str, kind: str = "module") -> UUID | None:
    """The one open attempt of this kind of a person at a quiz, if there is one."""
    return db.session.scalar(
        select(Attempt.id).where(
            Attempt.person_id == person_id,
            Attempt.quiz_id == quiz_id,
            Attempt.kind == kind,
            Attempt.closed_at.is_(None),
        )
    )


_SUMMARIES = (
    select(
        Attempt.id,
        Attempt.quiz_id,
        Attempt.started_at,
        Attempt.closed_at,
        Attempt.earned,
        Attempt.possible,
        Attempt.pass_mark,
        select(func.count()).where(Response.attempt_id == Attempt.id).scalar_subquery().label("answered"),
        select(func.count()).where(AttemptItem.attempt_id == Attempt.id).scalar_subquery().label("asked"),
        Attempt.kind,
        Attempt.form,
    )
    .where(Attempt.person_id == bindparam("person_id"), Attempt.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(Attempt.started_at.desc(), Attempt.id)
)
_SUMMARIES_OF_QUIZ = _SUMMARIES.where(Attempt.quiz_id == bindparam("quiz_id"))


def summaries(
    person_id: UUID, quiz_id: str | None = None, *, kinds: Collection[str] = SCORED
) -> tuple[AttemptSummary, ...]:
    """All attempts of these kinds of a person (at one quiz), newest first, in one query."""
    values = {"person_id": person_id, "kinds": list(kinds)}
    if quiz_id is None:
        rows = db.session.connection().execute(_SUMMARIES, values)
    else:
        rows = db.session.connection().execute(_SUMMARIES_OF_QUIZ, {**values, "quiz_id": quiz_id})
    return tuple(AttemptSummary(*row) for row in rows)


def feedback_on(attempt: AttemptRecord) -> Feedback:
    """How much may be said about the answers of this attempt; practice asks the database nothing."""
    others = () if attempt.kind in AT_ONCE else summaries(attempt.person_id, attempt.quiz_id, kinds=(*SCORED, *SETS))
    return feedback_on_kind(attempt.kind, others)


def times_seen(person_id: UUID, quiz_id: str) -> Mapping[str, int]:
    """Vignette id -> in how many attempts of this person at this quiz it was drawn, also if it was then swapped.

    Of whatever kind: a case that was met before reading is not new later.
    """
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
    """The attempt at this module quiz that was closed last."""
    found = db.session.scalar(
        select(Attempt.id)
        .where(
            Attempt.person_id == person_id,
            Attempt.quiz_id == quiz_id,
            Attempt.kind == "module",
            Attempt.closed_at.is_not(None),
        )
        .order_by(Attempt.closed_at.desc())
        .limit(1)
    )
    return None if found is None else attempt(found, person_id)


def exposures(person_id: UUID, scoring_digests: Iterable[str]) -> Mapping[str, int]:
    """Scoring digest -> how often this person was shown that question, whatever its wording then."""
    rows = db.session.execute(
        select(QuestionVersion.scoring_digest, func.count().label("shown"))
        .join(AttemptItem, AttemptItem.digest == QuestionVersion.digest)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.person_id == person_id, QuestionVersion.scoring_digest.in_(set(scoring_digests)))
        .group_by(QuestionVersion.scoring_digest)
    )
    return {row.scoring_digest: row.shown for row in rows}
