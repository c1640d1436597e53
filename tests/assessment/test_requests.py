"""What a quiz costs a browser without scripts: every page and every redirect is a request."""

import re
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from app.assessment import drawing, queries
from app.content.records import Course, Quiz, Vignette
from tests.conftest import Browser
from tests.taking import right

MOST = 17


class Walk:
    """A browser that follows redirects, links and forms, and counts."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.requests = 0
        self.path = ""
        self.page = ""

    def get(self, path: str) -> None:
        self._arrive(path, self.browser.get(path))

    def post(self, path: str, form: dict[str, object]) -> None:
        self._arrive(path, self.browser.post(path, form))

    def _arrive(self, path: str, response: TestResponse) -> None:
        self.requests += 1
        if response.status_code in (302, 303):
            self.get(response.location.partition("#")[0])
            return
        assert response.status_code == 200
        self.path, self.page = path, response.text

    @property
    def onward(self) -> str:
        """Where the page leads on."""
        (found,) = re.findall(r'<a class="button" href="([^"]+)" rel="next"', self.page)
        return str(found)


@pytest.fixture
def five_questions(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next attempt asks five: three cases, of the last only one question."""

    def draw(quiz: Quiz, *_: object) -> tuple[Vignette, ...]:
        first, second, third = (quiz.vignette(f"brewing-{name}") for name in ("ada", "dan", "finn"))
        return first, second, replace(third, questions=third.questions[:1])

    monkeypatch.setattr(drawing, "draw", draw)


@pytest.mark.usefixtures("five_questions")
def test_five_questions_cost_seventeen_requests_from_the_button_to_the_result(ada: Browser) -> None:
    walk = Walk(ada)

    walk.post("/quizzes/brewing/start", {})
    while "/result" not in walk.path:
        (summary,) = queries.summaries(ada.person_id)
        item = queries.attempt(summary.id, ada.person_id).items[summary.answered]
        walk.post(walk.path, dict(right(item)))
        walk.get(walk.onward)

    assert walk.requests == MOST
    assert "Passed: 5 of 5" in walk.page
