"""Who people are. Everything about learning hangs on `people`; name, e-mail and password stand apart from it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime

PURPOSES = ("reset", "registration", "invitation", "first_administrator", "change_email")


class Person(Base):
    """A pseudonym, and nothing else."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Identity(Base):
    """Who a person is in the world. Deleting it leaves the pseudonym and what was learnt."""

    __tablename__ = "identities"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("email <> ''", name="email_given"),
        CheckConstraint("email_key = lower(email_key)", name="email_key_lower"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str] = mapped_column(Text)
    administrator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SignIn(Base):
    """One browser that has signed in. `last_seen_at` is moved by POSTs only, so that reads do not write."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        CheckConstraint("last_seen_at >= created_at", name="seen_after_created"),
        CheckConstraint("ended_at IS NULL OR ended_at >= created_at", name="ended_after_created"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    agent: Mapped[str] = mapped_column(String(200))


class SingleUseToken(Base):
    """A link that works once. Only the hash is kept: the link itself stands in the letter alone."""

    __tablename__ = "single_use_tokens"
    __table_args__ = (
        CheckConstraint(
            "purpose IN ('reset', 'registration', 'invitation', 'first_administrator', 'change_email')", name="purpose"
        ),
        CheckConstraint(
            "(person_id IS NOT NULL) = (purpose IN ('reset', 'change_email'))", name="person_where_one_is_known"
        ),
        CheckConstraint(
            "(email IS NOT NULL) = (purpose IN ('registration', 'invitation', 'change_email'))",
            name="email_where_one_is_fixed",
        ),
        CheckConstraint("expires_at > created_at", name="expires_after_created"),
        Index("ix_single_use_tokens_email", "email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    email: Mapped[str | None] = mapped_column(String(320))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class FailedSignIn(Base):
    """A failed attempt to sign in, by keyed hashes of the address typed and the network it came from."""

    __tablename__ = "failed_sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    email_key_hash: Mapped[str] = mapped_column(String(64), index=True)
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
