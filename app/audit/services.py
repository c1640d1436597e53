"""Writing the record of acts."""

from datetime import datetime
from uuid import UUID

from app.audit.models import AuditEntry
from app.extensions import db


def record(
    act: str,
    subject: str,
    *,
    actor_id: UUID | None,
    now: datetime,
    institute_id: int | None = None,
    person_id: UUID | None = None,
    **details: str | int | None,
) -> None:
    """Note that `actor_id` (None: a command) did `act` to `subject`. Names and addresses of people stay out of it.

    `institute_id`: whose administrators may read of it. `person_id`: whom it was about; they may read of it, too.
    """
    entry = AuditEntry(
        at=now,
        actor_id=actor_id,
        institute_id=institute_id,
        person_id=person_id,
        act=act,
        subject=subject,
        details=details,
    )
    db.session.add(entry)
    db.session.flush()
