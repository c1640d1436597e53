"""Prepared values for the pages before a module's quiz and before the final test."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from app.assessment.records import SCORED, AttemptSummary
from app.assessment.turns import Waits, next_turn
from app.content.records import Course, FinalTest, Quiz
from app.learning.completion import SectionRead
from app.learning.offers import set_offer
from app.learning.pages import map_entries, map_title
from app.learning.progress import final_minutes, module_progress, questions_asked, quiz_minutes


def quiz_page(
    course: Course, quiz: Quiz, reads: Sequence[SectionRead], attempts: Sequence[AttemptSummary], mark: int
) -> dict[str, Any]:
    """What templates/learning/quiz.html prints."""
    module = course.module(quiz.module_id)
    progress = module_progress(course, module, reads, attempts, mark)
    return {
        "quiz": quiz,
        "module": module,
        "attempts": [one for one in attempts if one.kind in SCORED],
        "progress": progress,
        "offer": set_offer(quiz, progress, attempts),
        "entries": map_entries(progress, quiz.id),
        "map_title": map_title(module),
        "questions": questions_asked(course, quiz.id),
        "minutes": quiz_minutes(course, quiz.id),
        "mark": mark,
        "has_ungraded": any(not question.graded for vignette in quiz.bank for question in vignette.questions),
        "has_content_notes": any(vignette.content_note for vignette in quiz.bank),
    }


def final_page(
    course: Course,
    final: FinalTest,
    attempts: Sequence[AttemptSummary],
    mark: int,
    waits: Waits,
    now: datetime,
) -> dict[str, Any]:
    """What templates/learning/final.html prints."""
    passed = any(one.reaches(mark) for one in attempts)
    turn = next_turn(attempts, waits)
    waiting = turn.opens_at is not None and now < turn.opens_at and not passed
    return {
        "attempts": attempts,
        "open_attempt": next((one for one in attempts if one.closed_at is None), None),
        "passed": passed,
        "form": turn.form,
        "opens_at": turn.opens_at if waiting else None,
        "opens_in": in_words(turn.opens_at, now) if turn.opens_at is not None and waiting else None,
        "questions": final.questions,
        "minutes": final_minutes(course),
        "mark": mark,
        "waits": (_length(waits.first.total_seconds()), _length(waits.later.total_seconds())),
        "has_content_notes": any(vignette.content_note for vignette in final.vignettes),
    }


def in_words(moment: datetime, now: datetime) -> str:
    """How long it is until then, rounded up: in 3 days, in 5 hours, in 20 minutes."""
    return gettext("in %(length)s", length=_length((moment - now).total_seconds()))


def _length(seconds: float) -> str:
    minutes, hours, days = (-int(-seconds // length) for length in (60, 3600, 86_400))
    if hours > 48:
        return ngettext("%(num)d day", "%(num)d days", days)
    if minutes > 90:
        return ngettext("%(num)d hour", "%(num)d hours", hours)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)
