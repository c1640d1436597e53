"""Transcripts to mend in a course: loaded, and taken in by what looks at every case."""

from pathlib import Path

import pytest

from app.content import Course, likeness, load_course
from app.content.coverage import questions
from app.content.gathering import gather
from app.content.guesser import graded
from tests.content.conftest import SAMPLE, faults_of

FILE = "quizzes/mending.yaml"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(SAMPLE)


def test_exercises_come_in_the_order_of_the_file(course: Course) -> None:
    assert [exercise.id for exercise in course.mending] == ["mend-kit", "mend-lou"]
    assert course.exercise("mend-lou").content_note == "A burnt hand is mentioned."
    with pytest.raises(KeyError):
        course.exercise("serving-gil")


def test_a_course_may_do_without(root: Path) -> None:
    (root / FILE).unlink()

    assert load_course(root).mending == ()


def test_they_are_no_quiz_and_take_no_contact_hours(root: Path, course: Course) -> None:
    (root / FILE).unlink()
    without = load_course(root)

    assert course.quizzes.keys() == without.quizzes.keys() == {"brewing", "serving"}
    assert course.contact_hours == without.contact_hours


def test_the_digest_changes_with_them(root: Path, course: Course) -> None:
    path = root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("The bench is still warm.", "The bench is cold."), "utf-8")

    assert load_course(root).digest != course.digest


def test_a_module_called_as_their_file_is(root: Path) -> None:
    for file in ("modules/welcome.md", "course/course.yaml"):
        words = (root / file).read_text(encoding="utf-8")
        (root / file).write_text(words.replace("welcome", "mending"), encoding="utf-8")
    (root / "modules/welcome.md").rename(root / "modules/mending.md")

    assert f"{FILE}:1: A module is called `mending`, as this file is. Give the module another id." in [
        str(fault) for fault in faults_of(root)
    ]


def test_a_link_says_nothing_of_exercises_that_cannot_be_read(root: Path) -> None:
    (root / FILE).write_text("mending: [", encoding="utf-8")
    path = root / "modules/brewing.md"
    words = path.read_text(encoding="utf-8").replace("| Black | boiling | 3 |", "| Black | boiling | [3](/mend/kit) |")
    path.write_text(words, encoding="utf-8")

    assert {fault.path for fault in faults_of(root)} == {FILE}


def test_the_strict_check_takes_them_in(course: Course) -> None:
    gathered = gather(SAMPLE, [])

    assert {"mend-kit", "mend-lou"} <= {case.id for case in likeness.cases(gathered)}
    asked = {one.question.id: one for one in graded(gathered)}
    assert (asked["mend-kit-find"].path, asked["mend-kit-find"].line) == (FILE, 12)
    assert "mend-kit-line" not in asked
    assert [question.id for quiz, _, question in questions(course) if quiz == "mending"] == [
        "mend-kit-find",
        "mend-kit-line",
        "mend-lou-find",
        "mend-lou-line",
    ]
