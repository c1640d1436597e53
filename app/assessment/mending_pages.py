"""Prepared values for transcripts to mend: the list, the page before one, the session beside one's line, the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from app import questions
from app.assessment import queries, self_ratings
from app.assessment.records import MEND, AttemptRecord, AttemptSummary, ItemRecord
from app.content import Course
from app.content.records import Vignette
from app.questions import hottext

BEFORE = 2
"""So many lines before the slip stand beside the field for another in its place."""


@dataclass(frozen=True, slots=True)
class ExerciseLine:
    """One exercise in a list, with how it stands in words and shape."""

    id: str
    title: str
    about: str
    """Condition, phase and setting."""
    module: str
    """Title of the one that its first objective belongs to."""
    href: str
    status: str
    status_kind: str
    done_at: datetime | None
    """The last time."""
    has_note: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """Where a session first goes astray, with what led up to it."""

    zone: hottext.ZoneView
    """Its label, and the reason."""
    before: tuple[hottext.LineView, ...]
    lines: tuple[hottext.LineView, ...]
    view: hottext.View
    """The whole session, as it was marked."""


def exercise_lines(course: Course, attempts: Sequence[AttemptSummary]) -> tuple[ExerciseLine, ...]:
    """Every transcript to mend. `attempts`: of this kind, newest first."""
    return tuple(_line(course, exercise, _own(exercise, attempts)) for exercise in course.mending)


def attempts_gone(course: Course, attempts: Iterable[AttemptSummary]) -> tuple[AttemptSummary, ...]:
    """Those at exercises that the course has no more."""
    known = {exercise.id for exercise in course.mending}
    return tuple(one for one in attempts if one.quiz_id not in known)


def exercise_page(course: Course, exercise: Vignette, attempts: Sequence[AttemptSummary]) -> dict[str, Any]:
    """What templates/assessment/exercise.html prints."""
    own = _own(exercise, attempts)
    objectives = dict.fromkeys(question.objective for question in exercise.questions)
    return {
        "exercise": exercise,
        "attempts": own,
        "open_attempt": next((one for one in own if one.closed_at is None), None),
        "objectives": [course.objective(id) for id in objectives],
        "facts": (
            (gettext("Condition"), exercise.condition),
            (gettext("Phase"), f"{exercise.phase}, {exercise.setting}"),
            (gettext("Asked"), gettext("one line to find, one to write")),
            (gettext("Score"), gettext("none; as often as you like, every time is kept")),
        ),
    }


def exercise_name(course: Course, id: str) -> str:
    """Its title as the course has it now; its id if the course has it no more."""
    return next((exercise.title for exercise in course.mending if exercise.id == id), id)


def slip(attempt: AttemptRecord, item: ItemRecord) -> Slip | None:
    """What stands beside the line to write, once the slip has been looked for; None on every other page."""
    first = attempt.items[0]
    if attempt.kind != MEND or item.position == first.position or first.response is None:
        return None
    ((_, view),) = _shown([first])
    return slip_in(view)


def slip_in(view: hottext.View) -> Slip:
    """The lines of full credit, and those right before them."""
    zone, lines = next((one.zone, one.lines) for one in view.passages if one.zone and one.zone.state == "right")
    whole = [line for one in view.passages for line in one.lines]
    place = lines[0].number - 1
    return Slip(zone, tuple(whole[max(place - BEFORE, 0) : place]), lines, view)


def mended_page(course: Course, attempt: AttemptRecord) -> dict[str, Any]:
    """What templates/assessment/mended.html prints for a closed attempt."""
    (looked_for, found), (_, written) = _shown(attempt.items)
    known = {section.url for module in course.modules for section in module.sections}
    return {
        "attempt": attempt,
        "name": looked_for.vignette.title,
        "headline": _headline(found.verdict),
        "advice": _advice(found.verdict),
        "found": found,
        "slip": slip_in(found),
        "written": written,
        "rating": self_ratings.rating(attempt.id, attempt.items[1].position),
        "sections": [one for one in looked_for.labels.sections if one[0] in known],
        "exercise_id": attempt.quiz_id if any(one.id == attempt.quiz_id for one in course.mending) else None,
        "edition_differs": attempt.edition != course.edition,
    }


def _own(exercise: Vignette, attempts: Iterable[AttemptSummary]) -> list[AttemptSummary]:
    return [one for one in attempts if one.quiz_id == exercise.id]


def _line(course: Course, exercise: Vignette, attempts: Sequence[AttemptSummary]) -> ExerciseLine:
    done = [one.closed_at for one in attempts if one.closed_at is not None]
    status, shape = gettext("not yet"), "none"
    if len(done) < len(attempts):
        status, shape = gettext("begun"), "open"
    elif done:
        status, shape = gettext("done"), "done"
    about = f"{exercise.condition} · {exercise.phase} · {exercise.setting}"
    return ExerciseLine(
        id=exercise.id,
        title=exercise.title,
        about=about[:1].upper() + about[1:],
        module=course.module(exercise.questions[0].objective.rpartition(".")[0]).title,
        href=url_for("mending.exercise", exercise_id=exercise.id),
        status=status,
        status_kind=shape,
        done_at=max(done, default=None),
        has_note=exercise.content_note is not None,
    )


def _shown(items: Iterable[ItemRecord]) -> list[tuple[questions.Pinned, Any]]:
    """Answered questions with what their templates print, in one query."""
    items = tuple(items)
    copies = queries.question_copies(item.digest for item in items)
    found = []
    for item in items:
        copy = copies[item.digest]
        pinned = questions.load(copy.type, copy.schema_version, copy.data)
        kind = questions.TYPES[pinned.type]
        given = kind.answer_from(pinned.question, item.response.answer) if item.response else None
        found.append((pinned, kind.present(pinned, item.stored_order, given)))
    return found


def _headline(verdict: str | None) -> str:
    words = {
        "right": gettext("You found where it goes astray"),
        "partly": gettext("Close to where it goes astray"),
    }
    return words.get(verdict or "", gettext("It goes astray at another line"))


def _advice(verdict: str | None) -> str:
    if verdict == "right":
        return gettext("What goes wrong later comes from it. Nothing here is scored; mend it again whenever you like.")
    return gettext(
        "The first slip and your line for it stand below. Nothing here is scored; mend it again whenever you like."
    )
