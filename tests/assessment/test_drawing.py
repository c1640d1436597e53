"""Which cases an attempt brings."""

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.assessment.drawing import History, draw, objectives, replacement
from app.content.records import Quiz, Vignette
from app.questions import choice


def vignette(
    id: str, *asked: str, note: str | None = None, neutral: str | None = None, harm: str | None = None
) -> Vignette:
    return Vignette(
        id=id,
        title=id,
        condition="thirst",
        phase="first",
        setting="kitchen",
        content_note=note,
        neutral=neutral,
        text="Text.",
        questions=tuple(question(f"{id}-{number}", objective, harm) for number, objective in enumerate(asked)),
    )


def question(id: str, objective: str, harm: str | None) -> choice.Question:
    options = [{"id": "a", "text": "A", "correct": True, "reason": "R", "basis": "convention"}]
    options += [{"id": one, "text": one, "reason": "R", "basis": "convention"} for one in ("b", "c")]
    if harm:
        options[1]["harmful"] = harm
    return choice.Question.model_validate(
        {"id": id, "type": "choice", "objective": objective, "decision": "d", "stem": "S?", "options": options}
    )


def quiz(*vignettes: Vignette) -> Quiz:
    return Quiz("tea", "tea", "Tea", vignettes)


TEN = quiz(*(vignette(f"v{number}", f"tea.{number % 4 + 1}", f"tea.{number % 3 + 1}") for number in range(10)))


@given(
    st.integers(), st.dictionaries(st.sampled_from([f"v{n}" for n in range(10)]), st.integers(0, 5)), st.integers(1, 12)
)
def test_a_draw_never_repeats_and_is_as_long_as_the_bank_allows(seed: int, seen: dict[str, int], wanted: int) -> None:
    drawn = draw(TEN, wanted, History(seen), random.Random(seed))

    assert len({one.id for one in drawn}) == len(drawn) == min(wanted, 10)


@given(st.integers(), st.sets(st.sampled_from([f"v{n}" for n in range(10)]), max_size=5))
def test_unseen_cases_come_first(seed: int, seen: set[str]) -> None:
    drawn = draw(TEN, 5, History(dict.fromkeys(seen, 1)), random.Random(seed))

    assert not {one.id for one in drawn} & seen


@given(st.integers())
def test_a_draw_spreads_over_all_objectives(seed: int) -> None:
    drawn = draw(TEN, 5, History({}), random.Random(seed))

    assert set(objectives(drawn)) == {"tea.1", "tea.2", "tea.3", "tea.4"}


@given(st.integers())
def test_a_missed_objective_comes_back_on_another_case(seed: int) -> None:
    bank = quiz(*(vignette(f"v{n}", "tea.2" if n in (3, 7) else "tea.1") for n in range(10)))

    drawn = draw(bank, 2, History({"v3": 1}, missed=["tea.2"]), random.Random(seed))

    assert "v7" in {one.id for one in drawn}


@given(st.integers())
def test_a_harm_once_chosen_comes_back_on_another_case(seed: int) -> None:
    bank = quiz(*(vignette(f"v{n}", "tea.1", harm="scald" if n in (3, 7) else None) for n in range(10)))

    drawn = draw(bank, 2, History({"v3": 1}, harms=["scald"]), random.Random(seed))

    assert "v7" in {one.id for one in drawn}


def test_chance_lets_every_case_come_up() -> None:
    drawn = Counter(one.id for seed in range(200) for one in draw(TEN, 5, History({}), random.Random(seed)))

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
