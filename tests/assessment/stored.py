"""What is stored about attempts."""

from sqlalchemy import func, select

from app.assessment.models import Attempt, AttemptItem, QuestionVersion, Response, Swap
from app.assessment.records import AttemptRecord
from app.extensions import Base, db


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything stored about attempts, to show that nothing changed."""
    db.session.expire_all()
    tables = (QuestionVersion, Attempt, AttemptItem, Response, Swap)
    return {
        table.__tablename__: [tuple(row) for row in db.session.execute(select(table.__table__))] for table in tables
    }


def cases(attempt: AttemptRecord) -> list[str]:
    return list(dict.fromkeys(item.vignette_id for item in attempt.items))
