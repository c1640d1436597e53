"""The same client a second time: on its pages, and what is stored."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.content.records import Course
from app.extensions import db
from app.questions.scenario import Follows, Left
from app.scenarios import queries, services
from app.scenarios.records import RunRecord, last_ended
from tests.conftest import START, Browser
from tests.leading import EARLY, SESSION, WARM, begin, complete, lead

LATER = START + timedelta(hours=1)


def with_a_second_session(course: Course) -> Course:
    """Rosa once more: after `warm` in one way, after every other ending in another."""
    first = course.scenario(SESSION)
    others = [ending.id for ending in first.endings if ending.id != "warm"]
    calm, wary = (first.start.model_copy(update={"control": control}) for control in (8, 2))
    left = (
        Left(endings=("warm",), opening="She has brought a cup.", start=calm),
        Left(endings=tuple(others), opening="She keeps her coat on.", start=wary),
    )
    again = first.model_copy(update={"scenario": "again", "follows": Follows(scenario=SESSION, left=left)})
    return replace(course, scenarios={**course.scenarios, "again": again})


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

    assert "You have not led that to an end yet; you can begin here all the same." in page
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


class TestSecondSession:
    def begun(self, course: Course, person_id: UUID) -> RunRecord:
        run_id = services.start(with_a_second_session(course), person_id, "again", now=LATER)
        db.session.commit()
        return queries.run(run_id, person_id)

    @pytest.mark.parametrize(
        ("moves", "opening", "control"), [(WARM, "She has brought a cup.", 8), (EARLY, "She keeps her coat on.", 2)]
    )
    def test_it_begins_as_the_first_was_left(
        self, course: Course, ada: Browser, moves: tuple[str, ...], opening: str, control: int
    ) -> None:
        lead(course, ada.person_id, START, moves)

        run = self.begun(course, ada.person_id)

        assert (run.scenario.opening, run.scenario.start.control) == (opening, control)

    def test_whoever_has_not_led_the_first_gets_its_own_beginning(
        self, course: Course, ada: Browser, bea: Browser
    ) -> None:
        lead(course, bea.person_id, START, EARLY)
        begin(course, ada.person_id, START)

        assert self.begun(course, ada.person_id).scenario.opening == course.scenario(SESSION).opening

    def test_the_newest_ending_counts_and_one_that_was_begun_stays_as_it_is(self, course: Course, ada: Browser) -> None:
        complete(course, ada.person_id, START, EARLY)
        run = self.begun(course, ada.person_id)
        lead(course, ada.person_id, LATER + timedelta(hours=1), WARM)

        assert self.begun(course, ada.person_id).id == run.id
        assert run.scenario.opening == "She keeps her coat on."
        assert last_ended(queries.summaries(ada.person_id), SESSION) == queries.summaries(ada.person_id)[0]

    def test_what_it_follows_is_no_part_of_the_copy(self, course: Course, ada: Browser) -> None:
        assert self.begun(course, ada.person_id).scenario.follows is None
