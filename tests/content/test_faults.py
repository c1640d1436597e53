"""Every kind of fault, each with its place and its mend. `spoiled.yaml` holds those that one edit brings about."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.content import Fault
from tests.content.conftest import SAMPLE, Spoil, faults_of

SPOILED = yaml.safe_load((Path(__file__).parent / "spoiled.yaml").read_text(encoding="utf-8"))
EDITS = [
    pytest.param(case, id=case["name"], marks=[pytest.mark.slow] if number % 4 else [])
    for number, case in enumerate(SPOILED)
]
"""make test-fast tries every fourth."""


@pytest.mark.parametrize("case", EDITS)
def test_fault_has_file_line_message_and_mend(case: dict[str, Any], spoil: Spoil) -> None:
    assert [str(fault) for fault in spoil(case["file"], case["old"], case["new"])] == case["faults"]


def test_sample_course_has_no_fault() -> None:
    assert faults_of(SAMPLE) == ()


def test_empty_folder_lists_every_missing_file(tmp_path: Path) -> None:
    names = ("claims", "course", "glossary", "library", "misconceptions", "references")
    message, mend = "The file is missing.", "Create it; docs/author.md shows what it holds."

    assert faults_of(tmp_path) == tuple(Fault(f"course/{name}.yaml", 1, message, mend) for name in names)


def test_faults_of_all_files_are_listed_at_once(root: Path) -> None:
    for name in ("course/course.yaml", "quizzes/brewing.yaml", "course/glossary.yaml"):
        (root / name).write_text("a: [", encoding="utf-8")
    (root / "course/figures/bitterness.svg").write_text("<svg>", encoding="utf-8")
    (root / "modules/welcome.md").write_text("nothing", encoding="utf-8")

    paths = {fault.path for fault in faults_of(root)}

    assert paths == {
        "course/claims.yaml",  # points to a section that is gone
        "course/course.yaml",
        "course/figures/bitterness.svg",
        "course/glossary.yaml",
        "modules/welcome.md",
        "quizzes/brewing.yaml",
    }


def test_unreadable_file_brings_no_faults_about_its_ids(root: Path) -> None:
    (root / "course/references.yaml").write_text("- [", encoding="utf-8")

    assert [fault.path for fault in faults_of(root)] == ["course/references.yaml"]


def test_listed_module_without_file(root: Path) -> None:
    (root / "modules/welcome.md").unlink()

    message = "The module `welcome` is listed, but modules/welcome.md is missing."
    mend = "Write the file, or take the module off the list."
    assert faults_of(root) == (Fault("course/course.yaml", 8, message, mend),)


def test_module_file_not_listed(root: Path) -> None:
    (root / "modules/extra.md").write_text((root / "modules/welcome.md").read_text().replace("welcome.1", "extra.1"))

    mend = "Add `extra` to `modules` in course/course.yaml, or remove the file."
    assert faults_of(root) == (Fault("modules/extra.md", 1, "This module is not listed.", mend),)


def test_quiz_without_module(root: Path) -> None:
    (root / "quizzes/stirring.yaml").write_text("quiz: stirring\nvignettes: []\n", encoding="utf-8")

    messages = [str(fault) for fault in faults_of(root)]

    assert messages == [
        "quizzes/stirring.yaml:1: There is no module `stirring` for this quiz. "
        "A quiz has its module's id; the modules are `brewing`, `serving`, `welcome`.",
        "quizzes/stirring.yaml:2: The quiz has 0 vignettes; one attempt draws 3. "
        "Write 3 more, or lower `attempt` in course/course.yaml.",
        "quizzes/stirring.yaml:2: `vignettes` wants at least 1 items, not 0. Add or remove items.",
    ]


def test_figure_without_words(root: Path) -> None:
    (root / "course/figures/bitterness.md").unlink()

    mend = "Tell in course/figures/bitterness.md all that the picture shows."
    assert faults_of(root) == (Fault("course/figures/bitterness.svg", 1, "The figure has no text equivalent.", mend),)


def test_words_without_figure(root: Path) -> None:
    (root / "course/figures/bitterness.svg").unlink()

    mend = "Draw course/figures/bitterness.svg."
    assert faults_of(root) == (Fault("course/figures/bitterness.md", 1, "This text equivalent has no picture.", mend),)


def test_file_in_another_encoding(root: Path) -> None:
    path = root / "modules/welcome.md"
    path.write_bytes(path.read_bytes().replace(b"There is no hurry.", "Café.".encode("latin-1")))

    assert Fault("modules/welcome.md", 19, "This is not UTF-8.", "Save the file with the encoding UTF-8.") in faults_of(
        root
    )


def test_byte_order_mark(root: Path) -> None:
    path = root / "course/course.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    mend = "Save as UTF-8 without a byte order mark."
    assert faults_of(root) == (Fault("course/course.yaml", 1, "A byte order mark stands here.", mend),)


def test_windows_line_ends_are_no_fault(root: Path) -> None:
    for path in (root / "modules").glob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert faults_of(root) == ()
