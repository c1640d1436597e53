"""What answers over several attempts say."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.assessment.insight import (
    LEVELS,
    Confidence,
    GradedAnswer,
    by_belief,
    by_objective,
    calibration,
)
from tests.conftest import START


def answer(
    question: str,
    score: Fraction | int = 1,
    *,
    objective: str = "tea.1",
    minute: int = 0,
    confidence: Confidence | None = None,
    chosen: tuple[str, ...] = (),
    offered: tuple[str, ...] = (),
) -> GradedAnswer:
    """An answer to question "case-number"."""
    case = question.partition("-")[0]
    return GradedAnswer(
        attempt_id=UUID(int=1),
        position=minute + 1,
        case_id=case,
        case_title=case.title(),
        question_id=question,
        objective_id=objective,
        objective_text=f"Text of {objective}",
        sections=(("/modules/tea/water", "Water"),),
        score=Fraction(score),
        confidence=confidence,
        chosen={id: f"Belief {id}" for id in chosen},
        offered={*offered, *chosen},
        answered_at=START + timedelta(minutes=minute),
    )


def test_objective_below_three_answers_is_not_judged() -> None:
    (found,) = by_objective([answer("ann-1", 0), answer("ben-1", 0)], 80)

    assert found.standing == "too-few"
    assert [case.title for case in found.cases] == ["Ann", "Ben"]


def test_objective_from_three_answers_on_is_known_or_to_be_read_again() -> None:
    known = [answer(f"{name}-1", objective="tea.1") for name in ("ann", "ben", "cleo")]
    missed = [answer(f"{name}-2", score, objective="tea.2") for name, score in (("ann", 0), ("ben", 1), ("cleo", 1))]

    found = by_objective([*known, *missed], 80)

    assert [(one.objective_id, one.standing, one.earned, one.asked) for one in found] == [
        ("tea.2", "read-again", Fraction(2), 3),
        ("tea.1", "known", Fraction(3), 3),
    ]


def test_objective_counts_the_newest_answer_to_each_question() -> None:
    first = [answer(f"{name}-1", 0, minute=1) for name in ("ann", "ben", "cleo")]
    again = [answer(f"{name}-1", 1, minute=2) for name in ("ann", "ben", "cleo")]

    (found,) = by_objective([*again, *first], 80)

    assert (found.standing, found.earned, found.asked) == ("known", Fraction(3), 3)


def test_objective_known_exactly_at_the_mark() -> None:
    five = [answer(f"{name}-1", score) for name, score in zip("abcde", (1, 1, 1, 1, 0), strict=True)]

    (at,) = by_objective(five, 80)
    (above,) = by_objective(five, 81)

    assert (at.standing, above.standing) == ("known", "read-again")


def test_belief_is_corrected_by_a_later_other_case_that_offered_it() -> None:
    wrong = answer("ann-1", 0, chosen=("hot",), minute=1)
    table = {
        "same case": [wrong, answer("ann-2", 1, offered=("hot",), minute=2)],
        "not offered": [wrong, answer("ben-1", 1, minute=2)],
        "earlier": [wrong, answer("ben-1", 1, offered=("hot",), minute=0)],
        "parallel case": [wrong, answer("ben-1", 1, offered=("hot",), minute=2)],
        "shown again after": [
            wrong,
            answer("ben-1", 1, offered=("hot",), minute=2),
            answer("cleo-1", 0, chosen=("hot",), minute=3),
        ],
    }

    assert {name: by_belief(answers)[0].corrected for name, answers in table.items()} == {
        "same case": False,
        "not offered": False,
        "earlier": False,
        "parallel case": True,
        "shown again after": False,
    }


def test_sure_and_wrong_needs_two_different_cases() -> None:
    once = answer("ann-1", 0, chosen=("hot",), confidence="sure")
    same = answer("ann-2", 0, chosen=("hot",), confidence="sure", minute=1)
    unsure = answer("ben-1", 0, chosen=("hot",), confidence="fairly", minute=2)
    other = answer("cleo-1", 0, chosen=("hot",), confidence="sure", minute=3)

    assert [by_belief(answers)[0].sure_and_wrong for answers in ([once, same, unsure], [once, same, other])] == [
        False,
        True,
    ]


def test_beliefs_that_stand_come_before_corrected_ones() -> None:
    answers = [
        answer("ann-1", 0, chosen=("cold", "hot"), minute=1),
        answer("ben-1", 1, offered=("cold",), minute=2),
    ]

    assert [one.misconception_id for one in by_belief(answers)] == ["hot", "cold"]


def test_calibration_has_every_level_with_its_number() -> None:
    answers = [
        answer("ann-1", 1, confidence="sure"),
        answer("ben-1", Fraction(1, 2), confidence="sure"),
        answer("cleo-1", 0, confidence="guessing"),
        answer("dan-1", 1),
    ]

    assert [(one.confidence, one.n, one.share) for one in calibration(answers)] == [
        ("sure", 2, Fraction(3, 4)),
        ("fairly", 0, None),
        ("guessing", 1, Fraction(0)),
    ]


ANSWERS = st.lists(
    st.builds(
        answer,
        st.sampled_from([f"{case}-{number}" for case in ("ann", "ben", "cleo") for number in (1, 2)]),
        st.fractions(0, 1, max_denominator=4),
        objective=st.sampled_from(["tea.1", "tea.2"]),
        minute=st.integers(0, 50),
        confidence=st.sampled_from([None, *LEVELS]),
        chosen=st.sets(st.sampled_from(["hot", "cold"])).map(tuple),
    ),
    max_size=20,
)


@given(ANSWERS)
def test_nothing_is_counted_twice_or_lost(answers: list[GradedAnswer]) -> None:
    objectives = by_objective(answers, 80)
    levels = calibration(answers)

    assert {one.objective_id for one in objectives} == {one.objective_id for one in answers}
    assert all(0 <= one.earned <= one.asked for one in objectives)
    assert sum(one.n for one in levels) == sum(one.confidence is not None for one in answers)
    assert {one.misconception_id for one in by_belief(answers)} == {id for one in answers for id in one.chosen}
