"""Writing the record of acts."""

from datetime import datetime
from uuid import UUID

from app.audit.models import AuditEntry
from app.extensions import db


def record(act: str, subject: str, *, actor_id: UUID | None, now: datetime, **details: str | int | None) -> None:
    """Note that `actor_id` (None: a command) did `act` to `subject`. Names and addresses of people stay out of it."""
    db.session.add(AuditEntry(at=now, actor_id=actor_id, act=act, subject=subject, details=details))
    db.session.flush()
