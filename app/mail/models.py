"""The outbox."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime


class Letter(Base):
    """A letter waits until it is sent or given up; then its text goes, for it may hold a secret link."""

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    """The same as a page; empty: the letter is plain text alone."""
    kind: Mapped[str] = mapped_column(String(30), default="account")
    institute_id: Mapped[int | None] = mapped_column(ForeignKey("institutes.id", ondelete="CASCADE"), index=True)
    """Whose staff may read it; None: nobody, as letters about accounts are."""
    reply_to: Mapped[str] = mapped_column(String(320), default="")
    copy: Mapped[str] = mapped_column(Text, default="")
    """The text for its institute's staff, without secrets. It stays when the letter is done with."""
    queued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """Nobody takes the letter before this. Taking it moves this on, so that a worker's death only delays it."""
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        CheckConstraint("sent_at IS NULL OR failed_at IS NULL", name="sent_or_failed"),
        CheckConstraint(
            "(sent_at IS NULL AND failed_at IS NULL) OR (body = '' AND html = '')", name="no_body_once_done"
        ),
        CheckConstraint("institute_id IS NOT NULL OR copy = ''", name="copy_for_an_institute"),
    )


waiting = (Letter.sent_at.is_(None)) & (Letter.failed_at.is_(None))
Index("ix_letters_waiting", Letter.due_at, sqlite_where=waiting, postgresql_where=waiting)
