"""What a group disputed, for those who supervise it and for what is reported of a year. Nobody is named here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from app.assessment.models import Dispute, QuestionVersion
from app.extensions import db


@dataclass(frozen=True, slots=True)
class GroupDispute:
    """That somebody of a group disputed a question, and what came back; not what they wrote."""

    id: int
    digest: str
    scoring_digest: str
    raised_at: datetime
    reply: str | None
    replied_at: datetime | None


def group_disputes(people: Select[UUID], scoring: Collection[str] | None = None) -> tuple[GroupDispute, ...]:
    """What these people disputed (about versions with these scoring digests), newest first."""
    wanted = select(
        Dispute.id,
        Dispute.digest,
        QuestionVersion.scoring_digest,
        Dispute.raised_at,
        Dispute.reply,
        Dispute.replied_at,
    ).join(QuestionVersion, QuestionVersion.digest == Dispute.digest)
    if scoring is not None:
        wanted = wanted.where(QuestionVersion.scoring_digest.in_(scoring))
    rows = db.session.execute(
        wanted.where(Dispute.person_id.in_(people)).order_by(Dispute.raised_at.desc(), Dispute.id.desc())
    )
    return tuple(GroupDispute(*row) for row in rows)
