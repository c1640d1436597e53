"""The questions of an attempt, as rows: put there when it begins, moved when a case is exchanged."""

import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.assessment import queries
from app.assessment.models import AttemptItem
from app.assessment.records import AttemptRecord, ItemRecord
from app.assessment.versions import Draw
from app.extensions import db
from app.versions.services import keep


def add_items(
    attempt_id: UUID, person_id: UUID, drawn: Sequence[Draw], *, first: int, now: datetime, rng: random.Random
) -> None:
    keep([version for version, _ in drawn], now)
    shown = queries.exposures(person_id, [version.scoring_digest for version, _ in drawn])
    for position, (version, order) in enumerate(drawn, start=first):
        db.session.add(
            AttemptItem(
                attempt_id=attempt_id,
                position=position,
                digest=version.digest,
                stored_order=list(order(rng)),
                exposure=shown.get(version.scoring_digest, 0) + 1,
            )
        )
    db.session.flush()


def replace_items(
    attempt: AttemptRecord,
    person_id: UUID,
    case: Sequence[ItemRecord],
    drawn: Sequence[Draw],
    *,
    now: datetime,
    rng: random.Random,
) -> None:
    """Take `case` out of the attempt's unanswered tail, put `drawn` in its place, and close the gap behind it."""
    first = case[0].position
    gone = {item.position for item in case}
    tail = select(AttemptItem).where(AttemptItem.attempt_id == attempt.id, AttemptItem.position >= first)
    rows = db.session.scalars(tail.order_by(AttemptItem.position)).all()
    behind = [(row.digest, row.stored_order, row.exposure) for row in rows if row.position not in gone]
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    add_items(attempt.id, person_id, drawn, first=first, now=now, rng=rng)
    for position, (digest, order, exposure) in enumerate(behind, start=first + len(drawn)):
        db.session.add(
            AttemptItem(attempt_id=attempt.id, position=position, digest=digest, stored_order=order, exposure=exposure)
        )
    db.session.flush()
