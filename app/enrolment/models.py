"""Tables of cohorts: groups of an institute's trainees with a date to be done by."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime

_STAYS = text("left_at IS NULL")


class Cohort(Base):
    """A group. `due_on` is the last day, which ends at midnight in the institute's time zone."""

    __tablename__ = "cohorts"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("due_on IS NULL OR starts_on IS NULL OR due_on >= starts_on", name="due_after_start"),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark"),
        CheckConstraint("NOT join_open OR join_code IS NOT NULL", name="open_has_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institutes.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    in_order: Mapped[bool] = mapped_column(default=False)
    """Whether the next module opens only when the one before is done."""
    pass_mark: Mapped[int | None]
    """Its own; None: the institute's, or else the course's."""
    join_code: Mapped[str | None] = mapped_column(String(40), unique=True)
    join_open: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Set when the group is put away: it is read, and nobody is reminded any more."""


class CohortSupervisor(Base):
    """Who of the staff supervises a cohort."""

    __tablename__ = "cohort_supervisors"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class Membership(Base):
    """A trainee in a cohort, from the moment they agreed to what its supervisors see until they leave."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR left_at >= joined_at", name="left_after_joined"),
        Index(
            "uq_memberships_stays", "cohort_id", "person_id", unique=True, sqlite_where=_STAYS, postgresql_where=_STAYS
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due_on: Mapped[date | None]
    """This person's own last day, when it was extended."""
    reminders: Mapped[bool] = mapped_column(default=True)


class Notice(Base):
    """That a letter of one kind about one day was written to a member: two workers write it once."""

    __tablename__ = "notices"
    __table_args__ = (CheckConstraint("kind IN ('before_due', 'overdue')", name="kind"),)

    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
