"""Somebody in front of a question of a certain format."""

from contextlib import suppress
from typing import Any

from playwright.sync_api import Locator, Page, TimeoutError

from app import clock, demo, questions
from app.assessment import queries
from app.assessment import services as quizzes
from app.assessment.records import AttemptRecord
from tests.browser.browsing import Visitor, ready
from tests.browser.instance import Instance, Person


def before(instance: Instance, person: Person, quiz_id: str, format: str) -> AttemptRecord:
    """The person's attempt at the quiz, with rightly answered whatever comes before a question of this format."""
    attempt = instance.begin_quiz(
        person.person_id, quiz_id, lambda attempt: any(quizzes.load(item).type == format for item in attempt.items)
    )
    with instance.committing():
        for item in attempt.items:
            pinned = quizzes.load(item)
            if pinned.type == format:
                break
            form = demo.answer_to(pinned, right=True)
            quizzes.answer(attempt.id, person.person_id, item.position, form, now=clock.now())
        return queries.attempt(attempt.id, person.person_id)


def answered(instance: Instance, person: Person, attempt: AttemptRecord, data: Any) -> None:
    """The first open question of the attempt, answered with this."""
    position = attempt.first_unanswered
    assert position is not None
    with instance.committing():
        pinned = quizzes.load(attempt.items[position - 1])
        kind = questions.TYPES[pinned.type]
        form = kind.form(kind.answer_from(pinned.question, data))
        quizzes.answer(attempt.id, person.person_id, position, form, now=clock.now())


def stored(instance: Instance, person: Person, attempt: AttemptRecord) -> Any:
    """The answer to the question that was open in `attempt`, as it is kept; None while there is none."""
    with instance.app.app_context():
        item = queries.attempt(attempt.id, person.person_id).item(attempt.first_unanswered or 0)
        return item.response.answer if item and item.response else None


def open_question(visitor: Visitor, attempt: AttemptRecord) -> Page:
    """Its page, scripts ready."""
    visitor.page.goto(f"/attempts/{attempt.id}/{attempt.first_unanswered}")
    ready(visitor.page)
    return visitor.page


class Finger:
    """Touches the screen of a page, as Chromium is told by the screen's driver."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def tap(self, part: Locator, then: Locator) -> None:
        """Until `then` is there: a loaded machine may take a tap for a long press, which is none."""
        for _ in range(5):
            part.tap()
            with suppress(TimeoutError):
                then.wait_for(timeout=2000)
                return
        raise AssertionError("No tap arrives.")

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 12) -> None:
        self._send("touchStart", [start])
        for step in range(1, steps + 1):
            part = step / steps
            self._send("touchMove", [(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)])
        self._send("touchEnd", [])

    def _send(self, kind: str, points: list[tuple[float, float]]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})
