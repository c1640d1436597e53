from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.questions import AnswerError, Labels, Pinned, PinnedVignette, choice
from app.questions.choice import Answer, Option, Question

REASON = {"reason": "R *so*.", "basis": "convention"}


def option(id: str, **values: Any) -> dict[str, Any]:
    return {"id": id, "text": f"Text of {id}", **REASON, **values}


def question(*options: dict[str, Any], **values: Any) -> Question:
    head = {"id": "q", "type": "choice", "objective": "m.1", "decision": "d", "stem": "What *now*?"}
    return Question.model_validate({**head, "options": options, **values})


SINGLE = question(
    option("key", correct=True, basis="evidence", sources=["leaf2019"]),
    option("wrong", misconception="myth"),
    option("unsafe", harmful="scalding", misconception="myth"),
)
THREE = question(
    option("a", correct=True),
    option("b", correct=True),
    option("c", correct=True),
    option("d", misconception="myth"),
    option("e", harmful="scalding"),
    pick=3,
)
BOTH = st.sampled_from([SINGLE, THREE])
IDS = st.sampled_from([option.id for option in (*SINGLE.options, *THREE.options)])


def answer(question: Question, *ids: str) -> Answer:
    return choice.parse(question, {"option": ids})


def pinned(question: Question) -> Pinned:
    vignette = PinnedVignette(id="v", title="T", condition="c", phase="p", setting="s", text="V")
    labels = Labels(
        objective="O",
        sources={"leaf2019": ("Leaf (2019)", "https://doi.org/10.1/x")},
        misconceptions={"myth": "A myth."},
        harms={"scalding": "It scalds."},
    )
    return Pinned("choice", 1, vignette, question, labels)


# Parsing


def test_parse_takes_the_one_option_marked() -> None:
    assert choice.parse(SINGLE, {"option": ["key"], "csrf_token": ["x"]}) == Answer(("key",))


def test_parse_takes_n_options_in_the_order_of_the_file() -> None:
    assert answer(THREE, "c", "a", "d") == Answer(("a", "c", "d"))


def test_parse_takes_a_form_of_flask() -> None:
    assert choice.parse(THREE, MultiDict([("option", "a"), ("option", "b"), ("option", "e")]).to_dict(flat=False)) == (
        Answer(("a", "b", "e"))
    )


def test_parse_ignores_a_repeated_mark() -> None:
    assert answer(SINGLE, "key", "key") == Answer(("key",))


@pytest.mark.parametrize(
    ("asked", "ids", "code", "said"),
    [
        (SINGLE, (), "nothing-chosen", "Choose an answer first."),
        (SINGLE, ("key", "wrong"), "more-than-one", "Choose one answer only."),
        (SINGLE, ("none",), "unknown-option", "Choose from the answers on this page."),
        (SINGLE, ("key", "none"), "unknown-option", "Choose from the answers on this page."),
        (THREE, ("a", "b"), "wrong-number", "Choose exactly 3 answers; 2 are marked."),
        (THREE, ("a", "b", "c", "d"), "wrong-number", "Choose exactly 3 answers; 4 are marked."),
    ],
)
def test_parse_says_what_is_wrong(asked: Question, ids: tuple[str, ...], code: str, said: str) -> None:
    with pytest.raises(AnswerError) as raised:
        answer(asked, *ids)
    assert (raised.value.code, str(raised.value)) == (code, said)


@given(BOTH, st.dictionaries(st.one_of(st.just("option"), st.text()), st.lists(st.one_of(IDS, st.text()))))
def test_parse_of_any_form_gives_an_answer_or_an_answer_error(asked: Question, form: dict[str, list[str]]) -> None:
    try:
        found = choice.parse(asked, form)
    except AnswerError as error:
        assert error.code
    else:
        assert len(found.options) == asked.marks
        assert set(found.options) == set(form["option"])


@given(BOTH, st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | IDS, st.lists))
def test_stored_data_gives_an_answer_or_an_answer_error(asked: Question, data: object) -> None:
    try:
        found = choice.answer_from(asked, data)
    except AnswerError:
        return
    assert choice.answer_from(asked, choice.answer_data(found)) == found


# Grading


def test_single_key_is_all_or_nothing() -> None:
    assert choice.grade(SINGLE, answer(SINGLE, "key")).earned == 1
    assert choice.grade(SINGLE, answer(SINGLE, "wrong")).earned == 0


def test_pick_earns_the_exact_share_of_keys() -> None:
    earned = [choice.grade(THREE, answer(THREE, *ids)).earned for ids in ("abc", "abd")]
    assert earned == [Fraction(1), Fraction(2, 3)]


def test_harmful_choice_earns_nothing_and_is_named() -> None:
    grade = choice.grade(THREE, answer(THREE, "a", "b", "e"))
    assert (grade.earned, grade.harmful) == (Fraction(0), ("scalding",))


def test_misconceptions_chosen_are_named() -> None:
    assert choice.grade(SINGLE, answer(SINGLE, "unsafe")).misconceptions == ("myth",)
    assert choice.grade(SINGLE, answer(SINGLE, "key")).misconceptions == ()


