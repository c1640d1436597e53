"""Prepared values for the pages that say how well questions tell what learners know."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import Select

from app.assessment.group_queries import first_answers, pinned
from app.assessment.report_queries import GroupDispute, group_disputes
from app.content.records import Course
from app.errors import NotFound
from app.questions.text import render_line
from app.supervision.questions import QuestionLine, QuizLine, question_lines, quiz_lines
from app.supervision.standings import parts_of
from app.supervision.teaching_pages import plain, said

Sort = Literal["case", "n", "facility", "discrimination"]
SORTS: tuple[Sort, ...] = ("case", "n", "facility", "discrimination")
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for in the address: hardest first, unless something else is. `quiz`: empty for all."""

    quiz: str = ""
    sort: Sort = "facility"
    falling: bool = False
    page: int = 1

    def turned(self, sort: Sort) -> "Wish":
        """Sorted by another column, or the other way round by the same; from page 1."""
        return replace(self, sort=sort, falling=sort == self.sort and not self.falling, page=1)

    def of(self, quiz: str) -> "Wish":
        """The same of one quiz, or (empty) of all; from page 1."""
        return replace(self, quiz=quiz, page=1)

    @property
    def address(self) -> dict[str, str]:
        """What has to stand in the address; what goes without saying is left out."""
        sort = ("-" if self.falling else "") + self.sort
        written = {
            "quiz": self.quiz,
            "sort": "" if sort == "facility" else sort,
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in written.items() if value}


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a group was asked: lines by question, cards by quiz, disputes by scoring digest."""

    lines: tuple[QuestionLine, ...]
    quizzes: tuple[QuizLine, ...]
    disputes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that could be said, as its page lists it; `percent` of all answers."""

    html: str
    right: bool
    times: int
    percent: float


def wish_from(given: Mapping[str, str], quizzes: Iterable[str]) -> Wish:
    """The wish in an address; what cannot be read is left out."""
    sort = given.get("sort", "")
    column = next((one for one in SORTS if one == sort.removeprefix("-")), None)
    page = given.get("page", "1")
    return Wish(
        quiz=next((one for one in quizzes if one == given.get("quiz")), ""),
        sort=column or "facility",
        falling=column is not None and sort.startswith("-"),
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )


def read_asked(people: Select[UUID]) -> Asked:
    """Three statements, or four when questions are met that this process has not read."""
    answers = first_answers(people)
    return Asked(
        lines=question_lines(answers, pinned(one.digest for one in answers)),
        quizzes=quiz_lines(answers),
        disputes=Counter(one.scoring_digest for one in group_disputes(people)),
    )


def selected(lines: Iterable[QuestionLine], wish: Wish) -> tuple[QuestionLine, ...]:
    """Filtered and sorted, what has no number last either way; the export takes exactly these."""
    found = [one for one in lines if not wish.quiz or one.quiz_id == wish.quiz]
    found.sort(key=lambda one: (one.copy.vignette.title.casefold(), one.question_id, one.scoring_digest))
    key = _KEYS[wish.sort]
    given = [one for one in found if key(one) is not None]
    if wish.sort == "case":
        given = given[::-1] if wish.falling else given
    else:
        given.sort(key=lambda one: key(one) or 0.0, reverse=wish.falling)
    return (*given, *(one for one in found if key(one) is None))


def questions_page(course: Course, asked: Asked, wish: Wish) -> dict[str, Any]:
    """What templates/supervision/questions.html prints beside the seat."""
    found = selected(asked.lines, wish)
    last = max(1, -(-len(found) // PER_PAGE))
    number = min(wish.page, last)
    titles = quiz_titles(course)
    return {
        "lines": found[(number - 1) * PER_PAGE : number * PER_PAGE],
        "found": len(found),
        "all": len(asked.lines),
        "wish": wish,
        "pages": [replace(wish, page=one) for one in range(1, last + 1)],
        "number": number,
        "titles": titles,
        "quizzes": sorted(
            (one for one in asked.quizzes if not wish.quiz or one.quiz_id == wish.quiz),
            key=lambda one: list(titles).index(one.quiz_id) if one.quiz_id in titles else len(titles),
        ),
        "present": [one for one in titles if any(line.quiz_id == one for line in asked.lines)],
        "disputes": asked.disputes,
        "types": type_words(),
        "stem": render_line,
    }


def question_page(
    course: Course, asked: Asked, scoring_digest: str, disputes: Sequence[GroupDispute]
) -> dict[str, Any]:
    """What templates/supervision/question.html prints beside the seat. NotFound: nobody here was asked it."""
    line = next((one for one in asked.lines if one.scoring_digest == scoring_digest), None)
    if line is None:
        raise NotFound
    return {
        "line": line,
        "vignette": line.copy.vignette,
        "stem_html": render_line(line.copy.question.stem),
        "objective": line.copy.labels.objective,
        "sections": line.copy.labels.sections,
        "quiz_title": quiz_titles(course).get(line.quiz_id, line.quiz_id),
        "type": type_words()[line.copy.type],
        "options": [Option(said(one.part), one.part.right, one.times, 100 * one.times / line.n) for one in line.said],
        "dead": [plain(render_line(text)) for text in line.dead],
        "disputes": disputes,
    }


def disputes_about(people: Select[UUID], scoring_digest: str) -> tuple[GroupDispute, ...]:
    return group_disputes(people, [scoring_digest])


def quiz_titles(course: Course) -> dict[str, str]:
    """By quiz, in the course's order, the final test last."""
    return {part.quiz_id: part.title or gettext("Final test") for part in parts_of(course) if part.quiz_id}


def type_words() -> dict[str, str]:
    return {
        "choice": gettext("Choice"),
        "order": gettext("Order"),
        "match": gettext("Pairs"),
        "hottext": gettext("Mark in a text"),
        "compose": gettext("Own line"),
    }


_KEYS: Mapping[Sort, Callable[[QuestionLine], float | None]] = {
    "case": lambda one: 0.0,
    "n": lambda one: float(one.n),
    "facility": lambda one: one.facility.value if one.facility else None,
    "discrimination": lambda one: one.discrimination.estimate.value if one.discrimination else None,
}
