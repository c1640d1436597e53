"""A file of the course, however malformed, gets a fault with a line: the check neither falls over nor hangs."""

import os
import shutil
from pathlib import Path

import pytest

from app.content import CourseFaults, Fault, load_course
from app.content.strict_yaml import DEEPEST, parse
from tests.conftest import SAMPLE_COURSE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLE_COURSE, tmp_path / "course")


@pytest.mark.parametrize("depth", [DEEPEST + 1, 600, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_values_that_stand_too_deep(depth: int, opening: str, closing: str) -> None:
    faults: list[Fault] = []

    assert parse("a.yaml", "\n" + opening * depth + "1" + closing * depth, faults) is None
    assert faults == [Fault("a.yaml", 2, "The values stand too deep in one another.", "Flatten them.")]


def test_values_that_stand_as_deep_as_they_may() -> None:
    faults: list[Fault] = []

    assert parse("a.yaml", "[" * DEEPEST + "]" * DEEPEST, faults) is not None
    assert faults == []


@pytest.mark.parametrize("number", ["9" * 6000, "9" * 6000 + ".5", "-" + "9" * 19])
def test_numbers_longer_than_any_that_is_meant(number: str) -> None:
    faults: list[Fault] = []

    document = parse("a.yaml", f"value: {number}", faults)

    assert document is not None
    assert document.data == {"value": number}
    assert [fault.line for fault in faults] == [1]


def test_a_pipe_in_place_of_a_file(root: Path) -> None:
    os.mkfifo(root / "course/figures/endless.svg")

    with pytest.raises(CourseFaults) as found:
        load_course(root)

    assert [(fault.path, fault.message) for fault in found.value.faults] == [
        ("course/figures/endless.svg", "The file cannot be read (it is no plain file).")
    ]
