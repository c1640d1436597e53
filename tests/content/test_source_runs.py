"""The course is written in its own words: it shares no twelve consecutive words with the page it is built from."""

from pathlib import Path

import pytest

from tools.source_runs import ROOT, RUNS, read, shared_runs, source_hashes, write

PATTERNS = (
    "modules/*.md",
    "quizzes/**/*.yaml",
    "course/**/*.yaml",
    "course/**/*.md",
    "course/**/*.svg",
    "docs/**/*.md",
    "*.md",
    "app/templates/**/*.html",
    "app/templates/**/*.txt",
)
TEXTS = sorted({path for pattern in PATTERNS for path in ROOT.glob(pattern)})

MADE_UP_PAGE = """\
Keeping bees

A hive that is opened on a cold morning loses more warmth than the bees can make before noon.

Honig, A. (1999). Bees in spring and autumn: What a keeper ought to know about them. Journal of Hives, 4, 1-9.

For more, see Bees in spring and autumn: What a keeper ought to know about them, which every beginner should own.
"""
TITLE = "Bees in spring and autumn: What a keeper ought to know about them"


@pytest.fixture
def made_up_hashes() -> frozenset[str]:
    return source_hashes(MADE_UP_PAGE, [TITLE])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_text_shares_no_twelve_words_with_the_source_page(path: Path) -> None:
    assert shared_runs(path.read_text(encoding="utf-8"), read(RUNS)) == []


def test_texts_include_every_kind_of_course_text() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in TEXTS}

    assert found >= {"modules", "quizzes", "course", "docs", "app", "README.md"}


def test_committed_hashes_are_those_of_a_whole_page() -> None:
    hashes = read(RUNS)

    assert len(hashes) > 2000
    assert all(len(hashed) == 12 and set(hashed) <= set("0123456789abcdef") for hashed in hashes)


def test_planted_run_is_found(made_up_hashes: frozenset[str]) -> None:
    text = "As they say: A hive that is opened on a cold morning loses more warmth, and so on."

    assert shared_runs(text, made_up_hashes) == ["a hive that is opened on a cold morning loses more warmth"]


def test_planted_run_is_found_through_markup(made_up_hashes: frozenset[str]) -> None:
    text = "A **hive** that is\nopened [@honig1999, p. 4] on a [[cold|cold morning]] [loses](bees.md#hive) more warmth"

    assert shared_runs(text, made_up_hashes) == ["a hive that is opened on a cold morning loses more warmth"]


def test_planted_run_is_found_in_the_note_of_a_citation(made_up_hashes: frozenset[str]) -> None:
    text = "So it is said [@honig1999, a hive that is opened on a cold morning loses more warmth]."

    assert shared_runs(text, made_up_hashes) == ["a hive that is opened on a cold morning loses more warmth"]


def test_eleven_words_are_not_a_run(made_up_hashes: frozenset[str]) -> None:
    assert shared_runs("A hive that is opened on a cold morning loses more.", made_up_hashes) == []


def test_title_and_bibliographic_line_are_left_out(made_up_hashes: frozenset[str]) -> None:
    assert shared_runs(f"{TITLE}. Journal of Hives, 4, 1-9.", made_up_hashes) == []


def test_written_hashes_are_read_back(tmp_path: Path, made_up_hashes: frozenset[str]) -> None:
    write(tmp_path / "runs.txt", made_up_hashes)

    assert read(tmp_path / "runs.txt") == made_up_hashes
