"""Prepared values for the page that says what one knows, and for the sheet to take to supervision."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import format_decimal, gettext, ngettext

from app.assessment.insight import (
    BeliefResult,
    CalibrationLevel,
    GradedAnswer,
    ObjectiveResult,
    by_belief,
    by_objective,
    calibration,
)
from app.content import Course


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One objective with one line why it stands where it stands."""

    result: ObjectiveResult
    why: str
    sections: tuple[tuple[str, str], ...]
    """Those that the course still has."""


@dataclass(frozen=True, slots=True)
class BeliefLine:
    result: BeliefResult
    why: str
    correction: str | None
    """HTML; None when the course knows this belief no more."""
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One bar of the calibration picture. `width` of 300 is everything right."""

    label: str
    n: int
    said: str
    width: int | None


def standing_page(course: Course, answers: Sequence[GradedAnswer], mark: int) -> dict[str, Any]:
    """What templates/learning/standing.html prints."""
    objectives = [_objective_line(course, one) for one in by_objective(answers, mark)]
    levels = calibration(answers)
    return {
        "answered": len(answers),
        "cases_seen": len({answer.case_id for answer in answers}),
        "read_again": [line for line in objectives if line.result.standing == "read-again"],
        "known": [line for line in objectives if line.result.standing == "known"],
        "too_few": [line for line in objectives if line.result.standing == "too-few"],
        "beliefs": [_belief_line(course, one) for one in by_belief(answers)],
        "levels": [_level_line(level) for level in levels],
        "rated": sum(level.n for level in levels),
        "mark": mark,
    }


def sheet_page(course: Course, answers: Sequence[GradedAnswer], mark: int) -> dict[str, Any]:
    """What templates/learning/sheet.html prints of the answers: whatever was missed, however few the answers are, and
    beliefs that no later case went without."""
    objectives = [_objective_line(course, one) for one in by_objective(answers, mark)]
    return {
        "answered": len(answers),
        "objectives": [
            line for line in objectives if line.result.standing != "known" and line.result.earned < line.result.asked
        ],
        "beliefs": [_belief_line(course, one) for one in by_belief(answers) if not one.corrected],
    }


def _objective_line(course: Course, result: ObjectiveResult) -> ObjectiveLine:
    return ObjectiveLine(result, _points(result), _still_there(course, result.sections))


def _points(result: ObjectiveResult) -> str:
    """Below three answers a number would claim too much: then the cases alone are named."""
    if result.standing == "too-few":
        return gettext("So far")
    return gettext("%(points)s of %(asked)s points", points=points_words(result.earned), asked=result.asked)


def _belief_line(course: Course, result: BeliefResult) -> BeliefLine:
    known = course.misconceptions.get(result.misconception_id)
    return BeliefLine(
        result=result,
        why=_why(result),
        correction=known.correction_html if known else None,
        sections=_taught(course, result),
    )


def _why(result: BeliefResult) -> str:
    if result.corrected:
        return gettext("A later case went without it.")
    if result.sure_and_wrong:
        return gettext("You were sure of it in two different cases.")
    return ngettext("Behind your answer in %(num)d case.", "Behind your answers in %(num)d cases.", len(result.cases))


def _taught(course: Course, result: BeliefResult) -> tuple[tuple[str, str], ...]:
    """Where the belief itself is taken up; else where the missed objective is taught."""
    known = course.misconceptions.get(result.misconception_id)
    if known is None:
        return _still_there(course, result.sections)
    return tuple((section.url, section.title) for section in (course.section(*key) for key in known.sections))


def _still_there(course: Course, sections: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    known = {section.url for module in course.modules for section in module.sections}
    return tuple(section for section in sections if section[0] in known)


def _level_line(level: CalibrationLevel) -> LevelLine:
    labels = {"sure": gettext("Sure"), "fairly": gettext("Fairly sure"), "guessing": gettext("Guessing")}
    if level.share is None:
        return LevelLine(labels[level.confidence], 0, gettext("never said"), None)
    said = gettext(
        "right in %(points)s of %(answers)s (%(percent)s%%)",
        points=points_words(level.share * level.n),
        answers=level.n,
        percent=int(100 * level.share),
    )
    return LevelLine(labels[level.confidence], level.n, said, round(300 * level.share))


def points_words(points: Fraction) -> str:
    """Whole points as they are, parts with one decimal, rounded down: 7, 7.5, 7.3."""
    return str(points.numerator) if points.denominator == 1 else format_decimal(int(points * 10) / 10)
