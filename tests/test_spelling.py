"""The course and what is said about it is spelt as the British do, by a dictionary and a short list of our own."""

from pathlib import Path

import pytest

from tools.spelling import ROOT, Word, is_american, known, lacking, listed, misspelt, names, read, words


@pytest.mark.slow
def test_every_word_is_in_the_dictionary_or_in_the_list(spelling_command: list[str]) -> None:
    """If not, mend it, or add a term or a name to tools/words.txt."""
    assert [
        f"{word.path}:{word.line}: {word.text}" for word in misspelt(list(read(ROOT)), spelling_command, known(ROOT))
    ] == []


@pytest.mark.slow
def test_listed_words_are_sorted_used_and_in_no_dictionary(spelling_command: list[str]) -> None:
    own = listed()
    used = {word.text.lower().removesuffix("'s") for word in read(ROOT)}
    introduced = {part.lower() for name in names(ROOT) for part in name.split()}

    assert own == sorted(set(own))
    assert [word for word in own if word not in used or word in introduced] == []
    assert set(own) == lacking(set(own), spelling_command)


@pytest.mark.slow
def test_planted_mistakes_are_found_with_their_lines(spelling_command: list[str]) -> None:
    text = (
        "The therapsit waits.\n\nHer behavior is organized; the *colour* of Oskar’s and `teh` http://x.org/wrold hall."
    )
    found = misspelt(list(words("modules/m.md", text)), spelling_command, frozenset({"oskar"}))

    assert found == [
        Word("therapsit", "modules/m.md", 1), Word("behavior", "modules/m.md", 3), Word("organized", "modules/m.md", 3),
    ]  # fmt: skip


@pytest.mark.slow
def test_more_unknown_words_than_the_checker_would_list_are_all_found(spelling_command: list[str]) -> None:
    asked = {f"{first}{second}xq" for first in "abcdefghijklmnopqrst" for second in "abcdefghijklmnopqrst"}

    assert lacking(asked, spelling_command) == asked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A [[unmet-need|need]] [@arntz2011, her page] here", ["A", "need", "her", "page", "here"]),
        ("[the section](hotspots.md#finding) {#some-id}", ["the", "section"]),
        ("x2 and 2x, half-heard, don’t", ["and", "half", "heard", "don't"]),
        ("```\nteh code\n```\n`teh` word", ["word"]),
        ("write to ada@example.org or 10.1016/j.jbtep.2016", ["write", "to", "or"]),
    ],
)
def test_words_are_those_of_prose(text: str, found: list[str]) -> None:
    assert [word.text for word in words("f.md", text)] == found


@pytest.mark.parametrize("word", ["organize", "traumatized", "analyzing", "realization", "centered", "gray"])
def test_american_words_are_told(word: str) -> None:
    assert is_american(word)


@pytest.mark.parametrize("word", ["size", "prize", "seized", "organise", "analysis", "centre", "grey", "citizen"])
def test_british_words_are_not_american(word: str) -> None:
    assert not is_american(word)


def test_names_are_taken_from_where_they_are_introduced(tmp_path: Path) -> None:
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "course").mkdir()
    (tmp_path / "quizzes/m.yaml").write_text(
        "  - id: m-mirza\n    title: Mirza Begić, 34\n        lines:\n          - {id: l1, who: Zeynep, text: Ja.}\n",
        encoding="utf-8",
    )
    (tmp_path / "course/references.yaml").write_text(
        "- id: arntz2011\n  authors: ['Rijkeboer, M.']\n", encoding="utf-8"
    )

    assert known(tmp_path) >= {"mirza", "begić", "begic", "zeynep", "arntz", "rijkeboer"}


def test_everything_that_is_read_by_people_is_checked() -> None:
    read_paths = {word.path for word in read(ROOT)}

    assert {
        "README.md",
        "docs/author.md",
        "modules/hotspots.md",
        "quizzes/hotspots.yaml",
        "course/glossary.yaml",
    } <= read_paths
    assert "course/references.yaml" not in read_paths
