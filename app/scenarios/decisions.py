"""Prepared values for looking back: every decision with what each move would have led to, and the picture's words."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from app.content.records import Course
from app.questions.pinned_scenario import PinnedScenario
from app.questions.reasons import ReasonView, reason_view
from app.questions.scenario import Ending, Move
from app.questions.scenario_state import Situation, Turn, band, replay
from app.questions.text import render, render_line
from app.scenarios import wording
from app.scenarios.picture import Way, draw
from app.scenarios.records import BranchRecord, RunRecord
from app.scenarios.room import leave_address
from app.scenarios.services import FIRST

MOST_DRAWN = 3
"""Further ways in one picture; more could not be told apart."""


@dataclass(frozen=True, slots=True)
class MoveView:
    html: str
    reason: ReasonView
    led_to_html: str
    unsafe: bool
    repair: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision: what the client said, what was done and why that was good or not, what else was open."""

    number: int
    checkpoint: str | None
    client_html: str
    before: str
    after: str
    reading: str | None
    made: MoveView
    need: str | None
    others: tuple[MoveView, ...]
    again: str | None
    """Where to go another way from here; None before the debrief."""


@dataclass(frozen=True, slots=True)
class EndingView:
    title: str
    account_html: str
    supervision_html: str
    grounding_html: str


@dataclass(frozen=True, slots=True)
class WayView:
    """One way through the session, for lists and for the picture's words."""

    number: int
    name: str
    parts_at: int
    address: str
    ending: str | None
    decisions: int
    steps: tuple[str, ...]


def path_page(course: Course, run: RunRecord) -> dict[str, Any]:
    """What the debrief and the page of a run print about the first way and those after it."""
    situation = run.situation(FIRST)
    further = tuple(way_view(run, branch) for branch in run.branches[1:])
    return {
        "run": run,
        "scenario": run.scenario,
        "leave": leave_address(course, run),
        "ending": ending_view(situation.ending),
        "decisions": decision_views(run, FIRST),
        "first": way_view(run, run.branches[FIRST]),
        "further": further,
        "drawn": further[-MOST_DRAWN:],
        "picture": draw(run.scenario, _ways(run, run.branches[-MOST_DRAWN:])),
        "edition_differs": run.edition != course.edition,
    }


def way_page(course: Course, run: RunRecord, branch: BranchRecord) -> dict[str, Any]:
    """What templates/scenarios/way.html prints: a further way beside the first, from where they part."""
    parts_at = parting(run, branch)
    return {
        "run": run,
        "scenario": run.scenario,
        "leave": leave_address(course, run),
        "first": way_view(run, run.branches[FIRST]),
        "way": way_view(run, branch),
        "drawn": (way_view(run, branch),),
        "parts_at": parts_at,
        "then": decision_views(run, FIRST, parts_at),
        "now": decision_views(run, branch.number, parts_at),
        "first_ending": ending_view(run.situation(FIRST).ending),
        "ending": ending_view(run.situation(branch.number).ending),
        "picture": draw(run.scenario, _ways(run, (branch,))),
    }


def decision_views(run: RunRecord, number: int, since: int = 1) -> tuple[DecisionView, ...]:
    """The decisions of a way from the `since`-th on."""
    turns = run.situation(number).turns[since - 1 :]
    return tuple(_decision(run, number, turn) for turn in turns)


def _decision(run: RunRecord, number: int, turn: Turn) -> DecisionView:
    pinned, scenario = run.pinned, run.scenario
    there = replay(scenario, run.branches[number].made[: turn.sequence - 1])
    again = url_for("scenarios.go_back", run_id=run.id, branch=number, sequence=turn.sequence)
    return DecisionView(
        number=turn.sequence,
        checkpoint=wording.checkpoint_words(turn.checkpoint) if turn.checkpoint else None,
        client_html=render(turn.client),
        before=wording.standing(scenario, turn.before, there.turns[-1].before if there.turns else None),
        after=wording.standing(scenario, turn.after, turn.before),
        reading=_reading(pinned, turn),
        made=_move(pinned, turn.move),
        need=wording.need_words(turn.need_note, scenario.client),
        others=tuple(_move(pinned, move) for move in there.moves if move.id != turn.move.id),
        again=again if run.debriefed_at else None,
    )


