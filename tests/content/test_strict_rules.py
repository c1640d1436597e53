"""What the strict check asks beyond banks of questions: each rule can fail, and says where and what to do."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from app.content.address_rules import check_addresses
from app.content.coverage import check_misconceptions
from app.content.faults import Fault
from app.content.gathering import Gathered, gather
from app.content.label_rules import check_labels, labels, words
from app.content.likeness import alike, cases, faults, runs
from app.content.loader import read_course
from app.content.module_shape import check_modules
from app.content.term_rules import check_terms

Rule = Callable[[Gathered], Iterable[Fault]]


def likeness(gathered: Gathered) -> Iterator[Fault]:
    return faults(alike(cases(gathered)))


def said(rule: Rule, root: Path) -> list[str]:
    return sorted(str(fault) for fault in rule(gather(root, [])))


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def added(rule: Rule, root: Path, file: str, old: str, new: str) -> list[str]:
    """The faults of a rule that this edit brings."""
    before = said(rule, root)
    edit(root, file, old, new)
    return [fault for fault in said(rule, root) if fault not in before]


def test_small_modules_are_told_what_they_lack(root: Path) -> None:
    assert [fault for fault in said(check_modules, root) if fault.startswith("modules/serving.md")] == [
        "modules/serving.md:11: The section `asking` has 25 words. Let it have 250 to 450; key points may have fewer.",
        "modules/serving.md:17: The section `handing-over` has 32 words. "
        "Let it have 250 to 450; key points may have fewer.",
        "modules/serving.md:1: The module has 2 objectives. Let it have 3 to 6.",
        "modules/serving.md:1: The module has 2 sections. Let it have 4 to 8.",
        "modules/serving.md:1: The module has 57 words. Let it have 1,500 to 2,500.",
        "modules/serving.md:1: The module has no figure. Draw one that carries meaning.",
        "modules/serving.md:1: The module has no key points. End it with `## Key points {#key-points}`.",
        "modules/serving.md:1: The module names no obstacle. Write `::: obstacle`: what goes wrong and what helps.",
    ]


def test_a_module_without_a_quiz_may_have_any_shape(root: Path) -> None:
    assert [fault for fault in said(check_modules, root) if "welcome" in fault] == []


def test_key_points_may_be_short_and_a_full_section_is_no_fault(root: Path) -> None:
    edit(root, "modules/brewing.md", "Taste is the judge:", "Taste is the judge. " + "Wait a little longer. " * 60)

    faults = [fault for fault in said(check_modules, root) if fault.startswith("modules/brewing.md")]
    assert [fault for fault in faults if "`time`" in fault or "`key-points`" in fault] == []


def test_a_section_that_is_too_long_is_named(root: Path) -> None:
    long = "Taste is the judge. " + "Wait a little longer. " * 100

    assert added(check_modules, root, "modules/brewing.md", "Taste is the judge:", long)[1:] == [
        "modules/brewing.md:27: The section `time` has 479 words. Let it have 250 to 450; key points may have fewer."
    ]


def test_runs_are_counted_over_words_however_they_are_written() -> None:
    assert runs("She *sits* down – and asks; for tea") == {
        "she sits down and asks",
        "sits down and asks for",
        "down and asks for tea",
    }


def test_two_cases_told_in_the_same_words_are_both_named(root: Path) -> None:
    found = said(likeness, root)

    assert (
        "quizzes/serving.yaml:268: `serving-wim` shares 88% of its runs of 5 words with `serving-vera`, such as "
        "“a cup of something hot”. Tell one of them differently: 10% is the most."
    ) in found


def test_cases_told_in_words_of_their_own_are_sound(root: Path) -> None:
    path = root / "quizzes/serving.yaml"
    text = path.read_text(encoding="utf-8")
    parts = text.split("sits down, tired, and would like a cup of something hot.")
    own = ["yawns.", "has cold hands today and says so twice.", "came by bus.", "asks what there is.", ""]
    path.write_text("".join(part + end for part, end in zip(parts, own, strict=True)), encoding="utf-8")

    assert [fault for fault in said(likeness, root) if "serving-yara" in fault or "serving-wim" in fault] == []


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("Taste is the judge:", "Taste, or [[tannin]], is the judge:", []),
        (
            "Taste is the judge:",
            "Tannins are the judge:",
            ["modules/brewing.md:35: `time` uses “Tannins” before the term is marked. "
             "Write `[[tannin|Tannins]]` here, or use other words."],
        ),
        ("Taste is the judge:", "[[tannin|Taste]] is the judge, tannin the accused:", []),
        (
            "Taste is the judge:",
            "What tannin does, [[tannin]] does:",
            ["modules/brewing.md:35: `time` uses “tannin” before the term is marked. "
             "Write `[[tannin]]` here, or use other words."],
        ),
        ("Taste is the judge:", "Taste [@leaf2019, with tannin] is the judge:", []),
        ("### What time does", "### What tannin does", []),
        ("> Five minutes", "> Tannin, five minutes", []),
        ("Some say so", "Some say steeping", [
            "modules/brewing.md:42: `time` uses “steeping” before the term is marked. "
            "Write `[[steeping]]` here, or use other words."]),
        ("Taste is the judge:", "Taste is the judge, non-tannin too:", []),
        (
            "Taste is the judge:",
            "Warming the pots helps:",
            ["modules/brewing.md:35: `time` uses “Warming the pots” before the term is marked. "
             "Write `[[warming-the-pot|Warming the pots]]` here, or use other words."],
        ),
    ],
)  # fmt: skip
def test_a_term_is_marked_where_a_section_first_uses_it(root: Path, old: str, new: str, faults: list[str]) -> None:
    assert added(check_terms, root, "modules/brewing.md", old, new) == faults


def test_the_name_of_the_course_needs_no_mark(root: Path) -> None:
    edit(root, "course/course.yaml", "title: Making Tea", "title: Tannin")

    assert added(check_terms, root, "modules/brewing.md", "Taste is", "Tannin is") == []


def test_of_two_terms_the_one_of_more_words_is_meant(root: Path) -> None:
    glossary = "\n- id: {0}\n  term: {1}\n  text: Words.\n"
    path = root / "course/glossary.yaml"
    more = glossary.format("pot", "Pot") + glossary.format("tcm", "Tea in a Cup of Milk (TCM)")
    path.write_text(path.read_text(encoding="utf-8").rstrip() + more, encoding="utf-8")

    new = "[[warming-the-pot]], then warming the pot again; TCMs and tcm are something else:"
    assert added(check_terms, root, "modules/brewing.md", "Taste is the judge:", new) == [
        "modules/brewing.md:35: `time` uses “TCMs” before the term is marked. "
        "Write `[[tcm|TCMs]]` here, or use other words."
    ]


def test_every_word_of_a_picture_stands_in_its_text_equivalent(root: Path) -> None:
    assert said(check_labels, root) == [
        "course/figures/bitterness.md:1: The picture says “bitter & strong”; the text equivalent lacks “bitter”, "
        "“strong”. Tell all that the picture shows, in its own words."
    ]


def test_a_label_may_be_told_as_part_of_a_compound_or_in_the_plural(root: Path) -> None:
    edit(root, "course/figures/bitterness.md", "A curve", "Bitter-sweet, and strong, and with labels:\n\nA curve")

    assert said(check_labels, root) == []
    assert words("Self-expression and needs") == {"self", "expression", "and", "need"}


def test_labels_of_several_lines_are_one() -> None:
    svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><title>T</title><g><text> A <tspan>b</tspan>'

    assert labels(f"{svg}c</text><text/></g></svg>") == ["A b c"]


@pytest.mark.parametrize(
    ("file", "old", "new", "faults"),
    [
        (
            "course/library.yaml",
            "https://example.org/map",
            "https://example.org/clock/",
            ["course/library.yaml:13: `https://example.org/clock` stands in course/library.yaml:12 already. "
             "List it once; an entry of the library can name a `reference`."],
        ),
        (
            "course/library.yaml",
            "https://example.org/map",
            "https://www.doi.org/10.1234/JIT.2019.12",
            ["course/library.yaml:12: `https://www.doi.org/10.1234/JIT.2019.12` stands in course/references.yaml:10 "
             "already. List it once; an entry of the library can name a `reference`."],
        ),
        (
            "course/references.yaml",
            "url: https://example.org/pots?edition=2&lang=en",
            "url: https://example.org/pots#two",
            ["course/references.yaml:25: `https://example.org/pots#two` points to a place on a page. "
             "Link to the page: nobody notices when a place on somebody else’s page is gone."],
        ),
        (
            "modules/brewing.md",
            "Taste is the judge:",
            "Taste is [the\njudge](https://example.org/taste#judge), and [the map](https://example.org/map):",
            ["modules/brewing.md:35: `https://example.org/taste#judge` points to a place on a page. "
             "Link to the page: nobody notices when a place on somebody else’s page is gone."],
        ),
    ],
)  # fmt: skip
def test_addresses_outside_are_whole_pages_listed_once(
    root: Path, file: str, old: str, new: str, faults: list[str]
) -> None:
    assert added(check_addresses, root, file, old, new) == faults


def test_a_misconception_that_no_question_asks_after_is_a_fault(root: Path) -> None:
    extra = "misconceptions:\n  - {id: idle, text: Nobody believes it., correction: None., sections: [brewing#water]}\n"
    edit(root, "course/misconceptions.yaml", "misconceptions:\n", extra)

    assert [str(fault) for fault in check_misconceptions(*read_course(root))] == [
        "course/misconceptions.yaml:2: No question asks after the misconception `idle`. "
        "Let a wrong option, pair, prompt or zone rest on it."
    ]
