"""Pinning: what is drawn is copied whole into the database, once for each wording."""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from app.assessment.models import QuestionVersion
from app.content.pinning import Version, pin
from app.content.records import Course, Vignette
from app.extensions import db
from app.questions import TYPES, BaseQuestion

Draw = tuple[Version, Callable[[random.Random], tuple[str, ...]]]
"""A version, and the function that decides in which order its parts will be stored."""


def versions_of(course: Course, vignettes: Iterable[Vignette]) -> tuple[Draw, ...]:
    """The current wording of every question of these vignettes, in order."""
    return tuple(
        (pin(course, vignette, question), _ordering(question))
        for vignette in vignettes
        for question in vignette.questions
    )


def _ordering(question: BaseQuestion) -> Callable[[random.Random], tuple[str, ...]]:
    return lambda rng: TYPES[question.type].stored_order(question, rng)


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
