"""Prepared values for lists of sessions and for the page before a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from app.content.records import Course
from app.questions.scenario import Scenario
from app.scenarios.records import RunSummary, last_ended
from app.scenarios.standing import Standing, standing, standings


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list, with how it stands in words and shape."""

    id: str
    title: str
    summary: str
    minutes: int
    href: str
    status: str
    status_kind: str
    has_note: bool


@dataclass(frozen=True, slots=True)
class RunLine:
    """One earlier run of a session."""

    run: RunSummary
    href: str
    told: str
    shape: str


@dataclass(frozen=True, slots=True)
class Before:
    """The session that another one follows, and how it was left; None: it has not been led."""

    scenario: Scenario
    left: str | None


def session_lines(course: Course, runs: Sequence[RunSummary]) -> tuple[SessionLine, ...]:
    """Every session of the course, for the course home and for the list of sessions."""
    return tuple(_line(one) for one in standings(course.scenarios.values(), runs))


def sessions_to_lead(course: Course, runs: Sequence[RunSummary]) -> dict[str, Any]:
    """What templates/site/sessions.html prints of the sessions to lead."""
    gone = tuple(_run_line(run, None) for run in runs if run.scenario_id not in course.scenarios)
    return {"sessions": session_lines(course, runs), "gone": gone}


def scenario_page(course: Course, scenario: Scenario, runs: Sequence[RunSummary]) -> dict[str, Any]:
    """What templates/scenarios/scenario.html prints."""
    here = standing(scenario, runs)
    own = [run for run in runs if run.scenario_id == scenario.id]
    return {
        "scenario": scenario,
        "state": here.state,
        "run": here.run,
        "runs": tuple(_run_line(run, scenario) for run in own),
        "neutral": course.scenarios.get(scenario.neutral or ""),
        "before": _before(course, scenario, runs),
        "again": next((one for one in course.scenarios.values() if _follows(one, scenario)), None),
        "objectives": tuple(course.objective(id) for id in scenario.objectives),
        "facts": (
            (gettext("Length"), gettext("about %(minutes)s minutes, with the debrief", minutes=scenario.minutes)),
            (gettext("Condition"), scenario.condition),
            (gettext("Phase"), f"{scenario.phase}, {scenario.setting}"),
            (gettext("Score"), gettext("none; it is done when it has been led to any ending and talked over")),
        ),
    }


def _follows(later: Scenario, earlier: Scenario) -> bool:
    return later.follows is not None and later.follows.scenario == earlier.id


def _before(course: Course, scenario: Scenario, runs: Sequence[RunSummary]) -> Before | None:
    if scenario.follows is None:
        return None
    first = course.scenarios[scenario.follows.scenario]
    left = last_ended(runs, first.id)
    titles = {ending.id: ending.title for ending in first.endings}
    return Before(first, titles.get(left.ending or "") if left else None)


def _line(here: Standing) -> SessionLine:
    scenario = here.scenario
    words = {
        "untouched": gettext("not begun"),
        "open": gettext("open, decision %(number)s", number=here.run.decisions + 1 if here.run else 1),
        "debrief": gettext("debrief waits"),
        "done": gettext("done"),
    }
    shapes = {"untouched": "none", "open": "open", "debrief": "open", "done": "done"}
    return SessionLine(
        id=scenario.id,
        title=scenario.title,
        summary=scenario.summary,
        minutes=scenario.minutes,
        href=url_for("scenarios.scenario", scenario_id=scenario.id),
        status=words[here.state],
        status_kind=shapes[here.state],
        has_note=scenario.content_note is not None,
    )


def _run_line(run: RunSummary, scenario: Scenario | None) -> RunLine:
    titles = {ending.id: ending.title for ending in scenario.endings} if scenario else {}
    href = url_for("scenarios.run", run_id=run.id)
    if run.finished_at is None:
        return RunLine(run, href, gettext("open, decision %(number)s", number=run.decisions + 1), "partly")
    ended = titles.get(run.ending or "") or gettext("ended")
    if run.debriefed_at is None:
        return RunLine(run, href, gettext("%(ending)s; the debrief waits", ending=ended), "partly")
    return RunLine(run, href, ended, "check")
