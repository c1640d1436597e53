"""Reading disputes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select

from app.accounts import tokens
from app.assessment.models import Attempt, AttemptItem, Dispute, QuestionVersion, Response
from app.assessment.records import DisputedQuestion, ReplyNotice
from app.enrolment import dispute_owners
from app.errors import NotFound
from app.extensions import UTCDateTime, db

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


@dataclass(frozen=True, slots=True)
class Replier:
    """Somebody to whom disputes come: of trainees whose institute names them; and, to an administrator of the site, of
    everybody whose institutes name nobody, or who is in none."""

    person_id: UUID
    administrator: bool


def replies(replier: Replier) -> bool:
    """Whether any dispute may come to them."""
    return replier.administrator or dispute_owners.is_owner(replier.person_id)


def count(replier: Replier) -> int:
    return db.session.scalar(select(func.count()).select_from(Dispute).where(_come_to(replier))) or 0


def disputes(replier: Replier, offset: int, limit: int) -> tuple[DisputedQuestion, ...]:
    """A part of all that come to them: those without a reply first, the one that has waited longest before the others;
    then the others, the latest reply first."""
    found = (
        _DISPUTES.where(_come_to(replier))
        .order_by(
            Dispute.reply.is_not(None),
            case((Dispute.reply.is_(None), Dispute.raised_at)),
            Dispute.replied_at.desc(),
            Dispute.id,
        )
        .offset(offset)
        .limit(limit)
    )
    return tuple(map(_disputed, db.session.execute(found)))


def disputed(dispute_id: int, replier: Replier) -> DisputedQuestion:
    """One dispute. NotFound: there is none that comes to them."""
    row = db.session.execute(_DISPUTES.where(Dispute.id == dispute_id, _come_to(replier))).one_or_none()
    if row is None:
        raise NotFound
    return _disputed(row)


def _come_to(replier: Replier) -> ColumnElement[bool]:
    named = Dispute.person_id.in_(dispute_owners.answered_by(replier.person_id))
    if not replier.administrator:
        return named
    return or_(named, Dispute.person_id.not_in(dispute_owners.answered_by_somebody()))


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
    """Another one than the person's own, which stands in addresses: whoever knows that cannot work this one out."""
    return tokens.keyed_digest(str(current_app.secret_key), "dispute", str(person_id))[:6]
