from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions import AnswerError, Labels, Pinned, PinnedVignette, order
from app.questions.order import Answer, Question

REASON = {"reason": "R *so*.", "basis": "convention"}


def rule(first: str, then: str, **values: Any) -> dict[str, Any]:
    return {"pair": [first, then], **REASON, **values}


def question(steps: str, *rules: dict[str, Any]) -> Question:
    head = {"id": "q", "type": "order", "objective": "m.1", "decision": "d", "stem": "What *first*?"}
    named = [{"id": id, "text": f"Text of *{id}*"} for id in steps]
    return Question.model_validate({**head, "steps": named, "before": rules})


CHAIN = question(
    "abcd",
    rule("a", "b", basis="evidence", sources=["leaf2019"]),
    rule("b", "c", misconception="myth"),
    rule("c", "d", safety=True),
)
LOOSE = question("abcd", rule("d", "a"), rule("d", "b", misconception="myth"))
ONE = question("abc", rule("c", "a", safety=True))
ALL = st.sampled_from([CHAIN, LOOSE, ONE])


def ids(asked: Question) -> list[str]:
    return [step.id for step in asked.steps]


def earned(asked: Question, steps: str) -> Fraction:
    return order.grade(asked, Answer(tuple(steps))).earned


def places(**given: object) -> dict[str, list[str]]:
    return {f"place-{id}": [str(place)] for id, place in given.items()}


# Parsing


def test_parse_takes_the_steps_by_their_places() -> None:
    assert order.parse(CHAIN, {**places(a=2, b=4, c=1, d=3), "csrf_token": ["x"]}) == Answer(("c", "a", "d", "b"))


def test_parse_forgives_blanks_and_takes_no_notice_of_other_fields() -> None:
    form: dict[str, Sequence[str]] = {**places(a=1, b=2, c=3, z=1), "place-d": " 4 "}
    assert order.parse(CHAIN, form) == Answer(("a", "b", "c", "d"))


@pytest.mark.parametrize(
    ("form", "code", "said"),
    [
        ({}, "no-place", "Give every step a place. Still without one: 4."),
        (places(a=1, b="", c=2, d=3), "no-place", "Give every step a place. Still without one: 1."),
        (places(a=1, b=2, c=3, d=5), "unknown-place", "Choose from the places on this page."),
        (places(a=0, b=1, c=2, d=3), "unknown-place", "Choose from the places on this page."),
        (places(a=1, b=2, c=3, d="٤"), "unknown-place", "Choose from the places on this page."),
        ({**places(a=1, b=2, c=3), "place-d": ["4", "4"]}, "unknown-place", "Choose from the places on this page."),
        (
            places(a=1, b=3, c=3, d=4),
            "place-taken",
            "Two steps have the place 3. Give each step a place of its own.",
        ),
    ],
)
def test_parse_says_what_is_wrong(form: dict[str, list[str]], code: str, said: str) -> None:
    with pytest.raises(AnswerError) as raised:
        order.parse(CHAIN, form)
    assert (raised.value.code, str(raised.value)) == (code, said)


FIELDS = st.sampled_from([f"place-{id}" for id in "abcd"])
VALUES = st.lists(st.one_of(st.sampled_from("12345"), st.text()), max_size=2)


@given(ALL, st.dictionaries(st.one_of(FIELDS, st.text()), VALUES))
def test_parse_of_any_form_gives_an_answer_or_an_answer_error(asked: Question, form: dict[str, list[str]]) -> None:
    try:
        found = order.parse(asked, form)
    except AnswerError as error:
        assert error.code
    else:
        assert sorted(found.steps) == ids(asked)


@given(
    ALL,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from("abcd"),
        lambda inner: st.lists(inner) | st.permutations("abcd") | st.dictionaries(st.text(), inner),
    ),
)
def test_stored_data_gives_an_answer_or_an_answer_error(asked: Question, data: object) -> None:
    try:
        found = order.answer_from(asked, data)
    except AnswerError:
        return
    assert order.answer_from(asked, order.answer_data(found)) == found


@given(ALL, st.data())
def test_form_is_what_parse_takes(asked: Question, data: st.DataObject) -> None:
    answer = Answer(tuple(data.draw(st.permutations(ids(asked)))))
    assert order.parse(asked, order.form(answer)) == answer


# Grading


