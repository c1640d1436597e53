"""Answers to what stands on a question page, found in the course's files by the words alone."""

from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Page

from app.assessment import services as quizzes
from app.assessment.records import AttemptRecord
from app.content.records import Course
from app.questions import TYPES, BaseQuestion
from tests.browser.hands import Hands


def plain(markdown: str) -> str:
    """Words without the marks of emphasis."""
    return markdown.replace("*", "").strip()


def chooses(first: int = 0, last: int | None = None) -> Callable[[AttemptRecord], bool]:
    """Whether the questions of an attempt from `first` to before `last` take one of several options, or some."""

    def suits(attempt: AttemptRecord) -> bool:
        return all(quizzes.load(item).type == "choice" for item in attempt.items[first:last])

    return suits


def case_of(page: Page) -> str:
    return page.locator(".vignette h2").inner_text()


def asked(page: Page, course: Course) -> BaseQuestion:
    """The question of this course that the page asks."""
    case, stem = case_of(page), page.locator("h1").inner_text()
    (found,) = (
        question
        for quiz in (*course.quizzes.values(), course.final)
        if quiz is not None
        for vignette in quiz.vignettes
        for question in vignette.questions
        if (vignette.title, plain(question.stem)) == (case, stem)
    )
    return found


def options(question: BaseQuestion, *, right: bool) -> Sequence[str]:
    """The words of the options that make the best answer, or the worst."""
    return _chosen(question, _best_or_worst(question, right))


def answer(page: Page, hands: Hands, course: Course, *, right: bool) -> None:
    """Answer the question on the page, and stay on its verdict."""
    question = asked(page, course)
    if page.locator(".noted:not([open])").count():
        hands.unfold(page, "Show this case")
    give(page, hands, question, _best_or_worst(question, right))
    hands.press(page, "Save my line" if question.type == "compose" else "Answer")


def give(page: Page, hands: Hands, question: Any, answer: Any) -> None:
    """Put this answer into the question on the page, and do not send it."""
    if question.type == "choice":
        hands.choose(page, _chosen(question, answer))
    elif question.type == "order":
        texts = {step.id: plain(step.text) for step in question.steps}
        hands.arrange(page, [texts[id] for id in answer.steps])
    elif question.type == "match":
        prompts = {prompt.id: plain(prompt.text) for prompt in question.prompts}
        answers = {offered.id: plain(offered.text) for offered in question.answers}
        hands.pair(page, {prompts[prompt]: answers[id] for prompt, id in answer.pairs})
    elif question.type == "hottext":
        hands.mark(page, [line.id for line in question.lines].index(answer.line) + 1)
    else:
        hands.write(page, "Your next line", answer.text)


def _best_or_worst(question: BaseQuestion, right: bool) -> Any:
    kind = TYPES[question.type]
    return (kind.best if right else kind.worst)(question)


def _chosen(question: Any, answer: Any) -> Sequence[str]:
    return [plain(option.text) for option in question.options if option.id in answer.options]


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
