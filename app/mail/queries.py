"""How the outbox stands."""

from datetime import datetime

from sqlalchemy import func, select

from app.extensions import db
from app.mail.models import Letter, waiting
from app.mail.records import Outbox


def outbox() -> Outbox:
    count, oldest = db.session.execute(select(func.count(), func.min(Letter.queued_at)).where(waiting)).one()
    failed = db.session.scalar(select(func.count()).where(Letter.failed_at.is_not(None)))
    return Outbox(waiting=count, failed=failed or 0, oldest_waiting=oldest)


def letters_to(recipient: str, since: datetime) -> int:
    """How many letters were written to this address, however it is spelt, whatever became of them."""
    to_them = select(func.count()).where(func.lower(Letter.recipient) == recipient.lower(), Letter.queued_at > since)
    return db.session.scalar(to_them) or 0
