"""Taking a quiz in the browser."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.assessment import drawing, queries
from app.assessment.models import Response
from app.content.records import Course
from app.extensions import db
from tests.conftest import START, Browser, without_tokens
from tests.taking import answer_all, right, start, wrong


@pytest.fixture
def attempt_id(course: Course, ada: Browser, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Ada's attempt: a case with a content note stands in the middle."""
    ids = ("serving-gil", "serving-hana", "serving-kim")
    monkeypatch.setattr(drawing, "draw", lambda quiz, *_: tuple(quiz.vignette(id) for id in ids))
    return start(course, ada.person_id, "serving", START)


def form_at(ada: Browser, attempt_id: UUID, position: int) -> dict[str, object]:
    return dict(right(queries.attempt(attempt_id, ada.person_id).items[position - 1]))


def answered(ada: Browser) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(Response)) or 0


def target(response: TestResponse) -> tuple[int, str]:
    return response.status_code, response.location


def test_beginning_leads_to_the_first_question_and_beginning_again_to_the_same(ada: Browser) -> None:
    first, second = (ada.post("/quizzes/serving/start") for _ in range(2))

    (summary,) = queries.summaries(ada.person_id)
    assert target(first) == target(second) == (303, f"/attempts/{summary.id}/1")
    assert ada.get(f"/attempts/{summary.id}/1").status_code == 200


def test_an_unknown_quiz_is_not_found(ada: Browser) -> None:
    assert ada.post("/quizzes/coffee/start").status_code == 404
    assert ada.get("/quizzes/coffee").status_code == 404


def test_an_open_question_gives_nothing_away(course: Course, ada: Browser, attempt_id: UUID) -> None:
    page = ada.get(f"/attempts/{attempt_id}/1").text

    (question, _) = course.quizzes["serving"].vignette("serving-gil").questions
    texts = [option["text"] for option in question.model_dump()["options"]]
    reasons = [option["reason"] for option in question.model_dump()["options"]]
    assert [text for text in texts if text in page] == texts
    assert [reason for reason in reasons if reason in page] == []
    assert "checked" not in page
    assert "Saved" not in page


def test_a_later_question_leads_back_to_the_first_open_one(ada: Browser, attempt_id: UUID) -> None:
    assert target(ada.get(f"/attempts/{attempt_id}/2")) == (302, f"/attempts/{attempt_id}")
    assert target(ada.get(f"/attempts/{attempt_id}/result")) == (302, f"/attempts/{attempt_id}")


@pytest.mark.parametrize("position", [0, 7, 10**30])
def test_a_question_that_is_not_there_is_not_found(ada: Browser, attempt_id: UUID, position: int) -> None:
    for path in (f"/attempts/{attempt_id}/{position}", f"/attempts/{uuid4()}/1"):
        assert ada.get(path).status_code == ada.post(path).status_code == 404


def test_an_answer_is_saved_and_shown_with_its_reasons(ada: Browser, attempt_id: UUID) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1", {"option": "serve"})

    assert target(response) == (303, f"/attempts/{attempt_id}/1#verdict")
    page = ada.get(f"/attempts/{attempt_id}/1").text
    assert [
        word for word in ("Saved", "Not the best move", "Nuts can hurt.", "could do harm") if word not in page
    ] == []
    assert 'type="radio"' not in page


def test_half_the_key_is_partly_right(ada: Browser, attempt_id: UUID) -> None:
    ada.post(f"/attempts/{attempt_id}/1", {"option": "ask"})
    ada.post(f"/attempts/{attempt_id}/2", {"option": ["handle", "hum"]})

    page = ada.get(f"/attempts/{attempt_id}/2").text

    assert "Partly right" in page
    assert "1 of 2" in page


