"""What supervisors note beside a trainee's name."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime


class AttentionMark(Base):
    """That somebody was contacted about one reason, or that the reason rests until a day. The newest counts."""

    __tablename__ = "attention_marks"
    __table_args__ = (
        CheckConstraint("state IN ('contacted', 'snoozed')", name="state"),
        CheckConstraint("(state = 'snoozed') = (until IS NOT NULL)", name="snoozed_until"),
        Index("ix_attention_marks_person", "cohort_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(120))
    """What the reason is about, as app.supervision.attention names it."""
    state: Mapped[str] = mapped_column(String(20))
    until: Mapped[date | None]
    marked_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    marked_at: Mapped[datetime] = mapped_column(UTCDateTime)
