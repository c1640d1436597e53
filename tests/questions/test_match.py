from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations, product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions import AnswerError, Labels, Pinned, PinnedVignette, match
from app.questions.match import Answer, Question
from app.questions.pairing import paired

REASON = {"reason": "R *so*.", "basis": "convention"}


def prompt(id: str, accept: str, **values: Any) -> dict[str, Any]:
    return {"id": id, "text": f"Text of *{id}*", "accept": list(accept), **REASON, **values}


def offered(id: str, **values: Any) -> dict[str, Any]:
    return {"id": id, "text": f"Answer *{id}*", **values}


def spare(id: str, **values: Any) -> dict[str, Any]:
    return offered(id, **{**REASON, **values})


def question(prompts: list[dict[str, Any]], answers: list[dict[str, Any]], **values: Any) -> Question:
    head = {"id": "q", "type": "match", "objective": "m.1", "decision": "d", "stem": "Which *where*?"}
    return Question.model_validate({**head, "prompts": prompts, "answers": answers, **values})


ONCE = question(
    [
        prompt("p", "ab", basis="evidence", sources=["leaf2019"]),
        prompt("q", "a", misconception="myth"),
        prompt("r", "c"),
    ],
    [offered("a"), offered("b"), spare("c"), spare("x", misconception="lore", basis="debated")],
)
"""`a` fits two prompts, so that `p` has to make do with `b`."""
AGAIN = question(
    [prompt("p", "a"), prompt("q", "a"), prompt("r", "bc")], [offered("a"), offered("b"), offered("c")], reuse=True
)
BOTH = st.sampled_from([ONCE, AGAIN])


def pairs(asked: Question, answers: str) -> Answer:
    return Answer(tuple((prompt.id, id) for prompt, id in zip(asked.prompts, answers, strict=True)))


def given_as(**answers: str) -> dict[str, list[str]]:
    return {f"match-{prompt}": [answer] for prompt, answer in answers.items()}


def every_answer(asked: Question) -> list[Answer]:
    ids = [one.id for one in asked.answers]
    chosen = product(ids, repeat=3) if asked.reuse else permutations(ids, 3)
    return [pairs(asked, "".join(answers)) for answers in chosen]


# Parsing


def test_parse_takes_an_answer_for_each_prompt() -> None:
    assert match.parse(ONCE, {**given_as(r="c", p="b", q="x"), "csrf_token": ["t"]}) == pairs(ONCE, "bxc")


def test_parse_takes_an_answer_twice_where_it_may_serve_twice() -> None:
    assert match.parse(AGAIN, given_as(p="a", q="a", r="a")) == pairs(AGAIN, "aaa")


@pytest.mark.parametrize(
    ("form", "code", "said"),
    [
        ({}, "no-answer", "Give every line an answer. Still without one: 3."),
        (given_as(p="a", q="", r="c"), "no-answer", "Give every line an answer. Still without one: 1."),
        (given_as(p="a", q="b", r="z"), "unknown-answer", "Choose from the answers on this page."),
        (
            {**given_as(p="a", q="b"), "match-r": ["c", "x"]},
            "unknown-answer",
            "Choose from the answers on this page.",
        ),
        (
            given_as(p="a", q="a", r="c"),
            "answer-twice",
            "Here each answer serves only once, and one of them stands twice.",
        ),
    ],
)
def test_parse_says_what_is_wrong(form: dict[str, list[str]], code: str, said: str) -> None:
    with pytest.raises(AnswerError) as raised:
        match.parse(ONCE, form)
    assert (raised.value.code, str(raised.value)) == (code, said)


FIELDS = st.sampled_from([f"match-{id}" for id in "pqr"])
VALUES = st.lists(st.one_of(st.sampled_from("abcx"), st.text()), max_size=2)


@given(BOTH, st.dictionaries(st.one_of(FIELDS, st.text()), VALUES))
def test_parse_of_any_form_gives_an_answer_or_an_answer_error(asked: Question, form: dict[str, list[str]]) -> None:
    try:
        found = match.parse(asked, form)
    except AnswerError as error:
        assert error.code
    else:
        assert found in every_answer(asked)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from("abcx"),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(), inner) | st.fixed_dictionaries(dict.fromkeys("pqr", inner))
    ),
)


@given(BOTH, JSON)
def test_stored_data_gives_an_answer_or_an_answer_error(asked: Question, data: object) -> None:
    try:
        found = match.answer_from(asked, data)
    except AnswerError:
        return
    assert match.answer_from(asked, match.answer_data(found)) == found


@given(BOTH, st.data())
def test_form_is_what_parse_takes(asked: Question, data: st.DataObject) -> None:
    answer = data.draw(st.sampled_from(every_answer(asked)))
    assert match.parse(asked, match.form(answer)) == answer
    assert match.answer_from(asked, match.answer_data(answer)) == answer


# Grading


