"""Tables of reading."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime


class SectionReadRow(Base):
    """A person went on from a section, once. Reads count in later editions too: section ids are permanent."""

    __tablename__ = "section_reads"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    section_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    edition: Mapped[str] = mapped_column(String(20))
    read_at: Mapped[datetime] = mapped_column(UTCDateTime)
