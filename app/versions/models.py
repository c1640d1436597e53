"""The table of copies. Attempts and runs of sessions refer to it by digest."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime


class QuestionVersion(Base):
    """One wording of one question with its vignette, or of one session, whole, as it was drawn. Never changed."""

    __tablename__ = "question_versions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    scoring_digest: Mapped[str] = mapped_column(String(64), index=True)
    quiz_id: Mapped[str] = mapped_column(String(80))
    vignette_id: Mapped[str] = mapped_column(String(80))
    question_id: Mapped[str] = mapped_column(String(80), index=True)
    type: Mapped[str] = mapped_column(String(20))
    schema_version: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