@pytest.mark.parametrize(
    ("asked", "steps", "share"),
    [
        (CHAIN, "abcd", Fraction(1)),
        (CHAIN, "bacd", Fraction(2, 3)),
        (CHAIN, "acbd", Fraction(2, 3)),
        (CHAIN, "cabd", Fraction(2, 3)),
        (CHAIN, "cbad", Fraction(1, 3)),
        (CHAIN, "abdc", Fraction(0)),
        (CHAIN, "dcba", Fraction(0)),
        (LOOSE, "dabc", Fraction(1)),
        (LOOSE, "cdba", Fraction(1)),
        (LOOSE, "dbca", Fraction(1)),
        (LOOSE, "adbc", Fraction(1, 2)),
        (LOOSE, "abdc", Fraction(0)),
        (ONE, "bca", Fraction(1)),
        (ONE, "acb", Fraction(0)),
    ],
)
def test_grade_is_the_share_of_pairs_kept_and_nothing_if_safety_is_broken(
    asked: Question, steps: str, share: Fraction
) -> None:
    assert earned(asked, steps) == share


def test_only_beliefs_behind_broken_pairs_are_named() -> None:
    assert order.grade(CHAIN, Answer(tuple("acbd"))).misconceptions == ("myth",)
    assert order.grade(CHAIN, Answer(tuple("bacd"))).misconceptions == ()


def test_breaking_safety_is_no_named_harm() -> None:
    assert order.grade(ONE, Answer(tuple("acb"))).harmful == ()


@given(ALL, st.data())
def test_grade_is_full_exactly_where_every_pair_is_kept(asked: Question, data: st.DataObject) -> None:
    steps = data.draw(st.permutations(ids(asked)))
    found = order.grade(asked, Answer(tuple(steps)))

    kept = [steps.index(rule.pair[0]) < steps.index(rule.pair[1]) for rule in asked.before]
    unsafe = any(rule.safety and not held for rule, held in zip(asked.before, kept, strict=True))
    assert 0 <= found.earned <= found.possible == 1
    assert (found.earned == 1) == all(kept)
    assert (found.earned == 0) == (unsafe or not any(kept))


@given(ALL)
def test_best_earns_all_and_worst_nothing(asked: Question) -> None:
    assert order.grade(asked, order.best(asked)).earned == 1
    assert order.grade(asked, order.worst(asked)).earned == 0


def test_best_is_the_right_order_nearest_to_the_files() -> None:
    assert order.best(LOOSE) == Answer(("c", "d", "a", "b"))


# Order


@given(ALL, st.integers())
def test_stored_order_holds_every_step_once_and_is_never_right(asked: Question, seed: int) -> None:
    stored = order.stored_order(asked, Random(seed))
    assert sorted(stored) == ids(asked)
    assert order.grade(asked, Answer(stored)).earned < 1


def test_every_order_that_is_not_right_may_be_stored() -> None:
    rng = Random(0)
    wrong = {steps for steps in permutations("abc") if steps.index("c") > steps.index("a")}
    assert {order.stored_order(ONE, rng) for _ in range(100)} == wrong


@given(ALL, st.data())
def test_stored_order_changes_neither_grade_nor_what_is_shown_of_an_answer(
    asked: Question, data: st.DataObject
) -> None:
    answer = Answer(tuple(data.draw(st.permutations(ids(asked)))))
    one, other = (
        order.present(pinned(asked), order.stored_order(asked, Random(seed)), order.parse(asked, order.form(answer)))
        for seed in (1, 2)
    )
    assert one == other


def test_scoring_data_leaves_out_what_does_not_change_the_score() -> None:
    again = question("dcba", rule("c", "d", safety=True, reason="Other."), rule("b", "c"), rule("a", "b"))
    turned = question("abcd", rule("b", "a"), rule("b", "c"), rule("c", "d", safety=True))
    harmless = question("abcd", rule("a", "b"), rule("b", "c"), rule("c", "d"))
    assert order.scoring_data(again) == order.scoring_data(CHAIN)
    assert order.scoring_data(turned) != order.scoring_data(CHAIN)
    assert order.scoring_data(harmless) != order.scoring_data(CHAIN)


# Presenting


def pinned(asked: Question) -> Pinned:
    vignette = PinnedVignette(id="v", title="T", condition="c", phase="p", setting="s", text="V")
    labels = Labels(
        objective="O",
        sources={"leaf2019": ("Leaf (2019)", "https://doi.org/10.1/x")},
        misconceptions={"myth": "A myth."},
    )
    return Pinned("order", 1, vignette, asked, labels)


def test_view_before_the_answer_gives_nothing_away() -> None:
    view = order.present(pinned(CHAIN), ["c", "a", "d", "b"], None)

    assert (view.stem_html, view.answered, view.verdict, view.grade) == ("What <em>first</em>?", False, None, None)
    assert [(step.id, step.name, step.html, step.belongs_before) for step in view.steps] == [
        (id, f"place-{id}", f"Text of <em>{id}</em>", ()) for id in "cadb"
    ]
    assert (view.pairs, view.sound) == ((), ())


