"""Prepared values for the session itself: the conversation, the gauges, the moves that are open."""

from dataclasses import dataclass
from typing import Any, Literal

from flask import url_for
from flask_babel import gettext

from app.content.records import Course
from app.questions.scenario_state import Situation, State, alliance, band
from app.questions.text import render, render_line
from app.scenarios import gauges, wording
from app.scenarios.gauges import Gauge
from app.scenarios.records import BranchRecord, RunRecord


@dataclass(frozen=True, slots=True)
class Said:
    """One speech in the conversation; a move of the therapist is one, too, and so is what came of it at once."""

    who: Literal["client", "therapist", "after"]
    name: str
    html: str
    decision: int


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    number: int
    html: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Dial:
    """A gauge as it is drawn, named and said."""

    id: str
    name: str
    words: str
    gauge: Gauge


@dataclass(frozen=True, slots=True)
class Reading:
    """How the learner may read the client, and what the page answers to that."""

    code: str
    label: str
    answer: str
    chosen: bool


def session_page(course: Course, run: RunRecord, branch: BranchRecord, form: dict[str, Any]) -> dict[str, Any]:
    """What templates/scenarios/session.html prints; `form` is what was sent and not taken."""
    scenario, here = run.scenario, run.situation(branch.number)
    decision = len(here.turns) + 1
    return {
        "run": run,
        "branch": branch,
        "scenario": scenario,
        "leave": leave_address(course, run),
        "opening_html": render(scenario.opening),
        "talk": conversation(run, here),
        "decision": decision,
        "about": here.length if decision <= here.length else None,
        "dials": dials(run, here),
        "readings": _readings(run, here.state, form.get("reading")),
        "remark": wording.remark(scenario, here.state, scenario.client),
        "alliance": wording.alliance_words(alliance(here.state)),
        "moves": tuple(
            Choice(move.id, number, render_line(move.text), move.id == form.get("move"))
            for number, move in enumerate(here.moves, 1)
        ),
    }


def ended_page(course: Course, run: RunRecord, branch: BranchRecord) -> dict[str, Any]:
    """What templates/scenarios/ended.html prints: the first way, at its end."""
    here = run.situation(branch.number)
    return {
        "run": run,
        "scenario": run.scenario,
        "leave": leave_address(course, run),
        "opening_html": render(run.scenario.opening),
        "talk": conversation(run, here),
        "ending": here.ending,
        "decisions": len(here.turns),
    }


def conversation(run: RunRecord, here: Situation) -> tuple[Said, ...]:
    """Everything said so far; the client's last words stand at the end while the session is open."""
    client, you, then = run.scenario.client, gettext("You"), gettext("Then")
    talk: list[Said] = []
    for turn in here.turns:
        talk.append(Said("client", client, render(turn.client), turn.sequence))
        talk.append(Said("therapist", you, render(turn.move.text), turn.sequence))
        talk.append(Said("after", then, render(turn.move.led_to), turn.sequence))
    if here.client is not None:
        talk.append(Said("client", client, render(here.client), len(here.turns) + 1))
    return tuple(talk)


def dials(run: RunRecord, here: Situation) -> tuple[Dial, Dial]:
    before = here.turns[-1].before if here.turns else None
    arousal, presence = gauges.arousal(run.scenario, here.state, before), gauges.presence(here.state, before)
    return (
        Dial(
            "arousal", gettext("Arousal"), wording.arousal_words(gauges.arousal_word(run.scenario, here.state)), arousal
        ),
        Dial(
            "presence", gettext("Presence"), wording.presence_words(gauges.presence_word(here.state, before)), presence
        ),
    )


def leave_address(course: Course, run: RunRecord) -> str:
    """The session's own page; the list of all sessions where the course has it no more."""
    if run.scenario_id in course.scenarios:
        return url_for("scenarios.scenario", scenario_id=run.scenario_id)
    return url_for("site.sessions")


def _readings(run: RunRecord, state: State, chosen: str | None) -> tuple[Reading, ...]:
    found, words = band(run.scenario, state), wording.band_words()
    return tuple(
        Reading(
            code=code,
            label=label,
            answer=gettext("You and the gauges agree: %(band)s.", band=label.lower())
            if code == found
            else gettext(
                "You read: %(reading)s. The gauges say: %(band)s.", reading=label.lower(), band=words[found].lower()
            ),
            chosen=code == chosen,
        )
        for code, label in words.items()
    )
