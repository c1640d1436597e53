"""Frozen rows that queries return."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.questions.pinned_scenario import PinnedScenario
from app.questions.scenario import Scenario
from app.questions.scenario_state import Made, Situation, replay


@dataclass(frozen=True, slots=True)
class BranchRecord:
    """One way through a session, from its beginning: what was copied from an earlier way stands in it, too."""

    number: int
    """0: the first way, which is the result."""
    from_branch: int | None
    from_sequence: int | None
    opened_at: datetime
    made: tuple[Made, ...]

    @property
    def own(self) -> int:
        """How many decisions were made in this way itself."""
        return len(self.made) - (self.from_sequence - 1 if self.from_sequence else 0)


@dataclass(frozen=True, slots=True)
class DebriefRecord:
    reaction: str
    intended: str
    question: str | None
    """What goes to supervision; None until the path has been read and the debrief handed in."""
    written_at: datetime


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A session with one client, on the copy that it began with."""

    id: UUID
    scenario_id: str
    edition: str
    started_at: datetime
    finished_at: datetime | None
    debriefed_at: datetime | None
    pinned: PinnedScenario
    branches: tuple[BranchRecord, ...]
    debrief: DebriefRecord | None

    @property
    def scenario(self) -> Scenario:
        return self.pinned.scenario

    def branch(self, number: int) -> BranchRecord | None:
        """Numbers are given without gaps, from 0."""
        return self.branches[number] if 0 <= number < len(self.branches) else None

    def situation(self, number: int) -> Situation:
        """Where a way stands, which must exist."""
        return replay(self.scenario, self.branches[number].made)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line about a run, for lists."""

    id: UUID
    scenario_id: str
    started_at: datetime
    finished_at: datetime | None
    ending: str | None
    debriefed_at: datetime | None
    decisions: int
    """On the first way."""
    further: int
    """Ways that were tried after it."""


def last_ended(runs: Iterable[RunSummary], scenario_id: str) -> RunSummary | None:
    """How somebody last left a session: the newest run that has ended. `runs`: all theirs, newest first."""
    return next((run for run in runs if run.scenario_id == scenario_id and run.finished_at is not None), None)


@dataclass(frozen=True, slots=True)
class CompletedSession:
    """A session led to any of its endings and talked over: what completion may count."""

    scenario_id: str
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class SupervisionQuestion:
    """What somebody wants to take to supervision from one session. Private to its author."""

    title: str
    question: str
    written_at: datetime
