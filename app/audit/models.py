"""The table of things done that somebody may later have to account for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime


class AuditEntry(Base):
    """One act. `actor_id` is None when a command did it."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    institute_id: Mapped[int | None] = mapped_column(ForeignKey("institutes.id", ondelete="CASCADE"), index=True)
    """Whose administrators may read of it; None: those who run the site alone."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Whom it was about, if it was somebody: they may read of it, too."""
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
