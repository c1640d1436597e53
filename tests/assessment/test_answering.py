"""What the form of a question takes beside the answer, gives back when it is at fault, and how a script sends it."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.assessment import drawing, queries
from app.assessment.models import Response
from app.content.records import Course
from app.extensions import db
from tests.conftest import START, Browser, without_tokens
from tests.statements import everything
from tests.taking import answer_all, start

BY_SCRIPT = {"X-Requested-With": "fetch"}
SAYS = {"sure": "You were sure.", "fairly": "You were fairly sure.", "guessing": "You were guessing."}


@pytest.fixture
def attempt_id(course: Course, ada: Browser, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Ada's attempt; its first question takes one option, its second two."""
    ids = ("serving-gil", "serving-hana", "serving-kim")
    monkeypatch.setattr(drawing, "draw", lambda quiz, *_: tuple(quiz.vignette(id) for id in ids))
    return start(course, ada.person_id, "serving", START)


def stored(attempt_id: UUID, ada: Browser, position: int) -> str | None:
    db.session.expire_all()
    response = queries.attempt(attempt_id, ada.person_id).items[position - 1].response
    assert response is not None
    return response.confidence


@pytest.mark.parametrize("confidence", SAYS)
def test_confidence_is_kept_and_shown_back(ada: Browser, attempt_id: UUID, confidence: str) -> None:
    ada.post(f"/attempts/{attempt_id}/1", {"option": "ask", "confidence": confidence})

    page = ada.get(f"/attempts/{attempt_id}/1").text
    assert stored(attempt_id, ada, 1) == confidence
    assert [words for words in SAYS.values() if words in page] == [SAYS[confidence]]


@pytest.mark.parametrize("given", [{}, {"confidence": ""}, {"confidence": "certain"}, {"confidence": "x" * 500}])
def test_confidence_is_never_required(ada: Browser, attempt_id: UUID, given: dict[str, object]) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1", {"option": "ask", **given})

    assert (response.status_code, stored(attempt_id, ada, 1)) == (303, None)
    page = ada.get(f"/attempts/{attempt_id}/1").text
    assert [words for words in SAYS.values() if words in page] == []


def test_no_confidence_is_marked_before_somebody_marks_one(ada: Browser, attempt_id: UUID) -> None:
    page = ada.get(f"/attempts/{attempt_id}/1").text

    assert page.count('name="confidence"') == 3
    assert "checked" not in page


def test_confidence_does_not_touch_the_score(course: Course, ada: Browser, cy: Browser, attempt_id: UUID) -> None:
    other = start(course, cy.person_id, "serving", START)
    for browser, id, confidence in ((ada, attempt_id, "sure"), (cy, other, "guessing")):
        browser.post(f"/attempts/{id}/1", {"option": "guess", "confidence": confidence})

    scores = [answer_all(id, browser.person_id, START).score for browser, id in ((ada, attempt_id), (cy, other))]

    assert scores[0] == scores[1]


def test_what_was_marked_survives_a_fault(ada: Browser, attempt_id: UUID) -> None:
    ada.post(f"/attempts/{attempt_id}/1", {"option": "ask"})
    question = queries.attempt(attempt_id, ada.person_id).items[1].question_id

    form: dict[str, object] = {"question": question, "option": ["hum"], "confidence": "guessing"}
    response = ada.post(f"/attempts/{attempt_id}/2", form)

    assert response.status_code == 422
    checked = [line for line in response.text.splitlines() if " checked" in line]
    assert [('value="hum"' in line, 'value="guessing"' in line) for line in checked] == [(True, False), (False, True)]


def test_what_was_marked_for_another_question_is_not_marked_here(ada: Browser, attempt_id: UUID) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1", {"question": "another", "option": "ask", "confidence": "sure"})

    assert (response.status_code, " checked" in response.text) == (422, False)


def test_a_script_gets_the_answered_page_at_once(ada: Browser, attempt_id: UUID) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1", {"option": "ask", "confidence": "sure"}, headers=BY_SCRIPT)

    assert response.status_code == 200
    assert without_tokens(response) == without_tokens(ada.get(f"/attempts/{attempt_id}/1"))
    assert [words for words in ("Saved", "The best move", "You were sure.") if words not in response.text] == []


def test_a_script_gets_the_same_words_for_a_fault(ada: Browser, attempt_id: UUID) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1", {}, headers=BY_SCRIPT)

    assert (response.status_code, "Choose an answer first." in response.text) == (422, True)
    assert "Saved" not in response.text


def test_saved_is_not_said_to_a_script_when_the_commit_fails(
    ada: Browser, attempt_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("the disc is full")

    with monkeypatch.context() as broken:
        db.session.commit()
        broken.setattr(Browser, "_apart", staticmethod(lambda visit: visit()))
        broken.setattr(db.session, "commit", fail)
        with pytest.raises(OSError, match="disc is full"):
            ada.post(f"/attempts/{attempt_id}/1", {"option": "ask"}, headers=BY_SCRIPT)
    db.session.rollback()

    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_the_same_answer_again_is_simply_saved(ada: Browser, attempt_id: UUID) -> None:
    """As when the first never heard back: nothing is counted twice, and nothing needs to be said."""
    for headers in ({}, BY_SCRIPT, {}):
        ada.post(f"/attempts/{attempt_id}/1", {"option": "guess"}, headers=headers)

    assert "Your first answer stands." not in ada.get(f"/attempts/{attempt_id}/1").text
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1


@pytest.mark.parametrize("second", [{"option": "ask"}, {}, {"option": ["ask", "guess"]}])
def test_another_answer_is_told_that_the_first_stands(
    ada: Browser, attempt_id: UUID, second: dict[str, object]
) -> None:
    ada.post(f"/attempts/{attempt_id}/1", {"option": "guess"})

    response = ada.post(f"/attempts/{attempt_id}/1", second, headers=BY_SCRIPT)

    assert (response.status_code, "Your first answer stands." in response.text) == (200, True)
    assert "Your first answer stands." not in ada.get(f"/attempts/{attempt_id}/1").text


@pytest.mark.parametrize("form", [{"option": "ask"}, {"option": "nonesuch"}])
def test_showing_the_page_makes_no_other_writer_wait(ada: Browser, attempt_id: UUID, form: dict[str, object]) -> None:
    with everything(db.engine) as said:
        ada.post(f"/attempts/{attempt_id}/1", form, headers=BY_SCRIPT)

    began = [one for one in said if one.startswith("BEGIN")]
    assert began == ["BEGIN IMMEDIATE", "BEGIN"]
    assert {one.split()[0] for one in said[said.index("BEGIN") + 1 :]} == {"SELECT"}
