"""Reading what a group of people answered. Each function is one statement, however many they are.

`people` is a Select of person ids: whose group it is, and who of it counts, others decide.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app import questions
from app.assessment.group_records import AttemptLine as AttemptLine
from app.assessment.group_records import GroupAnswer as GroupAnswer
from app.assessment.models import Attempt, AttemptItem, QuestionVersion, Response
from app.assessment.queries import question_copies
from app.assessment.records import SCORED
from app.extensions import db
from app.questions.signs import Signs as Signs
from app.questions.signs import signs as signs

_ANSWERS = (
    select(
        Attempt.person_id,
        Attempt.id,
        Response.position,
        Attempt.quiz_id,
        Attempt.kind,
        AttemptItem.digest,
        Response.answer,
        Response.confidence,
        Response.earned,
        Response.possible,
        Response.answered_at,
        AttemptItem.exposure,
        QuestionVersion.scoring_digest,
        QuestionVersion.question_id,
        QuestionVersion.vignette_id,
    )
    .join(Response, Response.attempt_id == Attempt.id)
    .join(AttemptItem, (AttemptItem.attempt_id == Response.attempt_id) & (AttemptItem.position == Response.position))
    .join(QuestionVersion, QuestionVersion.digest == AttemptItem.digest)
    .where(Response.possible > 0)
    .order_by(Response.answered_at, Response.attempt_id, Response.position)
)


def all_answers(people: Select[UUID], kinds: Collection[str] = SCORED) -> Sequence[GroupAnswer]:
    """Every graded answer of these people in attempts of these kinds, oldest first."""
    return _answers(_ANSWERS, people, kinds)


def first_answers(people: Select[UUID], kinds: Collection[str] = SCORED) -> Sequence[GroupAnswer]:
    """The same, but only each person's answer to a question when it was shown to them for the first time."""
    return _answers(_ANSWERS.where(AttemptItem.exposure == 1), people, kinds)


def _answers(statement: Select[Any], people: Select[UUID], kinds: Collection[str]) -> Sequence[GroupAnswer]:
    rows = db.session.execute(statement.where(Attempt.person_id.in_(people), Attempt.kind.in_(tuple(kinds))))
    return tuple(GroupAnswer(*row) for row in rows)


def attempt_lines(people: Select[UUID], kinds: Collection[str] = SCORED) -> Sequence[AttemptLine]:
    """One line for each attempt of these kinds, closed or open, in the order of starting."""
    rows = db.session.execute(
        select(
            Attempt.person_id,
            Attempt.id,
            Attempt.quiz_id,
            Attempt.kind,
            Attempt.form,
            Attempt.earned,
            Attempt.possible,
            Attempt.started_at,
            Attempt.closed_at,
        )
        .where(Attempt.person_id.in_(people), Attempt.kind.in_(tuple(kinds)))
        .order_by(Attempt.started_at, Attempt.id)
    )
    return tuple(AttemptLine(*row) for row in rows)


def last_answered(people: Select[UUID]) -> Mapping[UUID, datetime]:
    """When each of them last began an attempt or answered in one, of whatever kind. Who never did is left out."""
    latest = func.max(func.coalesce(Response.answered_at, Attempt.started_at)).label("latest")
    rows = db.session.execute(
        select(Attempt.person_id, latest)
        .outerjoin(Response, Response.attempt_id == Attempt.id)
        .where(Attempt.person_id.in_(people))
        .group_by(Attempt.person_id)
    )
    return {row.person_id: row.latest for row in rows}


_copies: dict[str, questions.Pinned] = {}
"""By digest, for as long as the process lives: a copy never changes."""
_MOST = 20_000


def pinned(digests: Iterable[str]) -> Mapping[str, questions.Pinned]:
    """The pinned copies behind these digests; one statement for those not read before, none if there are none."""
    wanted, known = set(digests), dict(_copies)
    found = {digest: known[digest] for digest in wanted if digest in known}
    missing = wanted - found.keys()
    if missing:
        if len(_copies) > _MOST:
            _copies.clear()
        for digest, copy in question_copies(missing).items():
            found[digest] = _copies[digest] = questions.load(copy.type, copy.schema_version, copy.data)
    return found
