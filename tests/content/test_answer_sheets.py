"""The answer sheets against the keys as they stand: where reader and key part, the question is wrong."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "docs/reviews/answers").glob("*.yaml"))
REVIEW = ROOT / "docs/reviews/2026-11-quizzes.md"
MODULES = [sheet.stem for sheet in SHEETS]
LEAST = Fraction(95, 100)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def questions(module: str) -> dict[str, dict[str, Any]]:
    vignettes = read(ROOT / "quizzes" / f"{module}.yaml")["vignettes"]
    return {question["id"]: question for vignette in vignettes for question in vignette["questions"]}


def key(question: dict[str, Any]) -> set[str]:
    return {option["id"] for option in question["options"] if option.get("correct")}


def standing(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer to the question as it is now: the first one, unless the question was changed and answered again."""
    found: dict[str, Any] = answer.get("now", answer["first"])
    return found


def agreement(modules: list[str]) -> tuple[int, int]:
    """How many answers match the whole key, out of how many questions."""
    matches = [
        set(standing(answer)["chosen"]) == key(asked)
        for module in modules
        for asked, answer in ((questions(module)[id], answer) for id, answer in read_sheet(module).items())
    ]
    return sum(matches), len(matches)


def read_sheet(module: str) -> dict[str, Any]:
    sheet: dict[str, Any] = read(ROOT / "docs/reviews/answers" / f"{module}.yaml")
    return sheet


def test_every_quiz_has_a_sheet() -> None:
    assert sorted(path.stem for path in (ROOT / "quizzes").glob("*.yaml")) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_sheet_answers_every_question_with_options_it_has(module: str) -> None:
    asked, sheet = questions(module), read_sheet(module)

    assert set(sheet) == set(asked)
    for id, answer in sheet.items():
        chosen = standing(answer)["chosen"]
        assert set(chosen) <= {option["id"] for option in asked[id]["options"]}, id
        assert len(chosen) == len(set(chosen)) == asked[id].get("pick", 1), id
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
