"""The same client a second time, on its pages."""

from datetime import timedelta

import pytest

from app.content.records import Course
from tests.conftest import START, Browser
from tests.leading import EARLY, SESSION, WARM, complete, lead
from tests.scenarios.test_services import with_a_second_session


@pytest.fixture(autouse=True)
def twice(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    both = with_a_second_session(course)
    monkeypatch.setattr("app.scenarios.views.current_course", lambda: both)


def test_the_page_before_it_says_how_the_first_was_left(course: Course, ada: Browser) -> None:
    lead(course, ada.person_id, START, EARLY)

    page = ada.get("/scenarios/again").text

    assert "It begins where you left Rosa, 58, the cold hall: “The cup went cold”." in page
    assert f'href="/scenarios/{SESSION}">The first session: Rosa, 58, the cold hall</a>' in page


def test_without_the_first_it_says_so_and_can_be_begun_all_the_same(ada: Browser) -> None:
    page = ada.get("/scenarios/again").text

    assert "You have not led that yet; you can begin here all the same." in page
    assert 'action="/scenarios/again/start"' in page


def test_an_open_one_does_not_claim_to_begin_as_the_first_was_left_since(course: Course, ada: Browser) -> None:
    complete(course, ada.person_id, START, EARLY)
    room = ada.post("/scenarios/again/start").headers["Location"]
    lead(course, ada.person_id, START + timedelta(hours=1), WARM)

    page = ada.get("/scenarios/again").text

    assert "She keeps her coat on." in ada.get(room).text
    assert "Go on" in page
    assert "It begins where you left" not in page
    assert f'href="/scenarios/{SESSION}">The first session' in page


def test_the_first_leads_on_to_the_second(ada: Browser) -> None:
    page = ada.get(f"/scenarios/{SESSION}").text

    assert 'You can meet Rosa again: <a href="/scenarios/again">' in page
    assert "The same client, a second time" not in page


def test_what_is_shown_in_the_room_is_the_opening_that_fits(course: Course, ada: Browser) -> None:
    lead(course, ada.person_id, START, EARLY)

    room = ada.get(ada.post("/scenarios/again/start").headers["Location"]).text

    assert "She keeps her coat on." in room
    assert "She has brought a cup." not in room
