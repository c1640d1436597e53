"""How the outbox stands."""

from sqlalchemy import func, select

from app.extensions import db
from app.mail.models import Letter, waiting
from app.mail.records import Outbox


def outbox() -> Outbox:
    count, oldest = db.session.execute(select(func.count(), func.min(Letter.queued_at)).where(waiting)).one()
    failed = db.session.scalar(select(func.count()).where(Letter.failed_at.is_not(None)))
    return Outbox(waiting=count, failed=failed or 0, oldest_waiting=oldest)
