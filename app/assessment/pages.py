"""Prepared values for the question page and the result page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import format_decimal, gettext

from app import questions
from app.assessment import queries, self_ratings, services
from app.assessment.disputes import may_dispute
from app.assessment.mending_pages import exercise_name, mended_page, slip
from app.assessment.records import MEND, SETS, AttemptRecord, ItemRecord
from app.assessment.results import AnsweredQuestion, ReadAgain, to_read_again
from app.assessment.sparing import AnswerLine, answer_lines, attempt_name, leave_address, promise, sets_page, withheld
from app.content import Course
from app.content.records import FINAL, MENDING


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One question in the list on the result page."""

    position: int
    case: str
    stem: str
    verdict: str | None
    """None: the question is not graded."""
    address: str


def question_page(
    course: Course, attempt: AttemptRecord, position: int, entered: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """What templates/assessment/question.html prints for the item at `position`, which must exist.

    entered: the form that could not be taken, to be shown again if it was about this question.
    """
    item = attempt.items[position - 1]
    pinned = services.load(item)
    kind = questions.TYPES[pinned.type]
    feedback = queries.feedback_on(attempt)
    told = item.response is not None and feedback == "all"
    given = kind.answer_from(pinned.question, item.response.answer) if item.response and told else None
    view = kind.present(pinned, item.stored_order, given)
    begun = any(other.response for other in attempt.items if other.vignette_id == item.vignette_id)
    return {
        "attempt": attempt,
        "position": position,
        "asked": len(attempt.items),
        "answered": sum(other.response is not None for other in attempt.items),
        "name": attempt_name(course, attempt),
        "leave_address": leave_address(course, attempt),
        "promise": promise(attempt.kind),
        "withheld": withheld(attempt, item, pinned, feedback),
        "vignette": pinned.vignette,
        "question_type": pinned.type,
        "view": view,
        "graded": pinned.question.graded,
        "entered": entered if entered.get("question") == [pinned.question.id] else {},
        "sureness": sureness(item.response.confidence) if item.response else None,
        "rating": self_ratings.rating(attempt.id, position) if item.response and pinned.type == "compose" else None,
        "unsaved": _unsaved(entered, item, pinned),
        "verdict_words": verdict_words(view.verdict, pinned.type),
        "verdict_detail": _verdict_detail(item),
        "previous_address": _address(attempt, position - 1) if position > 1 else None,
        "noted": noted_for_later(pinned, kind.grade(pinned.question, given)) if told else None,
        "response": item.response,
        "dispute": item.dispute,
        "can_dispute": may_dispute(attempt, position, feedback),
        "can_swap": pinned.vignette.content_note is not None and not begun and attempt.kind != MEND,
        "slip": slip(attempt, item),
        "next_address": _next_address(attempt, position) if item.response else None,
        "is_last": position == len(attempt.items),
    }


def verdict_words(verdict: str | None, type: str = "choice") -> str:
    """The verdict as the page says it, in the same words for every type but the one that asks for a line: that may be a
    hotspot, an answer, or the place where a session goes astray."""
    line = type == "hottext"
    words = {
        "right": gettext("You found the line") if line else gettext("The best move"),
        "partly": gettext("Partly right"),
        "wrong": gettext("Not this line") if line else gettext("Not the best move"),
    }
    return words.get(verdict or "", gettext("Saved. There is no right or wrong here."))


def _unsaved(entered: Mapping[str, Sequence[str]], item: ItemRecord, pinned: questions.Pinned) -> str | None:
    """What was composed for a question that cannot take it: it is answered, or another stands in its place."""
    if "composed" not in entered:
        return None
    if item.response is None and entered.get("question") == [pinned.question.id]:
        return None
    return "\n".join(entered.get("line", ())).strip() or None


def sureness(confidence: str | None) -> str | None:
    """What somebody said of their own answer before they knew."""
    words = {
        "sure": gettext("You were sure."),
        "fairly": gettext("You were fairly sure."),
        "guessing": gettext("You were guessing."),
    }
    return words.get(confidence or "")


def _verdict_detail(item: ItemRecord) -> str | None:
    if item.response is None or item.response.earned in (0, item.response.possible):
        return None
    return gettext("%(earned)s of %(possible)s", earned=item.response.earned, possible=item.response.possible)


def noted_for_later(pinned: questions.Pinned, grade: questions.Grade) -> str | None:
    """The false belief behind a wrong answer, in words, if its author named one."""
    named = [pinned.labels.misconceptions[one] for one in grade.misconceptions if one in pinned.labels.misconceptions]
    return gettext("Noted for later: “%(belief)s”", belief=named[0].rstrip(".")) if named else None


def _next_address(attempt: AttemptRecord, position: int) -> str:
    if position == len(attempt.items) and attempt.closed_at is not None:
        return url_for("assessment.result", attempt_id=attempt.id)
    return _address(attempt, position + 1)


def _address(attempt: AttemptRecord, position: int) -> str:
    return url_for("assessment.question", attempt_id=attempt.id, position=position)


def quiz_title(course: Course, quiz_id: str) -> str:
    """The title of the quiz or exercise as the course has it now; its id if the course has it no more."""
    if quiz_id == FINAL:
        return gettext("Final test")
    if quiz_id == MENDING:
        return gettext("Sessions to mend")
    quiz = course.quizzes.get(quiz_id)
    return quiz.title if quiz else exercise_name(course, quiz_id)


def end_page(course: Course, attempt: AttemptRecord) -> tuple[str, dict[str, Any]]:
    """Which template shows the end of a closed attempt, and what it prints."""
    if attempt.kind in SETS:
        return "assessment/sets.html", sets_page(course, attempt, _both_sets(attempt))
    if attempt.kind == MEND:
        return "assessment/mended.html", mended_page(course, attempt)
    return "assessment/result.html", result_page(course, attempt)


def _both_sets(attempt: AttemptRecord) -> dict[str, tuple[AnswerLine, ...]]:
    """kind -> the answers before and after reading; nothing as long as their reasons are not open."""
    if queries.feedback_on(attempt) != "all":
        return {}
    closed = queries.summaries(attempt.person_id, attempt.quiz_id, kinds=SETS)
    whole = [queries.attempt(one.id, attempt.person_id) for one in closed if one.closed_at is not None]
    return {one.kind: answer_lines(one, answered_questions(one)) for one in whole}


def result_page(course: Course, attempt: AttemptRecord) -> dict[str, Any]:
    """What templates/assessment/result.html prints for a closed attempt at a module quiz or the final test."""
    listed = answered_questions(attempt)
    told = queries.feedback_on(attempt) == "all"
    answered = tuple(question for question in listed if question.graded)
    quiz = course.quizzes.get(attempt.quiz_id)
    return {
        "attempt": attempt,
        "quiz": quiz,
        "name": attempt_name(course, attempt),
        "percent": _percent(attempt),
        "headline": _headline(attempt, answered),
        "advice": _advice(attempt, answered),
        "rows": tuple(_row(attempt, question) for question in listed) if told else (),
        "lines": () if told else answer_lines(attempt, listed),
        "read_again": still_taught(course, to_read_again(answered)),
        "module": course.module(quiz.module_id) if quiz else None,
        "edition_differs": attempt.edition != course.edition,
    }


def answered_questions(attempt: AttemptRecord) -> tuple[AnsweredQuestion, ...]:
    """Every answered question of the attempt with its pinned copy; one query."""
    copies = queries.question_copies(item.digest for item in attempt.items)
    return tuple(
        AnsweredQuestion(
            position=item.position,
            pinned=questions.load(
                copies[item.digest].type, copies[item.digest].schema_version, copies[item.digest].data
            ),
            score=Fraction(item.response.earned, item.response.possible or 1),
            graded=item.response.possible > 0,
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


def _headline(attempt: AttemptRecord, answered: tuple[AnsweredQuestion, ...]) -> str:
    points = sum((question.score for question in answered), Fraction(0))
    values = {"points": _points(points), "asked": len(answered)}
    if attempt.passed:
        return gettext("Passed: %(points)s of %(asked)s", **values)
    return gettext("Not passed yet: %(points)s of %(asked)s", **values)


def _points(points: Fraction) -> str:
    """Whole points as they are, parts with one decimal, rounded down: 7, 7.5, 7.3."""
    return str(points.numerator) if points.denominator == 1 else format_decimal(int(points * 10) / 10)


def _advice(attempt: AttemptRecord, answered: tuple[AnsweredQuestion, ...]) -> str:
    if all(question.score == 1 for question in answered):
        return gettext("Every decision was the best one. The reasons stay here to be read again.")
    if attempt.passed:
        return gettext("What was missed is listed below, with where to read about it.")
    if attempt.kind == "final":
        return gettext(
            "Read what is listed below again. The other form of the test asks about the same on other cases. Verdicts "
            "and reasons open once one of the two is passed."
        )
    return gettext(
        "This quiz is for practice: read what is listed below, then try again. New cases come first, and every attempt "
        "is kept."
    )


def _percent(attempt: AttemptRecord) -> int:
    score = attempt.score or Fraction(0)
    return int(100 * score)


def _row(attempt: AttemptRecord, question: AnsweredQuestion) -> ResultRow:
    verdict = "right" if question.score == 1 else "wrong" if question.score == 0 else "partly"
    return ResultRow(
        position=question.position,
        case=question.pinned.vignette.title,
        stem=question.pinned.question.stem,
        verdict=verdict if question.graded else None,
        address=url_for("assessment.question", attempt_id=attempt.id, position=question.position),
    )
