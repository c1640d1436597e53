"""Reading sessions. A page costs a fixed number of queries, however many ways were tried."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select

from app.errors import NotFound
from app.extensions import db
from app.questions.pinned_scenario import load_scenario
from app.questions.scenario_state import Made
from app.scenarios.models import Branch, Debrief, MoveRow, Run
from app.scenarios.records import (
    BranchRecord,
    CompletedSession,
    DebriefRecord,
    RunRecord,
    RunSummary,
    SupervisionQuestion,
)
from app.versions.models import QuestionVersion

MOST_QUESTIONS = 50

# Asked for on every turn, so both statements are put together once.
_RUN = (
    select(
        Run.id,
        Run.scenario_id,
        Run.edition,
        Run.started_at,
        Run.finished_at,
        Run.debriefed_at,
        QuestionVersion.schema_version,
        QuestionVersion.data,
        Debrief.reaction,
        Debrief.intended,
        Debrief.question,
        Debrief.written_at,
    )
    .join(QuestionVersion, QuestionVersion.digest == Run.digest)
    .outerjoin(Debrief, Debrief.run_id == Run.id)
    .where(Run.id == bindparam("run_id"), Run.person_id == bindparam("person_id"))
)
_WAYS = (
    select(
        Branch.number,
        Branch.from_branch,
        Branch.from_sequence,
        Branch.opened_at,
        MoveRow.node,
        MoveRow.move,
        MoveRow.reading,
    )
    .outerjoin(MoveRow, and_(MoveRow.run_id == Branch.run_id, MoveRow.branch == Branch.number))
    .where(Branch.run_id == bindparam("run_id"))
    .order_by(Branch.number, MoveRow.sequence)
)


def run(run_id: UUID, person_id: UUID) -> RunRecord:
    """One run of `person_id` with everything in it, in two queries. NotFound: none, or not theirs."""
    connection = db.session.connection()
    head = connection.execute(_RUN, {"run_id": run_id, "person_id": person_id}).one_or_none()
    if head is None:
        raise NotFound
    return RunRecord(
        id=head.id,
        scenario_id=head.scenario_id,
        edition=head.edition,
        started_at=head.started_at,
        finished_at=head.finished_at,
        debriefed_at=head.debriefed_at,
        pinned=load_scenario(head.schema_version, head.data),
        branches=_branches(connection.execute(_WAYS, {"run_id": run_id})),
        debrief=None
        if head.written_at is None
        else DebriefRecord(head.reaction, head.intended, head.question, head.written_at),
    )


def _branches(rows: Iterable[Any]) -> tuple[BranchRecord, ...]:
    ways: dict[int, list[Any]] = {}
    for row in rows:
        ways.setdefault(row.number, []).append(row)
    return tuple(
        BranchRecord(
            number=number,
            from_branch=found[0].from_branch,
            from_sequence=found[0].from_sequence,
            opened_at=found[0].opened_at,
            made=tuple(Made(row.node, row.move, row.reading) for row in found if row.node is not None),
        )
        for number, found in ways.items()
    )


def open_run_id(person_id: UUID, scenario_id: str) -> UUID | None:
    """The one run of a person at a session whose first way has not ended, if there is one."""
    return db.session.scalar(
        select(Run.id).where(Run.person_id == person_id, Run.scenario_id == scenario_id, Run.finished_at.is_(None))
    )


def waiting_run_id(person_id: UUID, scenario_id: str) -> UUID | None:
    """The run of a person at a session that has ended and is not talked over, if there is one."""
    ended = select(Run.id).where(Run.person_id == person_id, Run.scenario_id == scenario_id)
    return db.session.scalar(ended.where(Run.finished_at.is_not(None), Run.debriefed_at.is_(None)).limit(1))


_SUMMARIES = (
    select(
        Run.id,
        Run.scenario_id,
        Run.started_at,
        Run.finished_at,
        Run.ending,
        Run.debriefed_at,
        select(func.count()).where(MoveRow.run_id == Run.id, MoveRow.branch == 0).scalar_subquery().label("decisions"),
        select(func.count()).where(Branch.run_id == Run.id, Branch.number > 0).scalar_subquery().label("further"),
    )
    .where(Run.person_id == bindparam("person_id"))
    .order_by(Run.started_at.desc(), Run.id)
)


def summaries(person_id: UUID) -> tuple[RunSummary, ...]:
    """All runs of a person, newest first, in one query."""
    return tuple(RunSummary(*row) for row in db.session.connection().execute(_SUMMARIES, {"person_id": person_id}))


_COMPLETED = (
    select(Run.scenario_id, func.min(Run.debriefed_at).label("completed_at"))
    .where(Run.person_id == bindparam("person_id"), Run.debriefed_at.is_not(None))
    .group_by(Run.scenario_id)
)


def completed(person_id: UUID) -> frozenset[CompletedSession]:
    """Every session whose first way this person led to an ending and debriefed, with the first time; one query."""
    rows = db.session.connection().execute(_COMPLETED, {"person_id": person_id})
    return frozenset(CompletedSession(row.scenario_id, row.completed_at) for row in rows)


def supervision_questions(person_id: UUID) -> tuple[SupervisionQuestion, ...]:
    """The newest of what this person noted for supervision after sessions, in two queries: each copy is read
    once, however many runs were made on it."""
    rows = db.session.execute(
        select(Run.digest, Debrief.question, Debrief.written_at)
        .join(Debrief, Debrief.run_id == Run.id)
        .where(Run.person_id == person_id, Debrief.question.is_not(None), Debrief.question != "")
        .order_by(Debrief.written_at.desc())
        .limit(MOST_QUESTIONS)
    ).all()
    if not rows:
        return ()
    copies = select(QuestionVersion.digest, QuestionVersion.schema_version, QuestionVersion.data)
    found = db.session.execute(copies.where(QuestionVersion.digest.in_({row.digest for row in rows})))
    titles = {copy.digest: load_scenario(copy.schema_version, copy.data).scenario.title for copy in found}
    return tuple(SupervisionQuestion(titles[row.digest], row.question, row.written_at) for row in rows)
