"""Prepared values for answers whose reasons are not open: those before and after reading, and of the final test."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from app import questions
from app.assessment.feedback import Feedback
from app.assessment.mending_pages import exercise_name
from app.assessment.records import MEND, SETS, AttemptRecord, ItemRecord
from app.assessment.results import AnsweredQuestion
from app.content import Course
from app.questions import Pinned
from app.questions.reasons import Kept


@dataclass(frozen=True, slots=True)
class Withheld:
    """An answer shown back without a verdict, and the sentence that says when its reasons come."""

    said: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question in a list, without a verdict."""

    case: str
    stem: str
    address: str
    warnings: Kept


def attempt_name(course: Course, attempt: AttemptRecord) -> str:
    """What this attempt is called, at the head of its pages."""
    quiz = course.quizzes.get(attempt.quiz_id)
    title = quiz.title if quiz else attempt.quiz_id
    names = {
        "module": gettext("Quiz: %(quiz)s", quiz=title),
        "before": gettext("Before you read: %(quiz)s", quiz=title),
        "after": gettext("After reading: %(quiz)s", quiz=title),
        "final": gettext("Final test, form %(form)s", form=attempt.form),
        MEND: gettext("To mend: %(title)s", title=exercise_name(course, attempt.quiz_id)),
    }
    return names[attempt.kind]


def leave_address(course: Course, attempt: AttemptRecord) -> str:
    """Where one gets to who leaves in the middle."""
    quiz = course.quizzes.get(attempt.quiz_id)
    if attempt.kind in SETS and quiz is not None:
        return url_for("learning.module", module_id=quiz.module_id)
    if attempt.kind == MEND:
        known = any(exercise.id == attempt.quiz_id for exercise in course.mending)
        return url_for("mending.exercise", exercise_id=attempt.quiz_id) if known else url_for("site.sessions")
    return url_for("learning.quiz", quiz_id=attempt.quiz_id)


def promise(kind: str) -> str | None:
    """What stands beside the button: when the reasons come. None: at once."""
    promises = {
        "before": gettext("Outside every score. You see the reasons after the module."),
        "after": gettext("Outside every score. You see the reasons after the third answer."),
        "final": gettext("Your answer is saved. Reasons open once the test is passed."),
    }
    return promises.get(kind)


def withheld(attempt: AttemptRecord, item: ItemRecord, pinned: Pinned, feedback: Feedback) -> Withheld | None:
    """None: the question is open, or everything may be said about it."""
    if feedback == "all" or item.response is None:
        return None
    kind = questions.TYPES[pinned.type]
    kept = kind.kept(pinned, kind.answer_from(pinned.question, item.response.answer))
    sentences = {
        "before": gettext("Saved. You will see the reasons after the module."),
        "after": gettext("Saved. You will see the reasons after the third answer."),
        "final": gettext("Saved. You will see the reasons once the test is passed."),
    }
    if feedback == "none":
        kept = Kept(kept.lines, kept.ordered)
    return Withheld(sentences[attempt.kind], kept)


def answer_lines(attempt: AttemptRecord, answered: tuple[AnsweredQuestion, ...]) -> tuple[AnswerLine, ...]:
    """The answers of an attempt, in order, each with what in it could do harm."""
    return tuple(_line(attempt, attempt.items[one.position - 1], one.pinned) for one in answered)


def _line(attempt: AttemptRecord, item: ItemRecord, pinned: Pinned) -> AnswerLine:
    kind = questions.TYPES[pinned.type]
    given = kind.answer_from(pinned.question, item.response.answer if item.response else None)
    return AnswerLine(
        case=pinned.vignette.title,
        stem=pinned.question.stem,
        address=url_for("assessment.question", attempt_id=attempt.id, position=item.position),
        warnings=kind.kept(pinned, given),
    )


def sets_page(course: Course, attempt: AttemptRecord, answered: Mapping[str, tuple[AnswerLine, ...]]) -> dict[str, Any]:
    """What templates/assessment/sets.html prints. `answered`: kind -> its answers; empty while reasons are not open."""
    quiz = course.quizzes.get(attempt.quiz_id)
    return {
        "attempt": attempt,
        "name": attempt_name(course, attempt),
        "module": course.module(quiz.module_id) if quiz else None,
        "before": answered.get("before", ()),
        "after": answered.get("after", ()),
    }
