"""A copy of the sample course for each test, to spoil."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from app.content import CourseFaults, Fault, load_course, strict_yaml

SAMPLE = Path(__file__).parents[1] / "sample_course"
Spoil = Callable[[str, str, str], tuple[Fault, ...]]


_parse = strict_yaml.parse


@cache
def _parsed(path: str, text: str, first_line: int) -> tuple[strict_yaml.Document | None, tuple[Fault, ...]]:
    found: list[Fault] = []
    return _parse(path, text, found, first_line), tuple(found)


@pytest.fixture(autouse=True)
def parse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of tests change one file of a dozen: the others are parsed once a process. Nothing writes to what has
    been parsed."""

    def parse(path: str, text: str, faults: list[Fault], first_line: int = 1) -> strict_yaml.Document | None:
        document, found = _parsed(path, text, first_line)
        faults.extend(found)
        return document

    monkeypatch.setattr(strict_yaml, "parse", parse)


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
