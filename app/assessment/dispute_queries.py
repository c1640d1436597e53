"""Reading disputes."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from app.assessment.models import Attempt, AttemptItem, Dispute, QuestionVersion, Response
from app.assessment.records import DisputedQuestion, ReplyNotice
from app.errors import NotFound
from app.extensions import UTCDateTime, db

REPLIED_SHOWN = 50
NOTICES = 5

_DISPUTES = (
    select(
        Dispute.id,
        Dispute.person_id,
        Dispute.text,
        Dispute.raised_at,
        Dispute.reply,
        Dispute.replied_at,
        QuestionVersion.quiz_id,
        Dispute.digest,
        AttemptItem.stored_order,
        Response.answer,
    )
    .join(QuestionVersion, QuestionVersion.digest == Dispute.digest)
    .join(AttemptItem, and_(AttemptItem.attempt_id == Dispute.attempt_id, AttemptItem.position == Dispute.position))
    .join(Response, and_(Response.attempt_id == Dispute.attempt_id, Response.position == Dispute.position))
)


def waiting() -> tuple[DisputedQuestion, ...]:
    """Disputes without a reply, the one that has waited longest first."""
    rows = db.session.execute(_DISPUTES.where(Dispute.reply.is_(None)).order_by(Dispute.raised_at, Dispute.id))
    return tuple(map(_disputed, rows))


def replied() -> tuple[DisputedQuestion, ...]:
    """The latest that have a reply."""
    answered = _DISPUTES.where(Dispute.reply.is_not(None)).order_by(Dispute.replied_at.desc(), Dispute.id.desc())
    return tuple(map(_disputed, db.session.execute(answered.limit(REPLIED_SHOWN))))


def disputed(dispute_id: int) -> DisputedQuestion:
    """One dispute. NotFound: there is none."""
    row = db.session.execute(_DISPUTES.where(Dispute.id == dispute_id)).one_or_none()
    if row is None:
        raise NotFound
    return _disputed(row)


_NOTICES = (
    select(Dispute.attempt_id, Dispute.position, Attempt.quiz_id, Dispute.replied_at)
    .join(Attempt, Attempt.id == Dispute.attempt_id)
    .where(Dispute.person_id == bindparam("person_id"), Dispute.replied_at > bindparam("since", type_=UTCDateTime))
    .order_by(Dispute.replied_at.desc(), Dispute.id.desc())
    .limit(NOTICES)
)


def replies_since(person_id: UUID, since: datetime) -> tuple[ReplyNotice, ...]:
    """The latest replies to what this person wrote."""
    rows = db.session.connection().execute(_NOTICES, {"person_id": person_id, "since": since})
    return tuple(ReplyNotice(row.attempt_id, row.position, row.quiz_id, row.replied_at) for row in rows)


def _disputed(row: Any) -> DisputedQuestion:
    return DisputedQuestion(
        id=row.id,
        writer=_pseudonym(row.person_id),
        text=row.text,
        raised_at=row.raised_at,
        reply=row.reply,
        replied_at=row.replied_at,
        quiz_id=row.quiz_id,
        digest=row.digest,
        stored_order=tuple(row.stored_order),
        answer=row.answer,
    )


def _pseudonym(person_id: UUID) -> str:
    """Another one than the person's own, which stands in addresses."""
    return hashlib.sha256(b"dispute" + person_id.bytes).hexdigest()[:6]
