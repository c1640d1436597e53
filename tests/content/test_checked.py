"""A checked course that is laid by for the next start."""

import logging
import os
import pickle
from pathlib import Path

import pytest

from app.content import CourseFaults, LaidBy, checked, load_course
from app.content.records import Course

KEY = "k" * 40


@pytest.fixture
def laid_by(tmp_path: Path) -> LaidBy:
    return LaidBy(tmp_path / "checked-course", KEY)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read and checked."""
    found: list[Path] = []

    def load(root: Path) -> Course:
        found.append(root)
        return load_course(root)

    monkeypatch.setattr(checked, "load_course", load)
    return found


def test_an_unchanged_course_is_checked_once_and_stays_the_same(
    root: Path, laid_by: LaidBy, checks: list[Path]
) -> None:
    assert laid_by.load(root) == laid_by.load(root) == load_course(root)
    assert checks == [root]


def test_a_change_of_a_byte_or_a_name_is_checked(root: Path, laid_by: LaidBy, checks: list[Path]) -> None:
    laid_by.load(root)
    path = root / "modules/welcome.md"
    path.write_text(path.read_text(encoding="utf-8").replace("tea", "broth", 1), encoding="utf-8")

    assert laid_by.load(root) == load_course(root)
    assert len(checks) == 2
    (root / "course/notes.txt").write_text("Buy milk.", encoding="utf-8")
    laid_by.load(root)
    assert len(checks) == 3


def test_a_change_of_the_code_is_checked(
    root: Path, laid_by: LaidBy, checks: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_by.load(root)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/rules.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(checked, "CODE", tmp_path)

    laid_by.load(root)

    assert len(checks) == 2


def test_faults_are_said_each_time(root: Path, laid_by: LaidBy) -> None:
    laid_by.load(root)
    (root / "modules/welcome.md").write_text("nothing", encoding="utf-8")

    for _ in range(2):
        with pytest.raises(CourseFaults):
            laid_by.load(root)


def test_a_pipe_or_a_closed_file_is_a_fault_and_not_waited_for(root: Path, laid_by: LaidBy) -> None:
    laid_by.load(root)
    os.mkfifo(root / "course/figures/endless.svg")

    with pytest.raises(CourseFaults):
        laid_by.load(root)


def test_nothing_is_read_that_was_sealed_with_another_key(root: Path, laid_by: LaidBy, checks: list[Path]) -> None:
    LaidBy(laid_by.path, "another" * 6).load(root)

    laid_by.load(root)

    assert len(checks) == 2


@pytest.mark.parametrize("whole", [b"", b"short", b"\0" * 32, b"\0" * 32 + pickle.dumps("no course")])
def test_a_damaged_or_foreign_file_is_not_believed(
    root: Path, laid_by: LaidBy, checks: list[Path], whole: bytes
) -> None:
    laid_by.path.write_bytes(whole)

    assert laid_by.load(root).title == "Making Tea"
    assert checks == [root]


def test_without_room_the_course_is_served_all_the_same(
    root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        course = LaidBy(tmp_path / "nowhere" / "checked-course", KEY).load(root)

    assert course.title == "Making Tea"
    assert [record.getMessage().split(" in ")[0] for record in caplog.records] == [
        "The checked course could not be laid by"
    ]


def test_a_course_edited_while_it_is_checked_is_not_laid_by(
    root: Path, laid_by: LaidBy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(folder: Path) -> Course:
        course = load_course(folder)
        (folder / "course/notes.txt").write_text("Just now.", encoding="utf-8")
        return course

    monkeypatch.setattr(checked, "load_course", load)
    laid_by.load(root)

    assert not laid_by.path.exists()