@pytest.mark.parametrize(
    ("asked", "answers", "share"),
    [
        (ONCE, "bac", Fraction(1)),
        (ONCE, "abc", Fraction(2, 3)),
        (ONCE, "bax", Fraction(2, 3)),
        (ONCE, "axb", Fraction(1, 3)),
        (ONCE, "cxa", Fraction(0)),
        (AGAIN, "aab", Fraction(1)),
        (AGAIN, "aac", Fraction(1)),
        (AGAIN, "aaa", Fraction(2, 3)),
        (AGAIN, "bba", Fraction(0)),
    ],
)
def test_grade_is_the_share_of_prompts_with_an_answer_that_fits(asked: Question, answers: str, share: Fraction) -> None:
    assert match.grade(asked, pairs(asked, answers)).earned == share


def test_beliefs_behind_answers_and_prompts_are_named_where_they_do_not_fit() -> None:
    assert match.grade(ONCE, pairs(ONCE, "bxc")).misconceptions == ("lore", "myth")
    assert match.grade(ONCE, pairs(ONCE, "bax")).misconceptions == ("lore",)
    assert match.grade(ONCE, pairs(ONCE, "bac")).misconceptions == ()


@given(BOTH, st.data())
def test_grade_is_full_exactly_where_every_answer_fits(asked: Question, data: st.DataObject) -> None:
    answer = data.draw(st.sampled_from(every_answer(asked)))
    found = match.grade(asked, answer)

    fits = [id in prompt.accept for prompt, (_, id) in zip(asked.prompts, answer.pairs, strict=True)]
    assert 0 <= found.earned <= found.possible == 1
    assert (found.earned == 1) == all(fits)
    assert (found.earned == 0) == (not any(fits))


@pytest.mark.parametrize("asked", [ONCE, AGAIN])
def test_best_earns_all_and_worst_least(asked: Question) -> None:
    shares = [match.grade(asked, answer).earned for answer in every_answer(asked)]
    assert match.grade(asked, match.best(asked)).earned == max(shares) == 1
    assert match.grade(asked, match.worst(asked)).earned == min(shares) == 0


def test_worst_is_an_answer_even_where_something_must_fit() -> None:
    tight = question([prompt("p", "ab"), prompt("q", "ab")], [offered("a"), offered("b"), spare("x")])
    assert match.grade(tight, match.worst(tight)).earned == Fraction(1, 2)
    assert match.worst(tight) in [pairs(tight, "xa"), pairs(tight, "xb"), pairs(tight, "ax"), pairs(tight, "bx")]


WISHES = st.dictionaries(st.sampled_from("pqrs"), st.lists(st.sampled_from("abcd"), unique=True), min_size=1)


@given(WISHES)
def test_as_many_are_paired_as_can_be(wishes: Mapping[str, list[str]]) -> None:
    found = paired(wishes)

    most = max(sum(id in wishes[one] for one, id in zip(wishes, order, strict=False)) for order in permutations("abcd"))
    assert len(found) == len(set(found.values())) == most
    assert all(id in wishes[one] for one, id in found.items())


# Order


@given(BOTH, st.integers())
def test_stored_order_holds_every_answer_once(asked: Question, seed: int) -> None:
    assert sorted(match.stored_order(asked, Random(seed))) == [one.id for one in asked.answers]


@given(BOTH, st.data())
def test_stored_order_changes_neither_grade_nor_what_is_shown_of_an_answer(
    asked: Question, data: st.DataObject
) -> None:
    answer = data.draw(st.sampled_from(every_answer(asked)))
    one, other = (match.present(pinned(asked), match.stored_order(asked, Random(seed)), answer) for seed in (1, 2))
    assert (one.prompts, one.left_over, one.grade) == (other.prompts, other.left_over, other.grade)


def test_scoring_data_leaves_out_what_does_not_change_the_score() -> None:
    again = question(
        [prompt("r", "c"), prompt("q", "a", reason="Other."), prompt("p", "ba")],
        [offered("x"), offered("c"), offered("b"), offered("a")],
    )
    assert match.scoring_data(again) == match.scoring_data(ONCE)
    assert match.scoring_data(again.model_copy(update={"reuse": True})) != match.scoring_data(ONCE)


# Presenting


def pinned(asked: Question) -> Pinned:
    vignette = PinnedVignette(id="v", title="T", condition="c", phase="p", setting="s", text="V")
    labels = Labels(
        objective="O",
        sources={"leaf2019": ("Leaf (2019)", "https://doi.org/10.1/x")},
        misconceptions={"myth": "A myth.", "lore": "A lore."},
    )
    return Pinned("match", 1, vignette, asked, labels)


def html(*ids: str) -> tuple[str, ...]:
    return tuple(f"Answer <em>{id}</em>" for id in ids)