@given(BOTH, st.data())
def test_grade_is_a_fraction_between_nothing_and_all(asked: Question, data: st.DataObject) -> None:
    ids = [option.id for option in asked.options]
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=asked.marks, max_size=asked.marks, unique=True))
    found = choice.grade(asked, answer(asked, *chosen))

    assert 0 <= found.earned <= found.possible == 1
    assert asked.marks % found.earned.denominator == 0
    assert (found.earned == 1) == (set(chosen) == asked.key)
    assert not (found.harmful and found.earned)


@given(BOTH)
def test_best_earns_all_and_worst_nothing(asked: Question) -> None:
    assert choice.grade(asked, choice.best(asked)).earned == 1
    assert choice.grade(asked, choice.worst(asked)).earned == 0


@given(BOTH)
def test_form_is_what_parse_takes(asked: Question) -> None:
    assert choice.parse(asked, choice.form(choice.best(asked))) == choice.best(asked)


# Order


@given(BOTH, st.integers())
def test_stored_order_holds_every_option_once(asked: Question, seed: int) -> None:
    assert sorted(choice.stored_order(asked, Random(seed))) == sorted(option.id for option in asked.options)


def test_scoring_data_leaves_out_what_does_not_change_the_score() -> None:
    again = question(
        option("unsafe", harmful="burning", reason="Other."),
        option("wrong"),
        option("key", correct=True),
        decision="other",
        claims=["TEA-1"],
    )
    assert choice.scoring_data(again) == choice.scoring_data(SINGLE)


# Presenting


def views(asked: Question, order: Sequence[str], *chosen: str) -> choice.View:
    return choice.present(pinned(asked), order, answer(asked, *chosen) if chosen else None)


def test_view_before_the_answer_gives_nothing_away() -> None:
    view = views(SINGLE, ["wrong", "key", "unsafe"])

    assert (view.stem_html, view.pick, view.multiple) == ("What <em>now</em>?", 1, False)
    assert (view.answered, view.verdict, view.grade) == (False, None, None)
    assert [(one.number, one.id, one.html) for one in view.options] == [
        (1, "wrong", "Text of wrong"),
        (2, "key", "Text of key"),
        (3, "unsafe", "Text of unsafe"),
    ]
    assert {(one.chosen, one.correct, one.verdict, one.reason_html) for one in view.options} == {
        (False, False, "none", "")
    }
    assert {(one.basis, one.sources, one.misconception, one.harm) for one in view.options} == {(None, (), None, None)}


def test_view_after_the_answer_shows_reasons_and_labels() -> None:
    wrong, key, unsafe = views(SINGLE, ["wrong", "key", "unsafe"], "wrong").options

    assert (wrong.chosen, wrong.verdict, wrong.misconception) == (True, "wrong", "A myth.")
    assert (key.chosen, key.correct, key.verdict) == (False, True, "missed")
    assert key.sources == (("Leaf (2019)", "https://doi.org/10.1/x"),)
    assert (unsafe.verdict, unsafe.harm, unsafe.reason_html) == ("none", "It scalds.", "<p>R <em>so</em>.</p>")


@pytest.mark.parametrize(
    ("asked", "chosen", "verdict"),
    [
        (SINGLE, ("key",), "right"),
        (SINGLE, ("wrong",), "wrong"),
        (THREE, ("a", "b", "c"), "right"),
        (THREE, ("a", "b", "d"), "partly"),
        (THREE, ("a", "b", "e"), "wrong"),
    ],
)
def test_verdict_follows_the_grade(asked: Question, chosen: tuple[str, ...], verdict: str) -> None:
    assert views(asked, [one.id for one in asked.options], *chosen).verdict == verdict


# Rules

KEY, B, C = option("a", correct=True), option("b"), option("c")


@pytest.mark.parametrize(
    ("asked", "place", "message"),
    [
        (question(option("a"), B, C), ("options",), "0 options are correct; without `pick` exactly one is."),
        (
            question(KEY, option("b", correct=True), C),
            ("options",),
            "2 options are correct; without `pick` exactly one is.",
        ),
        (question(KEY, B, C, pick=2), ("options",), "1 options are correct, but `pick` is 2."),
        (question(*(option(id, correct=True) for id in "abc"), pick=3), ("pick",), "`pick: 3` leaves no wrong option."),
        (question({**KEY, "basis": "debated"}, B, C), ("options", 0, "basis"), "A correct option is never `debated`."),
        (question(KEY, {**B, "basis": "evidence"}, C), ("options", 1, "basis"), "`basis: evidence` without a source."),
        (question(KEY, B, option("a")), ("options", 2, "id"), "The option id `a` occurs twice."),
        (question({**KEY, "harmful": "h"}, B, C), ("options", 0, "harmful"), "A correct option cannot have `harmful`."),
    ],
)
def test_rules_name_the_place(asked: Question, place: tuple[str | int, ...], message: str) -> None:
    (found,) = choice.faults(asked)
    assert found[:2] == (place, message)


def test_sound_questions_have_no_fault() -> None:
    assert [*choice.faults(SINGLE), *choice.faults(THREE)] == []


def test_option_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Option.model_validate(option("a")).correct = True  # type: ignore[misc]
