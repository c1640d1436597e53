"""What an examiner asks of a bank."""

import io
from pathlib import Path

import pytest

from app.content.bank_rules import NEGATIVE, QUOTED, check_banks
from app.content.command import check
from app.content.gathering import gather
from tests.conftest import SAMPLE_COURSE


def found(root: Path) -> list[str]:
    return sorted(str(fault) for fault in check_banks(gather(root, [])))


def added(root: Path, file: str, old: str, new: str) -> list[str]:
    """The faults that this edit brings."""
    before = found(root)
    text = (root / file).read_text(encoding="utf-8")
    assert old in text, old
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return [fault.partition(" ")[2] for fault in found(root) if fault not in before]


def test_a_small_bank_is_told_what_it_lacks() -> None:
    faults = [fault for fault in found(SAMPLE_COURSE) if "share condition" not in fault]

    assert [fault.partition(": ")[2] for fault in faults if "brewing.yaml" in fault] == [
        "The quiz has no sets for before and after reading. Write them; docs/author.md shows how.",
        "Prompts to compose a line: 0. Give 2 more of its cases one as a third question.",
        "The bank has 12 graded questions. Write 8 more.",
        "The bank has 6 cases. Write 4 more.",
        "The bank’s formats are `choice`, `match`, `order`. Use at least 4.",
    ]


def test_an_objective_with_fewer_than_three_questions_is_named_with_its_line(root: Path) -> None:
    path = root / "quizzes/serving.yaml"
    head, *rest = path.read_text(encoding="utf-8").split("objective: serving.2")
    path.write_text(head + "objective: serving.2" + "objective: serving.1".join(rest), encoding="utf-8")

    assert [fault for fault in found(root) if "Of the bank’s" in fault] == [
        "modules/serving.md:8: Of the bank’s graded questions 1 serve `serving.2`. "
        "Write 2 more in quizzes/serving.yaml."
    ]


@pytest.mark.parametrize(
    ("stem", "negative"),
    [
        ("What do you do next?", False),
        ("Which is not part of the protocol?", True),
        ("What would you never say?", True),
        ("Which of these is least likely to help?", True),
        ("Which isn’t a hotspot?", True),
        ("She says “I’m not there”. What do you do?", False),
        ("Name at least two.", False),
        ("Note what she knows.", False),
    ],
)
def test_negative_stems_are_found_quoted_speech_apart(stem: str, negative: bool) -> None:
    assert bool(NEGATIVE.search(QUOTED.sub(" ", stem))) is negative


def test_each_fault_stands_where_it_was_written(root: Path) -> None:
    stem = "stem: What do you do *first*?"

    assert added(root, "quizzes/brewing.yaml", stem, "stem: What do you *not* do?") == [
        "The stem asks in the negative: “not”. Ask for what is to be done, or put it into quotation marks if somebody "
        "says it."
    ]


def test_all_of_the_above_is_no_option(root: Path) -> None:
    old = "text: Boil the water for longer."

    assert added(root, "quizzes/brewing.yaml", old, "text: All of the above.") == [
        "The option says “All of the above”. Let each option stand for itself."
    ]


def test_two_cases_share_no_decision(root: Path) -> None:
    faults = added(root, "quizzes/brewing.yaml", "condition: a cold morning", "condition: thirst")

    assert [fault for fault in faults if "`brewing-ben` and `brewing-ada` share condition, phase" in fault] != []


def test_a_short_final_test_is_told_so_and_a_missing_one_too(root: Path) -> None:
    assert [fault for fault in found(root) if "Form" in fault] == [
        "quizzes/final.yaml:3: Form A asks 4 questions. Let each form ask 30.",
        "quizzes/final.yaml:4: Form B asks 4 questions. Let each form ask 30.",
    ]

    (root / "quizzes/final.yaml").unlink()

    assert [fault for fault in found(root) if "final" in fault] == [
        "quizzes/final.yaml:1: The course has no final test. Write two forms of 30 questions."
    ]


def test_prompts_to_compose_are_counted(root: Path) -> None:
    assert [fault for fault in found(root) if "serving.yaml" in fault and "Prompts" in fault] == [
        "quizzes/serving.yaml:3: Prompts to compose a line: 1. Give 1 more of its cases one as a third question."
    ]


def test_check_reports_formats_and_objectives_and_is_strict_when_asked() -> None:
    out, strict = io.StringIO(), io.StringIO()

    assert (check(SAMPLE_COURSE, out), check(SAMPLE_COURSE, strict, strict=True)) == (0, 1)
    assert "Quiz brewing:" in out.getvalue()
    assert "By objective: brewing.1" in out.getvalue()
    assert strict.getvalue().startswith(out.getvalue())
    assert "it is not yet what docs/author.md asks for" in strict.getvalue()
