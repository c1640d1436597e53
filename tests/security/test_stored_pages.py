"""Public pages about somebody are kept by no browser, whoever looks."""

import pytest
from flask import Flask

from app.accounts import services
from app.content.records import Course
from app.credentials import queries
from app.extensions import db
from tests.conftest import START, Browser, Clock
from tests.taking import finish

NOWHERE = "private, no-store"


def test_a_certificate_shown_to_a_stranger(course: Course, ada: Browser, stranger: Browser) -> None:
    finish(course, ada.person_id, START)
    ada.post("/certificate", {"name": "Ada"})
    found = queries.valid_certificate(ada.person_id, course.edition)
    assert found is not None

    for ending in ("", ".json"):
        answer = stranger.get(f"/certificates/{found.id}{ending}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, NOWHERE)


def test_a_page_behind_a_one_time_link(app: Flask, stranger: Browser, time: Clock) -> None:
    token = services.invite("dana@example.org", time()).token
    db.session.commit()

    answer = stranger.get(f"/register/{token}")

    assert "dana@example.org" in answer.text
    assert answer.headers["Cache-Control"] == NOWHERE


@pytest.mark.parametrize(("path", "status"), [("/login", 422), ("/reset", 200)])
def test_an_answer_that_shows_what_was_typed(stranger: Browser, path: str, status: int) -> None:
    answer = stranger.post(path, {"email": "dana@example.org", "password": "not hers"})

    assert "dana@example.org" in answer.text
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, NOWHERE)
