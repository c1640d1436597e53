"""Tables of institutes. Whatever belongs to one names it, so that nobody sees another's."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.extensions import Base, UTCDateTime

OPEN = "accepted_at IS NULL AND withdrawn_at IS NULL"
_OPEN_TO_COHORT = text(f"{OPEN} AND cohort_id IS NOT NULL")
_OPEN_TO_STAFF = text(f"{OPEN} AND cohort_id IS NULL")


class Institute(Base):
    """A training institute. `version` moves with the look, so that browsers may keep stylesheet and logo for good."""

    __tablename__ = "institutes"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("slug <> ''", name="slug_given"),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark"),
        CheckConstraint("retention_years BETWEEN 1 AND 30", name="retention_years"),
        CheckConstraint("colour = '' OR length(colour) = 7", name="colour"),
        CheckConstraint("(logo IS NULL) = (logo_type IS NULL)", name="logo_has_type"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(320), default="")
    """An e-mail address that trainees may write to; empty: none."""
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    """An IANA name. A due date ends there, and letters give times by it."""
    privacy: Mapped[str] = mapped_column(Text, default="")
    """What the institute tells trainees about their data, in plain paragraphs."""
    certificate_line: Mapped[str] = mapped_column(String(300), default="")
    """Its accreditation line, printed as it stands."""
    signatory: Mapped[str] = mapped_column(String(200), default="")
    colour: Mapped[str] = mapped_column(String(7), default="")
    """#rrggbb, or empty: the course's own."""
    logo: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    logo_type: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    pass_mark: Mapped[int | None]
    """Its own, for its certificate; None: the course's."""
    retention_years: Mapped[int] = mapped_column(default=7)
    dispute_owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    """Who answers what its trainees dispute; None: those who run the site."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Staff(Base):
    """One person's role at one institute. What administrators may, supervisors may for their own cohorts alone."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("role IN ('administrator', 'supervisor')", name="role"),)

    institute_id: Mapped[int] = mapped_column(ForeignKey("institutes.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(UTCDateTime)


class Invitation(Base):
    """A personal invitation into a cohort (as a trainee) or to the staff. Only the hash of its secret is kept."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("role IN ('administrator', 'supervisor', 'trainee')", name="role"),
        CheckConstraint("(role = 'trainee') = (cohort_id IS NOT NULL)", name="trainee_has_cohort"),
        CheckConstraint("email_key = lower(email_key)", name="email_key_lower"),
        CheckConstraint("(accepted_by IS NULL) = (accepted_at IS NULL)", name="accepted_by_somebody"),
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="accepted_or_withdrawn"),
        CheckConstraint("expires_at > invited_at", name="expires_after_invited"),
        Index(
            "uq_invitations_cohort",
            "cohort_id",
            "email_key",
            unique=True,
            sqlite_where=_OPEN_TO_COHORT,
            postgresql_where=_OPEN_TO_COHORT,
        ),
        Index(
            "uq_invitations_staff",
            "institute_id",
            "email_key",
            unique=True,
            sqlite_where=_OPEN_TO_STAFF,
            postgresql_where=_OPEN_TO_STAFF,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institutes.id", ondelete="CASCADE"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200), default="")
    """As whoever invites writes it; a proposal only."""
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
