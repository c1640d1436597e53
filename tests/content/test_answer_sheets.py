"""The answer sheets against the keys as they stand: where reader and key part, the question is wrong."""

import re
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
import yaml

from app.content.records import Vignette
from app.questions import TYPES, BaseQuestion
from tests.shipped import ROOT, shipped

SHEETS = sorted((ROOT / "docs/reviews/answers").glob("*.yaml"))
REVIEW = ROOT / "docs/reviews/2026-11-quizzes.md"
MODULES = [sheet.stem for sheet in SHEETS]
LEAST = Fraction(95, 100)
AWAITING = {"awaiting": "independent reader"}
"""What stands in a sheet for a question that nobody but its author has answered yet."""


def questions(module: str) -> dict[str, BaseQuestion]:
    """Those that have a key."""
    return {question.id: question for vignette in cases(module) for question in vignette.questions if question.graded}


def cases(module: str) -> tuple[Vignette, ...]:
    course = shipped()
    if module == "mending":
        return course.mending
    return course.final.vignettes if course.final and module == "final" else course.quizzes[module].vignettes


@cache
def read_sheet(module: str) -> dict[str, Any]:
    sheet: dict[str, Any] = yaml.safe_load((ROOT / f"docs/reviews/answers/{module}.yaml").read_text("utf-8"))
    return sheet


def answered(module: str) -> dict[str, Any]:
    return {id: answer for id, answer in read_sheet(module).items() if answer != AWAITING}


def standing(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer to the question as it is now: the first one, unless the question was changed and answered again."""
    found: dict[str, Any] = answer.get("now", answer["first"])
    return found


def earned(question: BaseQuestion, chosen: object) -> Fraction:
    """`chosen` stands in a sheet as the application keeps an answer; raises if it is none to this question."""
    kind = TYPES[question.type]
    return kind.grade(question, kind.answer_from(question, chosen)).earned


def agreement(modules: list[str]) -> tuple[int, int]:
    """How many answers match the whole key, out of how many that were given."""
    matches = [
        earned(questions(module)[id], standing(answer)["chosen"]) == 1
        for module in modules
        for id, answer in answered(module).items()
    ]
    return sum(matches), len(matches)


@pytest.mark.slow
def test_every_quiz_has_a_sheet() -> None:
    assert sorted([*shipped().quizzes, "final", "mending"]) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_sheet_has_every_question_and_answers_that_fit_it(module: str) -> None:
    asked = questions(module)

    assert set(read_sheet(module)) == set(asked)
    for id, answer in answered(module).items():
        assert earned(asked[id], standing(answer)["chosen"]) <= 1, id
        assert {"chosen", "confidence", "why"} == set(answer["first"]) == set(standing(answer)), id
        assert ("now" in answer) == (answer.get("note") == "re-answered after change"), id


@pytest.mark.parametrize("modules", [[module] for module in MODULES] + [MODULES], ids=[*MODULES, "overall"])
def test_answers_agree_with_the_keys(modules: list[str]) -> None:
    matches, asked = agreement(modules)

    assert asked
    assert Fraction(matches, asked) >= LEAST, f"{matches} of {asked}"


def test_review_states_the_agreement_found_here() -> None:
    rows = dict(re.findall(r"^\| ([a-z-]+|\*\*overall\*\*) \|.*\| (\d+ of \d+) \|$", REVIEW.read_text("utf-8"), re.M))
    found = {module: "{} of {}".format(*agreement([module])) for module in MODULES}

    assert rows == found | {"**overall**": "{} of {}".format(*agreement(MODULES))}


def test_review_names_what_awaits_a_reader() -> None:
    told = set(re.findall(r"^\* `([a-z0-9-]+)`, `[a-z]+`$", REVIEW.read_text("utf-8"), re.M))

    assert told == {id for module in MODULES for id, answer in read_sheet(module).items() if answer == AWAITING}