def test_view_before_the_answer_gives_nothing_away() -> None:
    view = match.present(pinned(ONCE), ["x", "b", "a", "c"], None)

    assert (view.stem_html, view.answered, view.verdict, view.grade) == ("Which <em>where</em>?", False, None, None)
    assert [(one.number, one.name, one.html) for one in view.prompts] == [
        (1, "match-p", "Text of <em>p</em>"),
        (2, "match-q", "Text of <em>q</em>"),
        (3, "match-r", "Text of <em>r</em>"),
    ]
    assert {(one.right, one.given_html, one.given_why, one.fits, one.why) for one in view.prompts} == {
        (False, "", None, (), None)
    }
    assert [(one.id, one.html, one.why) for one in view.offered] == [
        (id, f"Answer <em>{id}</em>", None) for id in "xbac"
    ]
    assert view.left_over == ()


def test_view_after_the_answer_shows_what_fits_and_why() -> None:
    p, q, r = match.present(pinned(ONCE), list("xbac"), pairs(ONCE, "axc")).prompts

    assert [(one.right, one.given_html, one.fits) for one in (p, q, r)] == [
        (True, *html("a"), html("b")),
        (False, *html("x"), html("a")),
        (True, *html("c"), ()),
    ]
    assert p.why is not None
    assert p.why.sources == (("Leaf (2019)", "https://doi.org/10.1/x"),)
    assert (p.given_why, r.given_why) == (None, None)
    assert q.given_why is not None
    assert (q.given_why.misconception, q.given_why.basis) == ("A lore.", "debated")


def test_what_was_rightly_left_behind_is_shown_with_its_reason() -> None:
    (left,) = match.present(pinned(ONCE), list("xbac"), pairs(ONCE, "bac")).left_over
    assert (left.id, left.html, left.why and left.why.reason_html) == ("x", *html("x"), "<p>R <em>so</em>.</p>")
    assert match.present(pinned(ONCE), list("xbac"), pairs(ONCE, "bxc")).left_over == ()


@pytest.mark.parametrize(("answers", "verdict"), [("bac", "right"), ("bax", "partly"), ("cxa", "wrong")])
def test_verdict_follows_the_grade(answers: str, verdict: str) -> None:
    assert match.present(pinned(ONCE), list("abcx"), pairs(ONCE, answers)).verdict == verdict


# Rules

P, Q = prompt("p", "a"), prompt("q", "b")
A, B, X = offered("a"), offered("b"), spare("x")


@pytest.mark.parametrize(
    ("asked", "place", "message"),
    [
        (question([P, {**Q, "id": "p"}], [A, B, X]), ("prompts", 1, "id"), "The prompt id `p` occurs twice."),
        (question([P, Q], [A, B, X, spare("x")]), ("answers", 3, "id"), "The answer id `x` occurs twice."),
        (question([P, prompt("q", "by")], [A, B, X]), ("prompts", 1, "accept", 1), "There is no answer `y`."),
        (question([P, prompt("q", "bb")], [A, B, X]), ("prompts", 1, "accept", 1), "The answer `b` is accepted twice."),
        (
            question([P, prompt("q", "ab")], [A, B], reuse=True),
            ("prompts", 1, "accept"),
            "Every answer fits `q`.",
        ),
        (
            question([P, {**Q, "basis": "debated"}], [A, B, X]),
            ("prompts", 1, "basis"),
            "A prompt, which decides the score, is never `debated`.",
        ),
        (
            question([P, {**Q, "basis": "evidence"}], [A, B, X]),
            ("prompts", 1, "basis"),
            "`basis: evidence` without a source.",
        ),
        (
            question([P, Q], [A, B, spare("x", basis="evidence")]),
            ("answers", 2, "basis"),
            "`basis: evidence` without a source.",
        ),
        (
            question([P, Q], [A, B, offered("x")]),
            ("answers", 2, "id"),
            "The answer `x` fits nowhere and has no reason.",
        ),
        (
            question([P, Q], [A, B, offered("x", reason="R")]),
            ("answers", 2, "reason"),
            "A reason without `basis`.",
        ),
        (
            question([P, Q], [A, offered("b", misconception="m"), X]),
            ("answers", 1, "id"),
            "The answer `b` has a basis, source or misconception, but no reason.",
        ),
        (
            question([P, prompt("q", "a")], [A, X]),
            ("prompts",),
            "No answer earns full marks: too few answers fit, if each serves once.",
        ),
        (
            question([P, Q], [A, B]),
            ("answers",),
            "No answer is left over, so the last pair gives itself away.",
        ),
    ],
)
def test_rules_name_the_place(asked: Question, place: tuple[str | int, ...], message: str) -> None:
    (found,) = match.faults(asked)
    assert found[:2] == (place, message)


def test_sound_questions_have_no_fault() -> None:
    assert [*match.faults(ONCE), *match.faults(AGAIN)] == []


def test_sources_and_misconceptions_stand_at_their_places() -> None:
    assert list(match.sources(ONCE)) == [(("prompts", 0, "sources", 0), "leaf2019")]
    assert list(match.misconceptions(ONCE)) == [
        (("prompts", 1, "misconception"), "myth"),
        (("answers", 3, "misconception"), "lore"),
    ]
    assert list(match.harms(ONCE)) == []
