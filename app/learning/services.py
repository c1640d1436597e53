"""What people do with sections."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite

from app.content import Course
from app.errors import NotFound
from app.extensions import db
from app.learning.models import SectionReadRow


def mark_read(course: Course, person_id: UUID, module_id: str, section_id: str, *, now: datetime) -> None:
    """Note that the person went on from this section. The first time counts; twice changes nothing.

    NotFound: the course has no such section.
    """
    try:
        course.section(module_id, section_id)
    except KeyError:
        raise NotFound from None
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = {
        "person_id": person_id,
        "module_id": module_id,
        "section_id": section_id,
        "edition": course.edition,
        "read_at": now,
    }
    db.session.execute(insert(SectionReadRow).values(row).on_conflict_do_nothing())
