"""Answers to what stands on a question page, found in the course's files by the words alone."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from app.content.records import Course
from app.questions import TYPES, BaseQuestion
from tests.browser.hands import Hands


def plain(markdown: str) -> str:
    """Words without the marks of emphasis."""
    return markdown.replace("*", "").strip()


def case_of(page: Page) -> str:
    return page.locator(".vignette h2").inner_text()


def asked(page: Page, course: Course) -> BaseQuestion:
    """The question of this course that the page asks."""
    case, stem = case_of(page), page.locator("h1").inner_text()
    (found,) = (
        question
        for quiz in course.quizzes.values()
        for vignette in quiz.vignettes
        for question in vignette.questions
        if (vignette.title, plain(question.stem)) == (case, stem)
    )
    return found


def options(question: BaseQuestion, *, right: bool) -> Sequence[str]:
    """The words of the options that make the best answer, or the worst."""
    kind: Any = TYPES[question.type]
    answer = (kind.best if right else kind.worst)(question)
    return [plain(option.text) for option in question.options if option.id in answer.options]  # type: ignore[attr-defined]


def answer(page: Page, hands: Hands, course: Course, *, right: bool) -> None:
    """Answer the question on the page, and stay on its verdict."""
    hands.choose(page, options(asked(page, course), right=right))
    hands.press(page, "Answer")


def take_quiz(page: Page, hands: Hands, course: Course, *, right: bool) -> list[str]:
    """From the first question to the result. Returns the cases, in their order."""
    cases: list[str] = []
    while True:
        if case_of(page) not in cases:
            cases.append(case_of(page))
        answer(page, hands, course, right=right)
        last = page.get_by_role("link", name="See the result").count() == 1
        hands.press(page, "See the result" if last else "Next question")
        if last:
            return cases
