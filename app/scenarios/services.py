"""What people do in sessions: begin, make a move, talk it over, go back. Each adds and flushes; the view commits."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.content import Course
from app.content.pinning import pin_scenario
from app.errors import Conflict, NotFound
from app.extensions import db
from app.questions import AnswerError
from app.questions.answers import N_
from app.questions.scenario import Scenario
from app.questions.scenario_state import Made, NotOpen, replay
from app.scenarios import queries
from app.scenarios.models import Branch, Debrief, MoveRow, Run
from app.scenarios.records import RunRecord, last_ended
from app.versions.services import keep

READINGS = ("flooded", "within", "away")
FIRST = 0
"""The number of the way that is the result."""
MOST_WAYS = 24
"""Ways through one run, the first included."""


def start(course: Course, person_id: UUID, scenario_id: str, *, now: datetime) -> UUID:
    """The person's open run of the session, or one that waits for its debrief; if there is none, a new one on a copy of
    the session as it is now.

    NotFound: the course has no such session.
    """
    scenario = course.scenarios.get(scenario_id)
    if scenario is None:
        raise NotFound
    already_there = queries.open_run_id(person_id, scenario_id) or queries.waiting_run_id(person_id, scenario_id)
    if already_there is not None:
        return already_there
    version, run_id = pin_scenario(course, _as_left(scenario, person_id)), uuid4()
    keep([version], now)
    row = Run(
        id=run_id,
        person_id=person_id,
        scenario_id=scenario_id,
        digest=version.digest,
        edition=course.edition,
        started_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another tab was a moment faster
        raced = queries.open_run_id(person_id, scenario_id)
        if raced is None:
            raise
        return raced
    db.session.add(Branch(run_id=run_id, number=FIRST, opened_at=now))
    db.session.flush()
    return run_id


def move(
    run_id: UUID,
    person_id: UUID,
    number: int,
    sequence: int,
    move_id: str | None,
    *,
    reading: str | None,
    now: datetime,
) -> bool:
    """Make decision `sequence` of way `number`. A first way that reaches an ending finishes the run, for good.

    Returns False, and changes nothing, if that decision has been made before. NotFound: no such way in a run of theirs.
    Conflict: the way is not there yet, or has ended. questions.AnswerError: no move, or one that is not open here.
    """
    run = _locked(run_id, person_id)
    branch = run.branch(number)
    if branch is None:
        raise NotFound
    if 1 <= sequence <= len(branch.made):
        return False
    here = run.situation(number)
    if here.node is None or sequence != len(branch.made) + 1:
        raise Conflict("not-this-decision")
    if not move_id:
        raise AnswerError("nothing-chosen", N_("Choose a move first."))
    kept = reading if reading in READINGS else None
    try:
        after = replay(run.scenario, [*branch.made, Made(here.node.id, move_id, kept)])
    except NotOpen as fault:
        raise AnswerError("not-open", N_("This move is not open at this point. Choose one of those below.")) from fault
    row = MoveRow(run_id=run_id, branch=number, sequence=sequence, node=here.node.id, move=move_id, made_at=now)
    row.reading = kept
    db.session.add(row)
    if after.ending is not None and number == FIRST:
        finished = db.session.get_one(Run, run_id)
        finished.finished_at, finished.ending = now, after.ending.id
    db.session.flush()
    return True


def write_reaction(run_id: UUID, person_id: UUID, reaction: str, intended: str, *, now: datetime) -> bool:
    """Keep what the learner wrote before seeing anything of the path.

    Returns False, and changes nothing, if that was written before. Conflict: the session has not ended.
    """
    run = _locked(run_id, person_id)
    if run.finished_at is None:
        raise Conflict("not-ended")
    if run.debrief is not None:
        return False
    db.session.add(Debrief(run_id=run_id, reaction=reaction, intended=intended, question=None, written_at=now))
    db.session.flush()
    return True


def hand_in(run_id: UUID, person_id: UUID, question: str, *, now: datetime) -> bool:
    """Close the debrief with a question to take to supervision; left blank, it is the one that the ending offers.

    Returns False, and changes nothing, if the debrief was handed in before. Conflict: its first half is missing.
    """
    run = _locked(run_id, person_id)
    if run.debrief is None:
        raise Conflict("reaction-first")
    if run.debriefed_at is not None:
        return False
    ending = run.situation(FIRST).ending
    offered = ending.supervision if ending else ""
    db.session.get_one(Debrief, run_id).question = question or offered
    db.session.get_one(Run, run_id).debriefed_at = now
    db.session.flush()
    return True


def go_back(run_id: UUID, person_id: UUID, number: int, sequence: int, *, now: datetime) -> int:
    """Open a further way that goes another way from decision `sequence` of way `number`; returns its number.

    One that was opened there and not yet gone is returned again. NotFound: no such decision in a run of theirs.
    Conflict: the debrief comes first, or enough ways were tried.
    """
    run = _locked(run_id, person_id)
    source = run.branch(number)
    if source is None or not 1 <= sequence <= len(source.made):
        raise NotFound
    if run.debriefed_at is None:
        raise Conflict("debrief-first")
    before = source.made[: sequence - 1]
    untouched = next((way for way in run.branches if way.from_sequence == sequence and way.made == before), None)
    if untouched is not None:
        return untouched.number
    if len(run.branches) >= MOST_WAYS:
        raise Conflict("enough-ways")
    further = len(run.branches)
    db.session.add(Branch(run_id=run_id, number=further, from_branch=number, from_sequence=sequence, opened_at=now))
    db.session.flush()
    _copy(run_id, further, before, now)
    return further


def _copy(run_id: UUID, number: int, made: tuple[Made, ...], now: datetime) -> None:
    for sequence, step in enumerate(made, 1):
        row = MoveRow(run_id=run_id, branch=number, sequence=sequence, node=step.node, move=step.move, made_at=now)
        row.reading = step.reading
        db.session.add(row)
    db.session.flush()


def _as_left(scenario: Scenario, person_id: UUID) -> Scenario:
    """The session as it begins for somebody who left the one before it as they last did."""
    before = scenario.follows.scenario if scenario.follows else None
    left = last_ended(queries.summaries(person_id), before) if before else None
    return scenario.begun_after(left.ending if left else None)


def _locked(run_id: UUID, person_id: UUID) -> RunRecord:
    """The run, while whoever else writes to it waits. SQLite has locked the whole file at BEGIN IMMEDIATE."""
    mine = select(Run.id).where(Run.id == run_id, Run.person_id == person_id)
    if db.session.scalar(mine.with_for_update()) is None:
        raise NotFound
    return queries.run(run_id, person_id)
