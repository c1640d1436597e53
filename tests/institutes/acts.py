"""What stands on the record of acts."""

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.extensions import db


def acts() -> list[tuple[str, str, dict[str, object]]]:
    """(act, subject, details) in order."""
    db.session.expire_all()
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.act, row.subject, row.details) for row in rows]


def last_act() -> AuditEntry:
    db.session.expire_all()
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first() or AuditEntry()
