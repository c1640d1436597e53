"""Attempts are pinned: edit the files, restart, go on in the same browser; nothing of the attempt has changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml
from flask import Flask
from sqlalchemy import event

from app import create_app
from app.assessment import drawing, queries
from app.content import current_course
from app.content.records import Course
from app.extensions import db
from tests.conftest import SAMPLE_COURSE, START, Browser, without_tokens
from tests.taking import question_of, right, start, wrong


def page(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return without_tokens(answer)


def rewrite(folder: Path) -> None:
    """Other words, other keys, other orders, fewer options; one case gone."""
    path = folder / "quizzes" / "serving.yaml"
    quiz: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    quiz["vignettes"] = [case for case in reversed(quiz["vignettes"]) if case["id"] != "serving-lu"]
    for case in quiz["vignettes"]:
        case.update(title=f"New {case['title']}", text="Quite another case.", setting="garden")
        ask, hand = case["questions"][:2]
        ask["stem"], hand["stem"] = "What is new here?", "Which one is new here?"
        ask["options"] = [
            {**option, "correct": option["id"] == "guess", "basis": "convention"} for option in ask["options"]
        ]
        if hand["type"] == "choice":
            hand["options"] = [option for option in reversed(hand["options"]) if option["id"] != "wait"]
            del hand["pick"]
        case["questions"] = [hand, ask]
    path.write_text(yaml.safe_dump(quiz, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for file, before, after in (
        ("modules/serving.md", "Ask before you serve.", "Serve before you ask."),
        ("course/course.yaml", "pass_mark: 80", "pass_mark: 100"),
    ):
        words = (folder / file).read_text(encoding="utf-8")
        assert before in words
        (folder / file).write_text(words.replace(before, after), encoding="utf-8")


@pytest.fixture
def restarted(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """Another process on the same database, with the rewritten course."""
    folder = Path(copytree(SAMPLE_COURSE, tmp_path / "course"))
    rewrite(folder)
    other = create_app(replace(app.config["SETTINGS"], course=folder))
    other.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield other
    with other.app_context():
        db.engine.dispose()


def same_browser(browser: Browser, app: Flask) -> Browser:
    cookie = browser.client.get_cookie("session")
    assert cookie is not None
    moved = Browser(app)
    moved.client.set_cookie("session", cookie.value)
    return moved


def test_edited_files_and_a_restart_change_neither_what_is_seen_nor_the_score(
    course: Course, ada: Browser, restarted: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = ("serving-lu", "serving-hana", "serving-kim")
    monkeypatch.setattr(drawing, "draw", lambda quiz, *_: tuple(quiz.vignette(id) for id in ids))
    attempt_id = start(course, ada.person_id, "serving", START)
    attempt = queries.attempt(attempt_id, ada.person_id)
    forms = [wrong(item) if item.position in (1, 4) else right(item) for item in attempt.items]
    for position in (1, 2, 3):
        ada.post(f"/attempts/{attempt_id}/{position}", dict(forms[position - 1]))
    before = [page(ada, f"/attempts/{attempt_id}/{position}") for position in (1, 2, 3, 4)]

    ada = same_browser(ada, restarted)

    with restarted.app_context():
        assert current_course().quizzes["serving"].bank[0].id == "serving-kim"
    assert [page(ada, f"/attempts/{attempt_id}/{position}") for position in (1, 2, 3, 4)] == before
    for position in (4, 5, 6):
        assert ada.post(f"/attempts/{attempt_id}/{position}", dict(forms[position - 1])).status_code == 303
    closed = queries.attempt(attempt_id, attempt_person(attempt_id))
    assert (closed.earned, closed.possible, closed.pass_mark, closed.passed) == (4, 6, 80, False)
    result = page(ada, f"/attempts/{attempt_id}/result")
    assert "Not passed yet: 4 of 6" in result
    assert "Ask before you serve." in result
    assert "Serve before you ask." not in result


def attempt_person(attempt_id: object) -> Any:
    from app.assessment.models import Attempt

    return db.session.get_one(Attempt, attempt_id).person_id


def test_a_new_attempt_brings_the_edited_files(course: Course, ada: Browser, restarted: Flask) -> None:
    moved = same_browser(ada, restarted)

    moved.post("/quizzes/serving/start")

    (summary,) = queries.summaries(ada.person_id)
    item = queries.attempt(summary.id, ada.person_id).items[0]
    assert summary.pass_mark == 100
    assert question_of(item).stem == "Which one is new here?"


def test_grading_reads_no_course(course: Course, ada: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even with every quiz gone from the files, an open attempt goes on to its end."""
    attempt_id = start(course, ada.person_id, "serving", START)
    forms = [right(item) for item in queries.attempt(attempt_id, ada.person_id).items]
    monkeypatch.setattr(app.extensions["imrs.course"], "course", replace(course, quizzes={}))

    for position, form in enumerate(forms, start=1):
        assert ada.get(f"/attempts/{attempt_id}/{position}").status_code == 200
        ada.post(f"/attempts/{attempt_id}/{position}", dict(form))

    assert queries.attempt(attempt_id, ada.person_id).score == 1
    assert ada.get(f"/attempts/{attempt_id}/result").status_code == 200


def test_stored_copies_and_orders_are_never_written_again(course: Course, ada: Browser) -> None:
    written: list[str] = []
    attempt_id = start(course, ada.person_id, "serving", START)
    forms = [right(item) for item in queries.attempt(attempt_id, ada.person_id).items]

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        written.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for position, form in enumerate(forms, start=1):
            ada.post(f"/attempts/{attempt_id}/{position}", dict(form))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    writes = {" ".join(one.split()[:3]) for one in written if one.startswith(("INSERT", "UPDATE", "DELETE"))}
    assert writes == {"INSERT INTO responses", "UPDATE attempts SET"} or writes == {
        "INSERT INTO responses",
        "UPDATE attempts SET",
        "UPDATE sign_ins SET",
    }