def test_view_after_the_answer_shows_what_was_turned_round_first_and_safety_before_all() -> None:
    view = order.present(pinned(CHAIN), list("cadb"), Answer(tuple("badc")))

    assert [step.id for step in view.steps] == list("badc")
    assert [step.belongs_before for step in view.steps] == [(), (1,), (), (3,)]
    assert [(pair.first_html[-6:-5], pair.then_html[-6:-5], pair.kept, pair.safety) for pair in view.pairs] == [
        ("c", "d", False, True),
        ("a", "b", False, False),
        ("b", "c", True, False),
    ]
    assert [(pair.first, pair.then) for pair in view.pairs] == [(4, 3), (2, 1), (1, 4)]
    assert view.pairs[1].why.sources == (("Leaf (2019)", "https://doi.org/10.1/x"),)
    assert view.pairs[2].why.misconception == "A myth."
    assert view.sound == tuple(f"Text of <em>{id}</em>" for id in "abcd")


def test_right_order_shown_is_as_near_as_may_be_to_the_learners() -> None:
    view = order.present(pinned(LOOSE), list("abcd"), Answer(tuple("bcad")))
    assert view.sound == tuple(f"Text of <em>{id}</em>" for id in "cdba")


def test_right_answer_needs_no_other_order() -> None:
    view = order.present(pinned(LOOSE), list("abcd"), Answer(tuple("dbca")))
    assert (view.verdict, view.sound, {step.belongs_before for step in view.steps}) == ("right", (), {()})


@pytest.mark.parametrize(("steps", "verdict"), [("abcd", "right"), ("bacd", "partly"), ("abdc", "wrong")])
def test_verdict_follows_the_grade(steps: str, verdict: str) -> None:
    assert order.present(pinned(CHAIN), list("abcd"), Answer(tuple(steps))).verdict == verdict


# Rules


@pytest.mark.parametrize(
    ("asked", "place", "message"),
    [
        (question("aba", rule("a", "b")), ("steps", 2, "id"), "The step id `a` occurs twice."),
        (question("abc", rule("a", "x")), ("before", 0, "pair"), "There is no step `x`."),
        (
            question("abc", rule("a", "b"), rule("a", "b")),
            ("before", 1, "pair"),
            "The pair `a, b` stands here twice.",
        ),
        (
            question("abc", rule("a", "b"), rule("b", "a"), rule("b", "c")),
            ("before",),
            "No order keeps all pairs: they run in a ring through `b`, `a`.",
        ),
        (
            question("abc", rule("b", "b")),
            ("before",),
            "No order keeps all pairs: they run in a ring through `b`.",
        ),
        (
            question("abcd", rule("a", "b"), rule("b", "c"), rule("c", "d"), rule("d", "b")),
            ("before",),
            "No order keeps all pairs: they run in a ring through `c`, `d`, `b`.",
        ),
        (
            question("abc", rule("a", "b", basis="debated")),
            ("before", 0, "basis"),
            "A pair that decides the score is never `debated`.",
        ),
        (
            question("abc", rule("a", "b", basis="evidence")),
            ("before", 0, "basis"),
            "`basis: evidence` without a source.",
        ),
    ],
)
def test_rules_name_the_place(asked: Question, place: tuple[str | int, ...], message: str) -> None:
    (found,) = order.faults(asked)
    assert found[:2] == (place, message)


def test_sound_questions_have_no_fault() -> None:
    assert [fault for asked in (CHAIN, LOOSE, ONE) for fault in order.faults(asked)] == []


@given(st.lists(st.sampled_from(list(permutations("abcd", 2))), min_size=1, max_size=6, unique=True))
def test_a_ring_is_found_exactly_where_no_order_is_right(pairs: list[tuple[str, str]]) -> None:
    asked = question("abcd", *(rule(*pair) for pair in pairs))
    right = [steps for steps in permutations("abcd") if order.grade(asked, Answer(steps)).earned == 1]
    assert (list(order.faults(asked)) == []) == (right != [])


def test_sources_and_misconceptions_stand_at_their_pairs() -> None:
    assert list(order.sources(CHAIN)) == [(("before", 0, "sources", 0), "leaf2019")]
    assert list(order.misconceptions(CHAIN)) == [(("before", 1, "misconception"), "myth")]
    assert list(order.harms(CHAIN)) == []
