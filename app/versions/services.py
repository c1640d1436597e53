"""Pinning: what is drawn or begun is copied whole into the database, once for each wording."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from app.content.pinning import Version
from app.extensions import db
from app.versions.models import QuestionVersion


def keep(versions: Sequence[Version], now: datetime) -> None:
    """Store the versions that are not stored yet. Two people drawing the same new wording at once do no harm: they
    insert in one order, so that neither waits for the other in a ring."""
    rows = [
        {
            "digest": version.digest,
            "scoring_digest": version.scoring_digest,
            "quiz_id": version.quiz_id,
            "vignette_id": version.vignette_id,
            "question_id": version.question_id,
            "type": version.type,
            "schema_version": version.schema_version,
            "data": version.data,
            "created_at": now,
        }
        for version in sorted(versions, key=lambda version: version.digest)
    ]
    if rows:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        db.session.execute(insert(QuestionVersion).on_conflict_do_nothing(index_elements=["digest"]), rows)
