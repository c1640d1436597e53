"""The strict check as a whole: what it writes is current, and what ships keeps to it."""

import io
from functools import cache
from pathlib import Path

import pytest

from app.content.command import check
from app.content.coverage import claims_page, objectives_page
from app.content.loader import load_course, read_course
from app.content.records import Course
from app.content.strict import Examination, examine, pages, write_pages
from app.content.tables import table
from tests.conftest import SAMPLE_COURSE

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs/course"


@cache
def shipped() -> tuple[Course, Examination]:
    gathered, course = read_course(ROOT)
    return course, examine(gathered, course)


@pytest.mark.slow
def test_shipped_course_keeps_to_every_strict_rule() -> None:
    assert [str(fault) for fault in shipped()[1].faults] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["check.md", "claims.md", "objectives.md"])
def test_written_pages_are_current(name: str) -> None:
    """If not: `imrs check --strict --write docs/course`."""
    assert (PAGES / name).read_text(encoding="utf-8") == pages(*shipped())[name]


def test_command_prints_the_report_then_the_faults_and_writes_the_pages(tmp_path: Path) -> None:
    out = io.StringIO()

    assert check(SAMPLE_COURSE, out, strict=True, pages=tmp_path / "pages") == 1

    printed = out.getvalue()
    assert printed.index("## The test-wise guesser") < printed.index("A guesser who takes") < printed.index(" faults. ")
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["check.md", "claims.md", "objectives.md"]


def test_a_course_without_faults_is_said_to_have_none(tmp_path: Path) -> None:
    write_pages(tmp_path, load_course(SAMPLE_COURSE), Examination((), "## Report"))

    assert (tmp_path / "check.md").read_text(encoding="utf-8").endswith("## Report\n\n## Faults\n\nNone.\n")


def test_claims_are_shown_with_sections_and_questions_and_what_nobody_asks(root: Path) -> None:
    path = root / "quizzes/brewing.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("claims: [TEA-2]", "claims: []"), encoding="utf-8")

    page = claims_page(load_course(root))

    assert page.startswith("3 claims")
    assert "asked by no graded question: `TEA-2`." in page
    assert [line.split("|")[4].strip() for line in page.splitlines()[4:]] == [
        "`brewing-ada-a`, `brewing-ben-a`, "
        "`brewing-cleo-a`, `brewing-dan-a`, `brewing-finn-a`",
        "–", "not to be graded",
    ]  # fmt: skip


def test_objectives_are_shown_by_objective_section_and_question() -> None:
    page = objectives_page(load_course(SAMPLE_COURSE))

    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## By objective", "## By section", "## By question",
    ]  # fmt: skip
    assert "| `brewing#water`" in page
    assert "| `serving-jo-say`" in page


def test_table_aligns_numbers_and_keeps_bars_apart() -> None:
    assert table(("Name", "n"), [("a|b", 3), ("c", 12.5), ("d", "–")]).splitlines() == [
        "| Name |     n |",
        "| ---- | ----: |",
        "| a\\|b |     3 |",
        "| c    | 12.50 |",
        "| d    |     – |",
    ]
