"""How it stands with each session for one person. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.questions.scenario import Scenario
from app.scenarios.records import RunSummary

State = Literal["untouched", "open", "debrief", "done"]


@dataclass(frozen=True, slots=True)
class Standing:
    """`run`: the one to go on with, or else the newest."""

    scenario: Scenario
    state: State
    run: RunSummary | None


def standings(scenarios: Iterable[Scenario], runs: Sequence[RunSummary]) -> tuple[Standing, ...]:
    """`runs`: newest first, of any session."""
    return tuple(standing(scenario, runs) for scenario in scenarios)


def standing(scenario: Scenario, runs: Sequence[RunSummary]) -> Standing:
    """An open run comes first, then one that waits for its debrief: with that the session is done."""
    own = [run for run in runs if run.scenario_id == scenario.id]
    unfinished = next((run for run in own if run.finished_at is None), None)
    if unfinished is not None:
        return Standing(scenario, "open", unfinished)
    waiting = next((run for run in own if run.debriefed_at is None), None)
    if waiting is not None:
        return Standing(scenario, "debrief", waiting)
    return Standing(scenario, "done" if own else "untouched", own[0] if own else None)
