"""Which cases an attempt brings."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.assessment.drawing import History, draw, objectives, replacement
from app.content.blueprint import Blueprint, asked, blueprint_of, can_fulfil, fulfils, within_reach
from app.content.records import FinalTest, Quiz, Vignette
from app.questions import BaseQuestion, choice, compose, match, order


def vignette(
    id: str,
    *asked: str,
    note: str | None = None,
    neutral: str | None = None,
    harm: str | None = None,
    formats: Sequence[str] = (),
) -> Vignette:
    kinds = [*formats, *["choice"] * len(asked)]
    return Vignette(
        id=id,
        title=id,
        condition="thirst",
        phase="first",
        setting="kitchen",
        content_note=note,
        neutral=neutral,
        text="Text.",
        questions=tuple(
            question(f"{id}-{number}", objective, kinds[number], harm) for number, objective in enumerate(asked)
        ),
    )


def question(id: str, objective: str, type: str, harm: str | None) -> BaseQuestion:
    shared = {"id": id, "type": type, "objective": objective, "decision": "d", "stem": "S?"}
    why = {"reason": "R", "basis": "convention"}
    if type == "order":
        steps = [{"id": one, "text": one} for one in "abc"]
        return order.Question.model_validate({**shared, "steps": steps, "before": [{"pair": ["a", "b"], **why}]})
    if type == "match":
        prompts = [{"id": one, "text": one, "accept": [one], **why} for one in "ab"]
        answers = [{"id": one, "text": one} for one in "ab"]
        return match.Question.model_validate({**shared, "prompts": prompts, "answers": answers})
    if type == "compose":
        criteria = [{"id": one, "text": one} for one in "ab"]
        exemplars = [{"text": "T", "meets": ["a", "b"], "note": "N"}]
        return compose.Question.model_validate({**shared, "criteria": criteria, "exemplars": exemplars})
    options = [{"id": "a", "text": "A", "correct": True, **why}]
    options += [{"id": one, "text": one, **why} for one in ("b", "c")]
    if harm:
        options[1]["harmful"] = harm
    return choice.Question.model_validate({**shared, "options": options})


def quiz(*vignettes: Vignette, before: dict[str, tuple[str, ...]] | None = None) -> Quiz:
    return Quiz("tea", "tea", "Tea", vignettes, before or {})


def any_of(count: int) -> Blueprint:
    """So many cases, whatever they ask."""
    return Blueprint(count, frozenset(), 0)


TEN = quiz(*(vignette(f"v{number}", f"tea.{number % 4 + 1}", f"tea.{number % 3 + 1}") for number in range(10)))
OBJECTIVES = tuple(f"tea.{number}" for number in range(1, 6))


@st.composite
def banks(draw: st.DrawFn) -> tuple[Quiz, Blueprint, History]:
    """Small banks of every kind, a blueprint for them, and a past."""
    wanted = draw(st.integers(1, 4))
    cases = []
    for number in range(draw(st.integers(wanted, 8))):
        own = draw(st.lists(st.sampled_from(OBJECTIVES), min_size=2, max_size=2))
        formats = draw(st.lists(st.sampled_from(["choice", "order", "match", "compose"]), min_size=2, max_size=2))
        twin = draw(st.sampled_from([None, f"v{number + 1}"]))
        cases.append(vignette(f"v{number}", *own, formats=formats, note="Note." if twin else None, neutral=twin))
    blueprint = blueprint_of(wanted, draw(st.sets(st.sampled_from(OBJECTIVES))), draw(st.integers(1, 3)))
    ids = st.sampled_from([case.id for case in cases])
    seen = draw(st.dictionaries(ids, st.integers(0, 3)))
    missed = draw(st.sets(st.sampled_from(OBJECTIVES), max_size=2))
    return quiz(*cases), blueprint, History(seen, missed)


def fulfilling(bank: Quiz, blueprint: Blueprint) -> list[tuple[Vignette, ...]]:
    """Every attempt that the bank allows, found the long way."""
    return [cases for cases in combinations(bank.vignettes, blueprint.vignettes) if fulfils(blueprint, cases)]


def profile(cases: Sequence[Vignette], history: History) -> list[int]:
    """How often each case was seen before, least first."""
    return sorted(history.seen.get(case.id, 0) for case in cases)


@given(banks())
def test_a_bank_can_fulfil_its_blueprint_exactly_if_some_choice_of_cases_does(
    given_: tuple[Quiz, Blueprint, History],
) -> None:
    bank, blueprint, _ = given_

    found = can_fulfil(blueprint, (), [(bank.vignettes, blueprint.vignettes)])

    assert found == bool(fulfilling(bank, blueprint))


@given(banks(), st.integers())
def test_a_bank_that_fulfils_its_blueprint_always_draws_an_attempt_that_does(
    given_: tuple[Quiz, Blueprint, History], seed: int
) -> None:
    bank, blueprint, history = given_
    assume(fulfilling(bank, blueprint))

    drawn = draw(bank, blueprint, history, random.Random(seed))

    assert fulfils(blueprint, drawn)
    assert len({case.id for case in drawn}) == blueprint.vignettes


@given(banks(), st.integers())
def test_no_other_attempt_that_fulfils_the_blueprint_has_cases_less_seen(
    given_: tuple[Quiz, Blueprint, History], seed: int
) -> None:
    bank, blueprint, history = given_
    possible = fulfilling(bank, blueprint)
    assume(possible)

    drawn = draw(bank, blueprint, history, random.Random(seed))

    assert profile(drawn, history) == min(profile(cases, history) for cases in possible)


@given(banks(), st.integers())
def test_a_bank_that_falls_short_still_draws_as_near_to_the_blueprint_as_it_comes(
    given_: tuple[Quiz, Blueprint, History], seed: int
) -> None:
    bank, blueprint, history = given_

    drawn = draw(bank, blueprint, history, random.Random(seed))

    most = max(
        (len(asked(cases).objectives & blueprint.objectives) for cases in combinations(bank.vignettes, len(drawn))),
    )
    assert len({case.id for case in drawn}) == blueprint.vignettes
    assert len(asked(drawn).objectives & blueprint.objectives) >= min(
        most, len(blueprint.objectives) - blueprint.unasked
    )


@settings(max_examples=20)
@given(st.integers(), st.integers(0, 3))
def test_a_large_bank_is_drawn_from_as_well(seed: int, rounds: int) -> None:
    rng = random.Random(seed)
    names = [f"tea.{number}" for number in range(1, 7)]
    kinds = ("choice", "order", "match", "choice", "choice")
    cases = [
        vignette(f"v{number}", *rng.sample(names, 2), formats=[rng.choice(kinds), rng.choice(kinds)])
        for number in range(30)
    ]
    bank, blueprint = quiz(*cases), blueprint_of(5, names, 3)
    assume(can_fulfil(blueprint, (), [(cases, 5)]))
    seen: Counter[str] = Counter()

    for _ in range(rounds + 1):
        drawn = draw(bank, blueprint, History(seen), rng)
        assert fulfils(blueprint, drawn)
        seen.update(case.id for case in drawn)


def test_more_objectives_than_questions_are_asked_as_far_as_they_go() -> None:
    names = [f"tea.{number}" for number in range(1, 6)]

    assert blueprint_of(2, names, 1) == Blueprint(2, frozenset(names), 1, unasked=1)


def test_what_is_not_graded_fulfils_nothing() -> None:
    bank = quiz(vignette("v0", "tea.1", "tea.1", "tea.2", formats=["choice", "choice", "compose"]))

    assert asked(bank.vignettes).objectives == {"tea.1"}
    assert asked(bank.vignettes).formats == {"choice"}


def test_a_poor_bank_gives_up_formats_before_objectives() -> None:
    bank = quiz(vignette("v0", "tea.1", "tea.2"), vignette("v1", "tea.1", "tea.1", formats=["order", "order"]))

    assert within_reach(blueprint_of(1, ["tea.1", "tea.2"], 2), bank.vignettes) == Blueprint(
        1, frozenset({"tea.1", "tea.2"}), 1
    )


@given(st.integers())
def test_cases_kept_for_before_and_after_reading_are_not_drawn(seed: int) -> None:
    bank = quiz(*TEN.vignettes, before={"A": ("v1-0",), "B": ("v2-1",)})

    drawn = draw(bank, any_of(8), History({}), random.Random(seed))

    assert {case.id for case in drawn} == {case.id for case in TEN.vignettes} - {"v1", "v2"}


@given(st.integers())
def test_twins_stand_apart_where_they_can(seed: int) -> None:
    bank = quiz(
        vignette("storm", "tea.1", note="Storm.", neutral="calm"), vignette("calm", "tea.1"), vignette("c", "tea.1")
    )

    drawn = draw(bank, any_of(2), History({}), random.Random(seed))

    assert {case.id for case in drawn} != {"storm", "calm"}


@given(
    st.integers(), st.dictionaries(st.sampled_from([f"v{n}" for n in range(10)]), st.integers(0, 5)), st.integers(1, 12)
)
def test_a_draw_never_repeats_and_is_as_long_as_the_bank_allows(seed: int, seen: dict[str, int], wanted: int) -> None:
    drawn = draw(TEN, any_of(wanted), History(seen), random.Random(seed))

    assert len({one.id for one in drawn}) == len(drawn) == min(wanted, 10)


@given(st.integers(), st.sets(st.sampled_from([f"v{n}" for n in range(10)]), max_size=5))
def test_unseen_cases_come_first(seed: int, seen: set[str]) -> None:
    drawn = draw(TEN, any_of(5), History(dict.fromkeys(seen, 1)), random.Random(seed))

    assert not {one.id for one in drawn} & seen


@given(st.integers())
def test_a_draw_spreads_over_all_objectives(seed: int) -> None:
    drawn = draw(TEN, blueprint_of(5, ["tea.1", "tea.2", "tea.3", "tea.4"], 1), History({}), random.Random(seed))

    assert set(objectives(drawn)) == {"tea.1", "tea.2", "tea.3", "tea.4"}


@given(st.integers())
def test_a_missed_objective_comes_back_on_another_case(seed: int) -> None:
    bank = quiz(*(vignette(f"v{n}", "tea.2" if n in (3, 7) else "tea.1") for n in range(10)))

    drawn = draw(bank, any_of(2), History({"v3": 1}, missed=["tea.2"]), random.Random(seed))

    assert "v7" in {one.id for one in drawn}


@given(st.integers())
def test_a_harm_once_chosen_comes_back_on_another_case(seed: int) -> None:
    bank = quiz(*(vignette(f"v{n}", "tea.1", harm="scald" if n in (3, 7) else None) for n in range(10)))

    drawn = draw(bank, any_of(2), History({"v3": 1}, harms=["scald"]), random.Random(seed))

    assert "v7" in {one.id for one in drawn}


def test_chance_lets_every_case_come_up() -> None:
    drawn = Counter(one.id for seed in range(200) for one in draw(TEN, any_of(5), History({}), random.Random(seed)))

    assert set(drawn) == {f"v{number}" for number in range(10)}


NEUTRAL = vignette("calm", "tea.1")
OTHER = vignette("mild", "tea.1")
NOTED = vignette("storm", "tea.1", note="Storm.", neutral="calm")


def test_the_replacement_is_the_neutral_twin() -> None:
    assert replacement(quiz(NOTED, OTHER, NEUTRAL), "calm", ["tea.1"], ["storm"]) == NEUTRAL


def test_with_the_twin_already_drawn_another_neutral_case_of_the_objective_stands_in() -> None:
    assert replacement(quiz(NOTED, OTHER, NEUTRAL), "calm", ["tea.1"], ["storm", "calm"]) == OTHER


def test_with_no_neutral_case_left_there_is_no_replacement() -> None:
    assert replacement(quiz(NOTED, NEUTRAL), "calm", ["tea.1"], ["storm", "calm"]) is None


def test_a_case_kept_for_before_and_after_reading_replaces_nothing() -> None:
    kept = quiz(NOTED, OTHER, NEUTRAL, before={"A": ("mild-0",), "B": ("calm-0",)})

    assert replacement(kept, "calm", ["tea.1"], ["storm"]) is None


def test_in_the_final_test_only_the_twin_stands_in() -> None:
    final = FinalTest({"A": ("storm",), "B": ("mild",)}, (NOTED, OTHER, NEUTRAL))

    assert replacement(final, "calm", ["tea.1"], ["storm"]) == NEUTRAL
    assert replacement(final, "calm", ["tea.1"], ["storm", "calm"]) is None
