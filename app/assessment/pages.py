"""Prepared values for the question page and the result page."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import url_for

from app import questions
from app.assessment import queries, services
from app.assessment.records import AttemptRecord
from app.assessment.results import AnsweredQuestion, ReadAgain, to_read_again
from app.content import Course


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One question in the list on the result page."""

    position: int
    case: str
    stem: str
    verdict: str
    address: str


def question_page(course: Course, attempt: AttemptRecord, position: int) -> dict[str, Any]:
    """What templates/assessment/question.html prints for the item at `position`, which must exist."""
    item = attempt.items[position - 1]
    pinned = services.load(item)
    kind = questions.TYPES[pinned.type]
    given = kind.answer_from(pinned.question, item.response.answer) if item.response else None
    begun = any(other.response for other in attempt.items if other.vignette_id == item.vignette_id)
    return {
        "attempt": attempt,
        "position": position,
        "asked": len(attempt.items),
        "answered": sum(other.response is not None for other in attempt.items),
        "quiz_title": quiz_title(course, attempt.quiz_id),
        "vignette": pinned.vignette,
        "question_type": pinned.type,
        "view": kind.present(pinned, item.stored_order, given),
        "response": item.response,
        "can_swap": pinned.vignette.content_note is not None and not begun,
        "next_address": _next_address(attempt, position) if item.response else None,
        "is_last": position == len(attempt.items),
    }


def _next_address(attempt: AttemptRecord, position: int) -> str:
    if position == len(attempt.items):
        return url_for("assessment.result", attempt_id=attempt.id)
    return url_for("assessment.question", attempt_id=attempt.id, position=position + 1)


def quiz_title(course: Course, quiz_id: str) -> str:
    """The quiz's title as the course has it now; its id if the course has it no more."""
    quiz = course.quizzes.get(quiz_id)
    return quiz.title if quiz else quiz_id


def result_page(course: Course, attempt: AttemptRecord) -> dict[str, Any]:
    """What templates/assessment/result.html prints for a closed attempt."""
    answered = answered_questions(attempt)
    quiz = course.quizzes.get(attempt.quiz_id)
    return {
        "attempt": attempt,
        "quiz": quiz,
        "quiz_title": quiz_title(course, attempt.quiz_id),
        "percent": _percent(attempt),
        "full_marks": sum(question.score == 1 for question in answered),
        "rows": tuple(_row(attempt, question) for question in answered),
        "read_again": still_taught(course, to_read_again(answered)),
        "missed_cases": len({q.pinned.vignette.id for q in answered if q.score < 1}),
        "module": course.module(quiz.module_id) if quiz else None,
        "edition_differs": attempt.edition != course.edition,
    }


def answered_questions(attempt: AttemptRecord) -> tuple[AnsweredQuestion, ...]:
    """Every answered question of the attempt with its pinned copy; one query."""
    copies = queries.question_copies(item.digest for item in attempt.items)
    return tuple(
        AnsweredQuestion(
            position=item.position,
            pinned=questions.load(copies[item.digest].type, copies[item.digest].schema_version, copies[item.digest].data),
            score=Fraction(item.response.earned, item.response.possible),
        )
        for item in attempt.items
        if item.response is not None
    )


def still_taught(course: Course, missed: tuple[ReadAgain, ...]) -> tuple[ReadAgain, ...]:
    """The same, with only those sections whose address the course still has."""
    known = {
        url_for("learning.section", module_id=module.id, section_id=section.id)
        for module in course.modules
        for section in module.sections
    }
    return tuple(
        ReadAgain(
            objective_id=one.objective_id,
            text=one.text,
            sections=tuple(section for section in one.sections if section[0] in known),
            earned=one.earned,
            asked=one.asked,
        )
        for one in missed
    )


def _percent(attempt: AttemptRecord) -> int:
    score = attempt.score or Fraction(0)
    return int(100 * score)


def _row(attempt: AttemptRecord, question: AnsweredQuestion) -> ResultRow:
    return ResultRow(
        position=question.position,
        case=question.pinned.vignette.title,
        stem=question.pinned.question.stem,
        verdict="right" if question.score == 1 else "wrong" if question.score == 0 else "partly",
        address=url_for("assessment.question", attempt_id=attempt.id, position=question.position),
    )