def _move(pinned: PinnedScenario, move: Move) -> MoveView:
    why = reason_view(move, pinned.labels, move.unsafe)
    return MoveView(render_line(move.text), why, render(move.led_to), move.unsafe is not None, move.repair)


def _reading(pinned: PinnedScenario, turn: Turn) -> str | None:
    """How the learner read the client then, beside what the gauges said."""
    words, found = wording.band_words(), band(pinned.scenario, turn.before)
    given = {code: label.lower() for code, label in words.items()}.get(turn.reading)  # type: ignore[call-overload]
    if given is None:
        return None
    if turn.reading == found:
        return gettext("You read: %(reading)s. So did the gauges.", reading=given)
    return gettext("You read: %(reading)s. The gauges said: %(band)s.", reading=given, band=words[found].lower())


def ending_view(ending: Ending | None) -> EndingView | None:
    if ending is None:
        return None
    return EndingView(
        ending.title, render(ending.account), render_line(ending.supervision), render_line(ending.grounding)
    )


def way_view(run: RunRecord, branch: BranchRecord) -> WayView:
    situation = run.situation(branch.number)
    return WayView(
        number=branch.number,
        name=way_name(branch.number),
        parts_at=parting(run, branch),
        address=url_for("scenarios.session", run_id=run.id, branch=branch.number),
        ending=situation.ending.title if situation.ending else None,
        decisions=len(situation.turns),
        steps=_steps(run, situation),
    )


def way_name(number: int) -> str:
    return gettext("The first way") if number == FIRST else gettext("Way %(number)s", number=number + 1)


def parting(run: RunRecord, branch: BranchRecord) -> int:
    """The first decision that this way and the first one do not share, or where this way stands."""
    if branch.number == FIRST:
        return 1
    first = [(step.node, step.move) for step in run.branches[FIRST].made]
    shared = 0
    for one, other in zip(first, ((step.node, step.move) for step in branch.made), strict=False):
        if one != other:
            break
        shared += 1
    return min(shared + 1, len(branch.made) + 1)


def _steps(run: RunRecord, situation: Situation) -> tuple[str, ...]:
    """The way in words, a sentence a decision."""
    steps = [_step(run, turn) for turn in situation.turns]
    last = situation.turns[-1].before if situation.turns else None
    if situation.ending is None:
        steps.append(ngettext("Open after %(num)d decision.", "Open after %(num)d decisions.", len(situation.turns)))
    else:
        told = wording.standing(run.scenario, situation.state, last)
        steps.append(gettext("It ends: %(ending)s. %(state)s", ending=situation.ending.title, state=told))
    return tuple(steps)


def _step(run: RunRecord, turn: Turn) -> str:
    before = run.scenario, turn.before, None
    parts = [wording.standing(*before)]
    if turn.checkpoint:
        parts.append(gettext("A checkpoint: %(name)s.", name=wording.checkpoint_words(turn.checkpoint)))
    parts.append(gettext("You: %(move)s", move=turn.move.text.replace("*", "")))
    if turn.move.unsafe:
        parts.append(gettext("An unsafe move."))
    if turn.move.repair:
        parts.append(gettext("A repair."))
    return " ".join(parts)


def _ways(run: RunRecord, further: tuple[BranchRecord, ...]) -> tuple[Way, ...]:
    """The first way, then these."""
    chosen = (run.branches[FIRST], *(branch for branch in further if branch.number != FIRST))
    return tuple(Way(branch.number, parting(run, branch), run.situation(branch.number)) for branch in chosen)
