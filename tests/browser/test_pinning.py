"""The course's files change and the server starts again, while somebody is in the middle of a quiz."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.content.records import Course
from tests.browser.answering import answer, asked
from tests.browser.browsing import ready, seen
from tests.browser.conftest import Arrive
from tests.browser.hands import Pointer
from tests.browser.instance import SAMPLE_COURSE, Instance, running

pytestmark = pytest.mark.browser

QUIZ = Path("quizzes") / "brewing.yaml"


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Instance]:
    """An instance whose course may be edited."""
    shutil.copytree(SAMPLE_COURSE, tmp_path / "course")
    with running(tmp_path / "data", tmp_path / "course") as started:
        yield started


def test_open_attempt_stays_as_it_was_drawn_when_files_change(
    changing: Instance, tea: Course, arrive: Arrive, tmp_path: Path
) -> None:
    hands = Pointer()
    visitor = arrive(changing)
    page = visitor.page
    visitor.sign_in(changing.join("Ada Lindqvist").person_id)
    page.goto("/quizzes/brewing")
    hands.press(page, "Begin Question 1")
    first = page.url
    answer(page, hands, tea, right=False)
    answered = seen(page)
    hands.press(page, "Next question")
    second, waiting = page.url, seen(page)
    drawn = [asked(page, tea).id]

    _rewrite(tmp_path / "course" / QUIZ)
    changing.restart()

    page.goto(first)
    ready(page)
    assert seen(page) == answered
    page.goto(second)
    ready(page)
    assert seen(page) == waiting
    for _ in range(4):  # the old keys, and the old words
        answer(page, hands, tea, right=True)
        assert seen(page, ".verdict") == "The best move"
        hands.press(page, "Next question")
        drawn.append(asked(page, tea).id)
    answer(page, hands, tea, right=True)
    hands.press(page, "See the result")
    assert len(set(drawn)) == 5
    assert seen(page, "h1") == "Passed: 5 of 6"

    page.goto("/quizzes/brewing")
    hands.press(page, "Begin with new cases first")
    assert page.locator(".vignette h2").inner_text().endswith(" (edited)")
    assert page.locator("h1").inner_text() == "Which of these is wrong?"
    page.goto(first)
    ready(page)
    assert seen(page) == answered


def _rewrite(path: Path) -> None:
    """Change every word, turn every order round, move every key, take cases, questions and options away."""
    quiz: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    quiz["vignettes"] = quiz["vignettes"][:2:-1]
    for vignette in quiz["vignettes"]:
        vignette["title"] += " (edited)"
        vignette["text"] = "Everything is different now."
        vignette["questions"].reverse()
        vignette["questions"][0]["id"] += "-new"
        for question in vignette["questions"]:
            question["stem"] = "Which of these is wrong?"
            parts = next(question[name] for name in ("options", "steps", "answers") if name in question)
            for name in ("pick", "steps", "before", "prompts", "answers"):
                question.pop(name, None)
            question["type"] = "choice"
            kept = [part["id"] for part in reversed(parts[1:4])]
            question["options"] = [
                {"id": id, "text": f"Edited {id}.", "reason": "Edited.", "basis": "convention"}
                for id in [*kept, "added"]
            ]
            question["options"][0]["correct"] = True
    path.write_text(yaml.safe_dump(quiz, allow_unicode=True), encoding="utf-8")
