"""Leading the sample course's session as somebody does: to any of its endings, and through the debrief."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from app.content.records import Course
from app.extensions import db
from app.scenarios import queries, services
from app.scenarios.models import Branch, Run

SESSION = "cold-hall"
WARM = ("ask", "eyes", "spill", "worst", "ask-girl", "blanket", "sit", "look", "say", "how")
"""The main path: ten decisions, to the ending `warm`."""
REPAIRED = ("cake", "sorry", "eyes", "steam", "worst", "ask-girl", "blanket", "sit", "look", "say", "how")
EARLY = ("ask", "eyes", "leave", "look", "say", "how")
"""Left too soon: six decisions, to the ending `unchanged`."""


def begin(course: Course, person_id: UUID, now: datetime) -> UUID:
    """A run that has begun, committed."""
    run_id = services.start(course, person_id, SESSION, now=now)
    db.session.commit()
    return run_id


def make(run_id: UUID, person_id: UUID, moves: Sequence[str], now: datetime, *, number: int = 0) -> None:
    """Go on with a way by these moves, committed."""
    for move in moves:
        sequence = len(queries.run(run_id, person_id).branches[number].made) + 1
        services.move(run_id, person_id, number, sequence, move, reading="within", now=now)
    db.session.commit()


def lead(course: Course, person_id: UUID, now: datetime, moves: Sequence[str] = WARM) -> UUID:
    """A run whose first way has these moves."""
    run_id = begin(course, person_id, now)
    make(run_id, person_id, moves, now)
    return run_id


def lead_beside(like: UUID, now: datetime, moves: Sequence[str]) -> UUID:
    """A further run on the copy of another, though that one waits for its debrief: two tabs could have begun both."""
    row = db.session.get_one(Run, like)
    run_id = uuid4()
    db.session.add(
        Run(
            id=run_id,
            person_id=row.person_id,
            scenario_id=row.scenario_id,
            digest=row.digest,
            edition=row.edition,
            started_at=now,
        )
    )
    db.session.flush()
    db.session.add(Branch(run_id=run_id, number=0, opened_at=now))
    db.session.commit()
    make(run_id, row.person_id, moves, now)
    return run_id


def talk_over(run_id: UUID, person_id: UUID, now: datetime) -> None:
    """Write the debrief of a run that has ended, and hand it in."""
    services.write_reaction(run_id, person_id, "A lump in the throat.", "To let her decide.", now=now)
    services.hand_in(run_id, person_id, "", now=now)
    db.session.commit()


def complete(course: Course, person_id: UUID, now: datetime, moves: Sequence[str] = WARM) -> UUID:
    run_id = lead(course, person_id, now, moves)
    talk_over(run_id, person_id, now)
    return run_id
