import unicodedata
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions import AnswerError, Grade, Labels, Pinned, PinnedVignette, compose
from app.questions.compose import MOST, Answer, Question

ASKS = {"id": "asks", "text": "It *asks*."}
WAITS = {"id": "waits", "text": "It waits."}


def exemplar(text: str, *meets: str) -> dict[str, Any]:
    return {"text": text, "meets": meets, "note": f"A note on *{text}*"}


def question(**values: Any) -> Question:
    head = {"id": "q", "type": "compose", "objective": "m.1", "decision": "d", "stem": "What do you *say*?"}
    parts = {"criteria": [ASKS, WAITS], "exemplars": [exemplar("May I?", "asks"), exemplar("…", "waits", "asks")]}
    return Question.model_validate({**head, **parts, **values})


ASKED = question(prompt="You are at the *door*.")


def pinned(question: Question) -> Pinned:
    vignette = PinnedVignette(id="v", title="T", condition="c", phase="p", setting="s", text="V")
    return Pinned("compose", 1, vignette, question, Labels(objective="O"))


# Parsing


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("May I sit?", "May I sit?"),
        ("  May I sit?\r\n\r\n", "May I sit?"),
        ("One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."),
        ("A\x00B\x1bC\x85", "ABC"),
        ("Я с вами. 私 🙂 <b>", "Я с вами. 私 🙂 <b>"),
        ("…", "…"),
        ("x" * MOST, "x" * MOST),
        (" " * 3000 + "x", "x"),
    ],
)
def test_parse_takes_what_was_written(sent: str, text: str) -> None:
    assert compose.parse(ASKED, {"line": [sent], "csrf_token": ["x"]}) == Answer(text)


@pytest.mark.parametrize(
    ("form", "code", "said"),
    [
        ({}, "nothing-written", "Write your line first."),
        ({"line": []}, "nothing-written", "Write your line first."),
        ({"line": [" \r\n\t"]}, "nothing-written", "Write your line first."),
        ({"line": ["\u200b\u00ad\x00"]}, "nothing-written", "Write your line first."),
        (
            {"line": ["x" * (MOST + 1)]},
            "too-long",
            "Your line has 2001 characters; 2000 are possible. Shorten it, then save it again.",
        ),
    ],
)
def test_parse_says_what_is_wrong(form: dict[str, list[str]], code: str, said: str) -> None:
    with pytest.raises(AnswerError) as raised:
        compose.parse(ASKED, form)
    assert (raised.value.code, str(raised.value)) == (code, said)


WRITTEN = st.one_of(st.text(), st.text("a \r\n\t\x00\ud800\u200b"), st.integers(1990, 2010).map("y".__mul__))


@given(st.dictionaries(st.one_of(st.just("line"), st.text()), st.lists(WRITTEN)))
def test_parse_of_any_form_gives_an_answer_or_an_answer_error(form: dict[str, list[str]]) -> None:
    try:
        found = compose.parse(ASKED, form)
    except AnswerError as error:
        assert error.code
    else:
        assert 1 <= len(found.text) <= MOST
        assert found.text == found.text.strip()
        assert {unicodedata.category(sign) for sign in found.text if sign not in "\n\t"}.isdisjoint({"Cc", "Cs"})
        assert compose.answer_from(ASKED, compose.answer_data(found)) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["text", "x"]), inner),
    max_leaves=5,
)


@given(JSON)
def test_stored_data_gives_an_answer_or_an_answer_error(data: object) -> None:
    try:
        found = compose.answer_from(ASKED, data)
    except AnswerError:
        return
    assert compose.answer_from(ASKED, compose.answer_data(found)) == found


# Grading


@given(st.text(min_size=1))
def test_no_line_is_right_or_wrong(text: str) -> None:
    found = compose.grade(ASKED, Answer(text))

    assert (found, found.verdict, ASKED.graded) == (Grade(Fraction(0), 0), None, False)


def test_form_is_what_parse_takes() -> None:
    for answer in (compose.best(ASKED), compose.worst(ASKED)):
        assert compose.parse(ASKED, compose.form(answer)) == answer


@given(st.lists(st.sampled_from(["asks", "waits", "none", ""])))
def test_rating_names_criteria_of_the_question_or_is_refused(ids: list[str]) -> None:
    try:
        found = compose.met(ASKED, ids)
    except AnswerError as error:
        assert (error.code, set(ids) <= {"asks", "waits"}) == ("unknown-criterion", False)
    else:
        assert found == tuple(id for id in ("asks", "waits") if id in ids)


@given(st.integers())
def test_criteria_keep_the_order_of_the_file(seed: int) -> None:
    assert compose.stored_order(ASKED, Random(seed)) == ("asks", "waits")


def test_scoring_data_leaves_out_what_is_shown_afterwards() -> None:
    again = question(prompt="You are at the *door*.", decision="other", exemplars=[exemplar("Hm.", "asks", "waits")])

    assert compose.scoring_data(again) == compose.scoring_data(ASKED)
    assert compose.scoring_data(question()) != compose.scoring_data(ASKED)


# Presenting


def test_view_before_the_answer_shows_neither_criteria_nor_examples() -> None:
    view = compose.present(pinned(ASKED), ["asks", "waits"], None)

    assert (view.stem_html, view.prompt_html) == ("What do you <em>say</em>?", "<p>You are at the <em>door</em>.</p>")
    assert (view.text, view.criteria, view.exemplars, view.answered) == ("", (), (), False)
    assert (view.verdict, view.grade, view.most) == (None, None, MOST)


def test_view_after_the_answer_holds_examples_beside_the_line() -> None:
    view = compose.present(pinned(ASKED), ["asks", "waits"], Answer("Well?"))

    assert (view.text, view.answered, view.verdict) == ("Well?", True, None)
    assert [(one.id, one.html) for one in view.criteria] == [("asks", "It <em>asks</em>."), ("waits", "It waits.")]
    assert [(one.html, one.criteria) for one in view.exemplars] == [
        ("<p>May I?</p>", (("It <em>asks</em>.", True), ("It waits.", False))),
        ("<p>…</p>", (("It <em>asks</em>.", True), ("It waits.", True))),
    ]
    assert view.exemplars[0].note_html == "<p>A note on <em>May I?</em></p>"


# Rules


@pytest.mark.parametrize(
    ("asked", "place", "message"),
    [
        (
            question(exemplars=[exemplar("A", "asks", "waits", "none")]),
            ("exemplars", 0, "meets", 2),
            "There is no criterion `none`.",
        ),
        (
            question(exemplars=[exemplar("A", "asks", "waits", "asks")]),
            ("exemplars", 0, "meets", 2),
            "The criterion `asks` stands here twice.",
        ),
        (question(exemplars=[exemplar("A", "asks")]), ("criteria", 1), "No example meets the criterion `waits`."),
        (
            question(exemplars=[exemplar("x" * 2001, "asks", "waits")]),
            ("exemplars", 0, "text"),
            "The example has 2001 characters; a line has 2000 at most.",
        ),
        (question(criteria=[ASKS, WAITS, ASKS]), ("criteria", 2, "id"), "The criterion id `asks` occurs twice."),
    ],
)
def test_rules_name_the_place(asked: Question, place: tuple[str | int, ...], message: str) -> None:
    (found,) = compose.faults(asked)
    assert found[:2] == (place, message)


def test_sound_question_has_no_fault() -> None:
    assert [*compose.faults(ASKED), *compose.faults(question())] == []


def test_question_cites_nothing() -> None:
    assert [*compose.sources(ASKED), *compose.misconceptions(ASKED), *compose.harms(ASKED)] == []
