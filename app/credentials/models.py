"""The table of certificates."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime

_VALID_ALONE = text("status = 'valid' AND institute_id IS NULL")
_VALID_INSTITUTE = text("status = 'valid' AND institute_id IS NOT NULL")


class Certificate(Base):
    """What was certified, as a snapshot: a later change of name or course does not alter it.

    `name` is the only thing in it that identifies somebody; deleting a person empties it and keeps the rest.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("status IN ('valid', 'replaced', 'revoked')", name="status"),
        Index(
            "uq_certificates_valid",
            "person_id",
            "edition",
            unique=True,
            sqlite_where=_VALID_ALONE,
            postgresql_where=_VALID_ALONE,
        ),
        Index(
            "uq_certificates_valid_institute",
            "person_id",
            "edition",
            "institute_id",
            unique=True,
            sqlite_where=_VALID_INSTITUTE,
            postgresql_where=_VALID_INSTITUTE,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    institute_id: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(200))
    heading: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    edition: Mapped[str] = mapped_column(String(20))
    hours: Mapped[str] = mapped_column(String(10))
    statement: Mapped[str] = mapped_column(Text)
    review: Mapped[str] = mapped_column(Text)
    completed_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(String(300))