def test_saved_is_not_said_when_the_commit_fails(
    ada: Browser, attempt_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_at(ada, attempt_id, 1)

    def fail() -> None:
        raise OSError("the disc is full")

    with monkeypatch.context() as broken:
        db.session.commit()
        broken.setattr(Browser, "_apart", staticmethod(lambda visit: visit()))
        broken.setattr(db.session, "commit", fail)
        with pytest.raises(OSError, match="disc is full"):
            ada.post(f"/attempts/{attempt_id}/1", form)
    db.session.rollback()

    assert answered(ada) == 0
    assert "Saved" not in ada.get(f"/attempts/{attempt_id}/1").text


def test_a_second_tab_is_told_that_the_first_answer_stands(ada: Browser, attempt_id: UUID) -> None:
    ada.post(f"/attempts/{attempt_id}/1", {"option": "guess"})
    before = queries.attempt(attempt_id, ada.person_id)

    response = ada.post(f"/attempts/{attempt_id}/1", {"option": "ask"})

    assert target(response) == (303, f"/attempts/{attempt_id}/1#verdict")
    assert "Your first answer stands." in ada.get(f"/attempts/{attempt_id}/1").text
    db.session.expire_all()
    assert queries.attempt(attempt_id, ada.person_id) == before


def test_a_tab_that_is_behind_is_led_to_the_first_open_question(ada: Browser, attempt_id: UUID) -> None:
    response = ada.post(f"/attempts/{attempt_id}/3", {"option": "ask"})

    assert target(response) == (303, f"/attempts/{attempt_id}")
    assert answered(ada) == 0
    assert "That question comes later." in ada.get(f"/attempts/{attempt_id}/1").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Choose an answer first."),
        ({"option": "nonesuch"}, "Choose from the answers on this page."),
        ({"option": ["ask", "guess"]}, "Choose one answer only."),
    ],
)
def test_a_form_without_an_answer_comes_back_with_what_is_wrong(
    ada: Browser, attempt_id: UUID, form: dict[str, object], said: str
) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1", form)

    assert response.status_code == 422
    assert said in response.text
    assert answered(ada) == 0


def test_the_result_tells_the_score_and_where_to_read_again(course: Course, ada: Browser, attempt_id: UUID) -> None:
    answer_all(attempt_id, ada.person_id, START, wrongly=[1, 3])

    assert target(ada.get(f"/attempts/{attempt_id}")) == (302, f"/attempts/{attempt_id}/result")
    page = ada.get(f"/attempts/{attempt_id}/result").text
    assert "Not passed yet: 4 of 6" in page
    assert 'href="/modules/serving/asking"' in page
    assert 'href="/modules/serving/handing-over"' not in page
    assert 'action="/quizzes/serving/start"' in page


def test_parts_of_points_are_rounded_down(ada: Browser, attempt_id: UUID) -> None:
    ada.post(f"/attempts/{attempt_id}/1", {"option": "ask"})
    ada.post(f"/attempts/{attempt_id}/2", {"option": ["handle", "hum"]})
    answer_all(attempt_id, ada.person_id, START)

    assert "Passed: 5.5 of 6" in ada.get(f"/attempts/{attempt_id}/result").text


def test_every_attempt_stays_as_it_was(course: Course, ada: Browser, attempt_id: UUID) -> None:
    answer_all(attempt_id, ada.person_id, START, wrongly=[1])
    pages = [f"/attempts/{attempt_id}/result", f"/attempts/{attempt_id}/1", f"/attempts/{attempt_id}/6"]
    before = [without_tokens(ada.get(path)) for path in pages]

    answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START)

    assert [without_tokens(ada.get(path)) for path in pages] == before


def test_a_case_with_a_note_offers_another_before_it_is_begun(ada: Browser, attempt_id: UUID) -> None:
    button = f'action="/attempts/{attempt_id}/%s/swap"'
    for position in (1, 2):
        assert button % position not in ada.get(f"/attempts/{attempt_id}/{position}").text
        ada.post(f"/attempts/{attempt_id}/{position}", form_at(ada, attempt_id, position))
    assert button % 3 in ada.get(f"/attempts/{attempt_id}/3").text

    assert target(ada.post(f"/attempts/{attempt_id}/3/swap")) == (303, f"/attempts/{attempt_id}")

    assert "Ivo comes in" in ada.get(f"/attempts/{attempt_id}/3").text
    assert button % 3 not in ada.get(f"/attempts/{attempt_id}/3").text


def test_a_case_that_cannot_be_exchanged_is_said_to_stay(ada: Browser, attempt_id: UUID) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1/swap")

    assert target(response) == (303, f"/attempts/{attempt_id}")
    assert "cannot be exchanged" in ada.get(f"/attempts/{attempt_id}/1").text


def test_a_wrong_form_is_no_answer(ada: Browser, attempt_id: UUID) -> None:
    """What earns nothing is still an answer: the two are told apart."""
    item = queries.attempt(attempt_id, ada.person_id).items[0]

    assert ada.post(f"/attempts/{attempt_id}/1", dict(wrong(item))).status_code == 303
    assert answered(ada) == 1
