"""Disputing a question one has answered, and replying. Each adds and flushes; the view commits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.accounts import queries as accounts
from app.assessment import dispute_letters, dispute_queries, queries
from app.assessment.dispute_queries import Replier
from app.assessment.feedback import Feedback
from app.assessment.models import Dispute
from app.assessment.records import AttemptRecord
from app.enrolment import dispute_owners
from app.errors import Conflict, NotFound
from app.extensions import db


def dispute(attempt_id: UUID, person_id: UUID, position: int, text: str, *, now: datetime) -> bool:
    """Keep what somebody writes about a question they have answered, and tell whoever replies by letter.

    Returns False, and changes nothing, if they have written about it before. NotFound: no such attempt of theirs.
    Conflict: at `position` there is nothing of which they know what is right.
    """
    attempt = queries.attempt(attempt_id, person_id)
    if not may_dispute(attempt, position, queries.feedback_on(attempt)):
        raise Conflict("nothing-to-dispute")
    digest = attempt.items[position - 1].digest
    row = Dispute(
        attempt_id=attempt_id, position=position, person_id=person_id, digest=digest, text=text, raised_at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # before, or in another tab a moment ago
        return False
    for address in _addresses_of_repliers(person_id):
        dispute_letters.tell_replier(address, row.id, now)
    return True


def may_dispute(attempt: AttemptRecord, position: int, feedback: Feedback) -> bool:
    """What has been answered, was right or wrong, and may be seen with its reasons."""
    item = attempt.item(position)
    return feedback == "all" and item is not None and item.response is not None and item.response.possible > 0


def reply(dispute_id: int, replier: Replier, text: str, *, now: datetime) -> None:
    """Answer a dispute, once, and tell whoever wrote it by letter.

    NotFound: none that comes to them. Conflict: it has been answered.
    """
    dispute_queries.disputed(dispute_id, replier)
    row = db.session.get(Dispute, dispute_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    if row.reply is not None:
        raise Conflict("replied-before")
    row.reply, row.replied_at, row.replied_by = text, now, replier.person_id
    db.session.flush()
    address = accounts.address_of(row.person_id)
    if address is not None:
        dispute_letters.tell_writer(address, row.attempt_id, row.position, row.text, now)


def _addresses_of_repliers(person_id: UUID) -> Sequence[str]:
    """Of those whom the trainee's institutes name; if nobody is named, or has an account, of who runs the site."""
    named = [accounts.address_of(owner) for owner in dispute_owners.owners_for(person_id)]
    return [address for address in named if address] or accounts.addresses_of_administrators()
