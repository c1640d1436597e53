"""Tables of attempts and answers. Nothing here names a person beyond the pseudonymous id."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime
from app.versions.models import QuestionVersion as QuestionVersion  # what attempts refer to


class Attempt(Base):
    """One try at one quiz. Open until its last question is answered; then it has a score, for good."""

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint("kind IN ('before', 'module', 'final', 'after', 'mend')", name="kind"),
        CheckConstraint(
            "form IN ('A', 'B') AND kind IN ('before', 'final', 'after')"
            " OR form IS NULL AND kind IN ('module', 'mend')",
            name="form",
        ),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark"),
        CheckConstraint(
            "(closed_at IS NULL AND earned IS NULL AND possible IS NULL)"
            " OR (closed_at IS NOT NULL AND earned IS NOT NULL AND possible IS NOT NULL)",
            name="closed_has_score",
        ),
        CheckConstraint("earned >= 0 AND earned <= possible AND possible > 0", name="score"),
        Index(
            "uq_attempts_open",
            "person_id",
            "quiz_id",
            "kind",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    quiz_id: Mapped[str] = mapped_column(String(80))
    """Of a transcript to mend, its own id."""
    kind: Mapped[str] = mapped_column(String(10))
    form: Mapped[str | None] = mapped_column(String(1))
    """Which of two parallel sets: of the final test, or of the questions before and after reading."""
    edition: Mapped[str] = mapped_column(String(20))
    pass_mark: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    earned: Mapped[int | None]
    possible: Mapped[int | None]


class AttemptItem(Base):
    """One question of an attempt: which version, with its parts in which order (stored ids), met how often before."""

    __tablename__ = "attempt_items"
    __table_args__ = (
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("exposure >= 1", name="exposure"),
    )

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(ForeignKey("question_versions.digest"), index=True)
    stored_order: Mapped[list[str]] = mapped_column(JSON)
    exposure: Mapped[int]


class Response(Base):
    """One answer with its grade; 0 of 0 where the question is not graded. Written once, never changed."""

    __tablename__ = "responses"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"], ["attempt_items.attempt_id", "attempt_items.position"], name="fk_responses_item"
        ),
        CheckConstraint("possible >= 0 AND earned >= 0 AND earned <= possible", name="score"),
        CheckConstraint("confidence IN ('sure', 'fairly', 'guessing')", name="confidence"),
    )

    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answer: Mapped[Any] = mapped_column(JSON)
    confidence: Mapped[str | None] = mapped_column(String(10))
    earned: Mapped[int]
    possible: Mapped[int]
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Swap(Base):
    """A case that a learner had replaced by a neutral one, or left out where none was left."""

    __tablename__ = "swaps"
    __table_args__ = (UniqueConstraint("attempt_id", "vignette_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), index=True)
    vignette_id: Mapped[str] = mapped_column(String(80))
    replaced_by: Mapped[str | None] = mapped_column(String(80))
    swapped_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SelfRating(Base):
    """Which of a `compose` question's criteria the author of a line finds met in it. Written once."""

    __tablename__ = "self_ratings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"], ["responses.attempt_id", "responses.position"], name="fk_self_ratings_response"
        ),
    )

    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    met: Mapped[list[str]] = mapped_column(JSON)
    rated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Dispute(Base):
    """A learner's objection to one version of a question, and what came back."""

    __tablename__ = "disputes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"], ["responses.attempt_id", "responses.position"], name="fk_disputes_response"
        ),
        UniqueConstraint("attempt_id", "position"),
        CheckConstraint(
            "(reply IS NULL AND replied_at IS NULL AND replied_by IS NULL)"
            " OR (reply IS NOT NULL AND replied_at IS NOT NULL)",
            name="reply_has_date",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[UUID]
    position: Mapped[int]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    digest: Mapped[str] = mapped_column(ForeignKey("question_versions.digest"), index=True)
    text: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reply: Mapped[str | None] = mapped_column(Text)
    replied_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    replied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
