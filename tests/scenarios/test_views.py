"""Leading a session in the browser."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.content.records import Course
from app.extensions import db
from app.questions.scenario_state import replay
from app.questions.text import render
from app.scenarios import queries, services
from app.scenarios.models import MoveRow
from tests.conftest import START, Browser
from tests.leading import EARLY, REPAIRED, SESSION, WARM, begin, complete, lead, make

REASONS = re.compile(r"What it (?:led|would have led) to")


def target(response: TestResponse) -> tuple[int, str]:
    return response.status_code, response.location


def moves_made() -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(MoveRow)) or 0


@pytest.fixture
def run_id(course: Course, ada: Browser) -> UUID:
    return begin(course, ada.person_id, START)


class TestBefore:
    def test_course_home_and_list_say_how_it_stands(self, course: Course, ada: Browser) -> None:
        for act, said in (
            (lambda: None, "not begun"),
            (lambda: lead(course, ada.person_id, START, WARM[:3]), "open, decision 4"),
            (lambda: lead(course, ada.person_id, START, ()), "open, decision 4"),
        ):
            act()
            for page in ("/course", "/scenarios"):
                assert said in ada.get(page).text

    def test_a_debrief_that_waits_is_said_and_then_it_is_done(self, course: Course, ada: Browser) -> None:
        run_id = lead(course, ada.person_id, START)
        assert "debrief waits" in ada.get("/scenarios").text
        assert f'href="/sessions/{run_id}/debrief"' in ada.get(f"/scenarios/{SESSION}").text

        ada.post(f"/sessions/{run_id}/debrief", {"reaction": "r", "intended": "i"})
        ada.post(f"/sessions/{run_id}/debrief/question", {})

        assert "debrief waits" not in ada.get("/scenarios").text

    def test_the_page_before_says_what_it_is_and_gives_no_ending_away(self, course: Course, ada: Browser) -> None:
        page = ada.get(f"/scenarios/{SESSION}").text

        scenario = course.scenario(SESSION)
        assert scenario.summary in page
        assert "about 12 minutes" in page
        assert "The gauges are a teaching model" in page
        assert [ending.title for ending in scenario.endings if ending.title in page] == []

    def test_a_content_note_stands_first_and_offers_the_neutral_twin(
        self, app: Flask, course: Course, ada: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = course.scenario(SESSION)
        noted = plain.model_copy(update={"scenario": "noted", "content_note": "A burnt hand.", "neutral": SESSION})
        both = replace(course, scenarios={SESSION: plain, "noted": noted})
        monkeypatch.setattr(app.extensions["imrs.course"], "course", both)

        page = ada.get("/scenarios/noted").text

        assert page.index("A burnt hand.") < page.index(plain.summary)
        assert f'href="/scenarios/{SESSION}">A session without this theme' in page

    def test_an_unknown_session_is_not_found(self, ada: Browser) -> None:
        assert ada.get("/scenarios/attic").status_code == ada.post("/scenarios/attic/start").status_code == 404

    def test_beginning_leads_into_the_room_and_beginning_again_to_the_same(self, ada: Browser) -> None:
        first, second = (ada.post(f"/scenarios/{SESSION}/start") for _ in range(2))

        (summary,) = queries.summaries(ada.person_id)
        assert target(first) == target(second) == (303, f"/sessions/{summary.id}/0#now")
        assert ada.get(first.location).status_code == 200

    def test_a_session_gone_from_the_course_can_still_be_led(
        self, app: Flask, course: Course, ada: Browser, run_id: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(app.extensions["imrs.course"], "course", replace(course, scenarios={}))

        assert ada.post(f"/sessions/{run_id}/0", {"decision": 1, "move": "ask"}).status_code == 303
        assert 'href="/scenarios"' in ada.get(f"/sessions/{run_id}/0").text
        assert "No longer part of this edition" in ada.get("/scenarios").text
        assert ada.get("/course").status_code == 200


class TestRoom:
    def test_it_shows_what_was_said_and_what_is_open(self, course: Course, ada: Browser, run_id: UUID) -> None:
        make(run_id, ada.person_id, ["cake"], START)

        page = ada.get(f"/sessions/{run_id}/0").text

        node = next(node for node in course.scenario(SESSION).nodes if node.id == "crumbs")
        assert [move.id for move in node.moves if f'value="{move.id}"' in page] == ["sorry", "go-on"]
        assert "Have some of this cake first." in page
        assert 'name="decision" value="2"' in page
        assert "Decision 2 of about 10" in page
        assert "Saved" in page

    def test_it_gives_no_reason_no_effect_and_no_ending_away(self, course: Course, ada: Browser, run_id: UUID) -> None:
        make(run_id, ada.person_id, REPAIRED[:2], START)

        page = ada.get(f"/sessions/{run_id}/0").text

        scenario = course.scenario(SESSION)
        made = {"begin.cake", "crumbs.sorry"}
        moves = {f"{node.id}.{move.id}": move for node in scenario.nodes for move in node.moves}
        words = [move.reason for move in moves.values()]
        words += [move.led_to for step, move in moves.items() if step not in made]
        words += [word for ending in scenario.endings for word in (ending.title, ending.account.strip())]
        assert [word for word in words if word in page] == []

    def test_what_came_of_a_move_stands_below_it(self, course: Course, ada: Browser, run_id: UUID) -> None:
        make(run_id, ada.person_id, REPAIRED[:1], START)
        move = course.scenario(SESSION).nodes[0].move("cake")

        page = ada.get(f"/sessions/{run_id}/0").text

        assert page.index(render(move.text)) < page.index(render(move.led_to)) < page.index('id="now"')

    def test_nothing_is_saved_before_the_first_move_and_the_page_does_not_say_so(
        self, ada: Browser, run_id: UUID
    ) -> None:
        assert "Saved" not in ada.get(f"/sessions/{run_id}/0").text

    def test_it_places_its_gauges_without_inline_style(self, ada: Browser, run_id: UUID) -> None:
        page = ada.get(f"/sessions/{run_id}/0").text

        assert "style=" not in page
        assert page.count('class="track"') == 2

    def test_a_move_is_saved_and_leads_on(self, ada: Browser, run_id: UUID) -> None:
        response = ada.post(f"/sessions/{run_id}/0", {"decision": 1, "move": "ask", "reading": "within"})

        assert target(response) == (303, f"/sessions/{run_id}/0#now")
        assert [step.reading for step in queries.run(run_id, ada.person_id).branches[0].made] == ["within"]

    def test_saved_is_not_said_when_the_commit_fails(
        self, ada: Browser, run_id: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise OSError("the disc is full")

        with monkeypatch.context() as broken:
            db.session.commit()
            broken.setattr(Browser, "_apart", staticmethod(lambda visit: visit()))
            broken.setattr(db.session, "commit", fail)
            with pytest.raises(OSError, match="disc is full"):
                ada.post(f"/sessions/{run_id}/0", {"decision": 1, "move": "ask"})
        db.session.rollback()

        assert moves_made() == 0
        assert "Saved" not in ada.get(f"/sessions/{run_id}/0").text

    def test_a_second_tab_is_told_that_the_first_move_stands(self, ada: Browser, run_id: UUID) -> None:
        ada.post(f"/sessions/{run_id}/0", {"decision": 1, "move": "ask"})
        before = queries.run(run_id, ada.person_id)

        response = ada.post(f"/sessions/{run_id}/0", {"decision": 1, "move": "cake"})

        assert target(response) == (303, f"/sessions/{run_id}/0#now")
        assert "What was saved first stands." in ada.get(f"/sessions/{run_id}/0").text
        assert queries.run(run_id, ada.person_id) == before

    @pytest.mark.parametrize("decision", ["3", "0", "-1", "", "x", "9" * 40])
    def test_a_form_for_another_decision_is_led_to_this_one(self, ada: Browser, run_id: UUID, decision: str) -> None:
        response = ada.post(f"/sessions/{run_id}/0", {"decision": decision, "move": "ask"})

        assert target(response) == (303, f"/sessions/{run_id}/0#now")
        assert "nothing was lost" in ada.get(f"/sessions/{run_id}/0").text
        assert moves_made() == 0

    @pytest.mark.parametrize(
        ("move", "said"), [("", "Choose a move first."), ("how", "This move is not open at this point.")]
    )
    def test_a_form_without_an_open_move_comes_back_with_what_is_wrong(
        self, ada: Browser, run_id: UUID, move: str, said: str
    ) -> None:
        response = ada.post(f"/sessions/{run_id}/0", {"decision": 1, "move": move, "reading": "away"})

        assert response.status_code == 422
        assert said in response.text
        assert 'value="away" checked' in response.text
        assert moves_made() == 0

    def test_a_way_that_is_not_there_is_not_found(self, ada: Browser, run_id: UUID) -> None:
        for path in (f"/sessions/{run_id}/1", f"/sessions/{run_id}/{10**30}", f"/sessions/{uuid4()}/0"):
            assert ada.get(path).status_code == ada.post(path).status_code == 404

    def test_until_it_ends_every_other_page_of_the_run_leads_back(self, ada: Browser, run_id: UUID) -> None:
        assert target(ada.get(f"/sessions/{run_id}")) == (302, f"/sessions/{run_id}/0")
        assert target(ada.get(f"/sessions/{run_id}/debrief")) == (302, f"/sessions/{run_id}")
        form: dict[str, object] = {"reaction": "r", "intended": "i"}
        assert target(ada.post(f"/sessions/{run_id}/debrief", form)) == (303, f"/sessions/{run_id}/debrief")
        assert target(ada.post(f"/sessions/{run_id}/debrief")) == (303, f"/sessions/{run_id}")
        assert queries.run(run_id, ada.person_id).debrief is None


class TestDebrief:
    @pytest.fixture
    def ended(self, course: Course, ada: Browser) -> UUID:
        return lead(course, ada.person_id, START, REPAIRED)

    def test_the_end_names_the_ending_and_withholds_the_account(
        self, course: Course, ada: Browser, ended: UUID
    ) -> None:
        page = ada.get(f"/sessions/{ended}/0").text

        ending = course.scenario(SESSION).endings[0]
        assert ending.title in page
        assert "I have not tried bergamot" not in page
        assert f'href="/sessions/{ended}/debrief"' in page
        assert 'name="move"' not in page

    def test_the_learner_comes_first(self, ada: Browser, ended: UUID) -> None:
        assert target(ada.get(f"/sessions/{ended}")) == (302, f"/sessions/{ended}/debrief")

        page = ada.get(f"/sessions/{ended}/debrief").text

        assert "Only you see what you write here" in page
        assert REASONS.search(page) is None
        assert "I have not tried bergamot" not in page

    def test_without_a_word_it_comes_back_with_what_is_missing(self, ada: Browser, ended: UUID) -> None:
        response = ada.post(f"/sessions/{ended}/debrief", {"reaction": "  ", "intended": "To ask."})

        assert response.status_code == 422
        assert "Write a word about your own reaction." in response.text
        assert "To ask." in response.text
        assert queries.run(ended, ada.person_id).debrief is None

    def test_then_path_account_question_and_grounding_follow_in_that_order(
        self, course: Course, ada: Browser, ended: UUID
    ) -> None:
        ada.post(f"/sessions/{ended}/debrief", {"reaction": "A lump.", "intended": "To <ask>."})

        page = ada.get(f"/sessions/{ended}/debrief").text

        ending = course.scenario(SESSION).endings[0]
        order = ["A lump.", "To &lt;ask&gt;.", 'class="path-picture"', "Named, put right", "I have not tried bergamot"]
        order += [ending.supervision, ending.grounding]
        assert [page.index(one) for one in order] == sorted(page.index(one) for one in order)
        assert "Go back to here" not in page

    def test_every_open_move_of_every_decision_has_its_reason_and_what_it_leads_to(
        self, course: Course, ada: Browser, ended: UUID
    ) -> None:
        ada.post(f"/sessions/{ended}/debrief", {"reaction": "r", "intended": "i"})

        page = ada.get(f"/sessions/{ended}/debrief").text

        run = queries.run(ended, ada.person_id)
        made = run.branches[0].made
        were_open = [len(replay(run.scenario, made[:before]).moves) for before in range(len(made))]
        assert len(REASONS.findall(page)) == sum(were_open)

    def test_handed_in_it_shows_everything_again_and_cannot_be_written_twice(self, ada: Browser, ended: UUID) -> None:
        ada.post(f"/sessions/{ended}/debrief", {"reaction": "First.", "intended": "i"})
        response = ada.post(f"/sessions/{ended}/debrief/question", {"question": "Mine?"})
        before = queries.run(ended, ada.person_id)

        ada.post(f"/sessions/{ended}/debrief", {"reaction": "Second.", "intended": "i"})
        ada.post(f"/sessions/{ended}/debrief/question", {"question": "Another?"})

        assert target(response) == (303, f"/sessions/{ended}")
        page = ada.get(f"/sessions/{ended}").text
        assert "First." in page and "Mine?" in page and "Go back to here" in page
        assert queries.run(ended, ada.person_id) == before

    def test_a_text_that_is_too_long_is_refused_with_what_was_typed(self, ada: Browser, ended: UUID) -> None:
        response = ada.post(f"/sessions/{ended}/debrief", {"reaction": "a" * 4001, "intended": "i"})

        assert response.status_code == 422
        assert "Use at most 4000 characters." in response.text
        assert "a" * 4001 in response.text

    def test_a_null_character_is_left_out(self, ada: Browser, ended: UUID) -> None:
        ada.post(f"/sessions/{ended}/debrief", {"reaction": "a\x00b", "intended": "i"})

        debrief = queries.run(ended, ada.person_id).debrief
        assert debrief is not None and debrief.reaction == "ab"


class TestWays:
    @pytest.fixture
    def done(self, course: Course, ada: Browser) -> UUID:
        return complete(course, ada.person_id, START)

    def test_going_back_leads_into_the_room_again(self, ada: Browser, done: UUID) -> None:
        response = ada.post(f"/sessions/{done}/0/3/again")

        assert target(response) == (303, f"/sessions/{done}/1#now")
        page = ada.get(f"/sessions/{done}/1").text
        assert "Another way, from decision 3. Your first result stays as it is." in page
        assert 'name="decision" value="3"' in page

    def test_before_the_debrief_it_is_refused_with_a_sentence(self, course: Course, ada: Browser) -> None:
        run_id = lead(course, ada.person_id, START)

        response = ada.post(f"/sessions/{run_id}/0/3/again")

        assert target(response) == (303, f"/sessions/{run_id}")
        assert "The debrief comes first" in ada.get(f"/sessions/{run_id}/debrief").text

    def test_a_further_way_stands_beside_the_first_from_where_they_part(
        self, course: Course, ada: Browser, done: UUID
    ) -> None:
        number = services.go_back(done, ada.person_id, 0, 3, now=START)
        make(done, ada.person_id, EARLY[2:], START, number=number)

        page = ada.get(f"/sessions/{done}/1").text

        assert "It parts from the first way at decision 3." in page
        assert "Way 2: The cup went cold" in page
        assert "Your first result stays: A second cup, sitting down." in page
        assert 'id="decision-2"' not in page and 'id="decision-3"' in page and 'id="first-3"' in page
        assert "Way 2, from decision 3" in ada.get(f"/sessions/{done}").text

    def test_the_same_way_once_more_is_called_that(self, ada: Browser, done: UUID) -> None:
        number = services.go_back(done, ada.person_id, 0, 3, now=START)
        make(done, ada.person_id, WARM[2:], START, number=number)

        assert "It is the first way once more." in ada.get(f"/sessions/{done}/1").text
        assert ada.get(f"/sessions/{done}").status_code == 200

    def test_the_picture_is_told_in_words_too(self, course: Course, ada: Browser) -> None:
        run_id = complete(course, ada.person_id, START, REPAIRED)

        page = ada.get(f"/sessions/{run_id}").text

        words = page[page.index("The picture in words") : page.index("</details>", page.index("The picture in words"))]
        assert words.count("<li>") == len(REPAIRED) + 1
        for said in ("A checkpoint: asked.", "An unsafe move.", "A repair.", "It ends: A second cup, sitting down."):
            assert said in words

    def test_a_decision_that_was_not_made_is_not_found(self, ada: Browser, done: UUID) -> None:
        for path in (f"/sessions/{done}/0/0/again", f"/sessions/{done}/0/11/again", f"/sessions/{done}/1/1/again"):
            assert ada.post(path).status_code == 404
