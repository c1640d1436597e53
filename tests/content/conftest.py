"""A copy of the sample course for each test, to spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content import CourseFaults, Fault, load_course

SAMPLE = Path(__file__).parents[1] / "sample_course"
Spoil = Callable[[str, str, str], tuple[Fault, ...]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLE, tmp_path / "course-to-spoil")


@pytest.fixture
def spoil(root: Path) -> Spoil:
    """Replaces the first such text in a file and returns the faults that brings."""

    def spoil(name: str, old: str, new: str) -> tuple[Fault, ...]:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return faults_of(root)

    return spoil


def faults_of(root: Path) -> tuple[Fault, ...]:
    try:
        load_course(root)
    except CourseFaults as error:
        return error.faults
    return ()
