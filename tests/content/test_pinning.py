import json
from pathlib import Path

import pytest

from app import questions
from app.content import Course, load_course
from app.content.pinning import Version, pin
from tests.content.conftest import SAMPLE


def version(root: Path, vignette: str = "brewing-ada", number: int = 0) -> Version:
    course = load_course(root)
    found = course.quiz(vignette.split("-")[0]).vignette(vignette)
    return pin(course, found, found.questions[number])


def edit(root: Path, old: str, new: str) -> None:
    path = root / "quizzes/brewing.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(SAMPLE)


def test_version_names_what_it_is_a_copy_of(course: Course) -> None:
    found = version(SAMPLE)

    assert (found.question_id, found.vignette_id, found.quiz_id) == ("brewing-ada-a", "brewing-ada", "brewing")
    assert (found.type, found.schema_version) == ("choice", 1)
    assert len(found.digest) == len(found.scoring_digest) == 64


def test_copy_survives_json_and_loads_without_the_course(course: Course) -> None:
    for quiz in course.quizzes.values():
        for vignette in quiz.vignettes:
            for question in vignette.questions:
                found = pin(course, vignette, question)
                pinned = questions.load(found.type, found.schema_version, json.loads(json.dumps(found.data)))
                assert pinned.question == question
                assert pinned.vignette.id == vignette.id


def test_labels_hold_words_and_addresses(course: Course) -> None:
    found = version(SAMPLE)

    assert found.data["labels"] == {
        "objective": "Choose the temperature of the water.",
        "sections": [["/modules/brewing/water", "Water"]],
        "sources": {"leaf2019": ["Leaf & Kettle (2019)", "https://doi.org/10.1234/jit.2019.12"]},
        "misconceptions": {
            "boiling-for-all": "Every tea wants boiling water.",
            "longer-is-stronger": "The longer tea steeps, the better it is.",
        },
        "harms": {},
    }


def test_same_files_give_the_same_digests() -> None:
    assert version(SAMPLE) == version(SAMPLE)


def test_typo_in_a_reason_changes_the_digest_alone(root: Path) -> None:
    before = version(root)
    edit(root, "reason: The leaves decide.", "reason: The leaves decide it.")
    after = version(root)

    assert after.digest != before.digest
    assert after.scoring_digest == before.scoring_digest


def test_reordered_options_score_alike(root: Path) -> None:
    before = version(root, number=1)
    text = (root / "quizzes/brewing.yaml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    warm = next(line for line in lines if "{id: warm" in line)
    stir = next(line for line in lines if "{id: stir" in line)
    edit(root, warm, "")
    edit(root, stir, stir + warm)
    after = version(root, number=1)

    assert after.data["question"] != before.data["question"]
    assert after.scoring_digest == before.scoring_digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The kettle is on for the guest number 1.", "The kettle is off."),
        ("stem: What do you do *first*?", "stem: What do you do?"),
        ("text: Boil the water for longer.", "text: Boil it."),
        ("- id: boil-longer", "- id: boil-on"),
        ("            misconception: boiling-for-all", "            harmful: scalding"),
    ],
)
def test_what_makes_it_harder_changes_both_digests(root: Path, old: str, new: str) -> None:
    before = version(root)
    edit(root, old, new)
    after = version(root)

    assert after.digest != before.digest
    assert after.scoring_digest != before.scoring_digest
