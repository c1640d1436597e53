"""Aids, from the file to the page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content import Course, Fault, load_course
from app.content.aids import Boxes, Fields, take_aid_apart
from app.content.files import Source
from tests.content.conftest import SAMPLE
from tests.content.test_rendering import Page

FRONT = "---\ntitle: T\nsummary: S\nsections: [a#b]\n---\n"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(SAMPLE)


def html(course: Course, title: str) -> str:
    return next(part.html for part in course.aid("tea-sheet").parts if part.title == title)


def test_text_above_the_first_heading_leads(course: Course) -> None:
    aid = course.aid("tea-sheet")

    assert aid.lead_html.startswith("<p>Not a validated scale; forty cups say so")
    assert [part.title for part in aid.parts] == ["Before", "What the guest said"]


def test_front_matter_is_read(course: Course) -> None:
    aid = course.aid("tea-sheet")

    assert (aid.columns, aid.size, aid.review) == (2, 12, None)
    assert (aid.sections, aid.sources) == ((("brewing", "water"), ("serving", "asking")), ("leaf2019",))
    assert course.aids_for(course.section("brewing", "water")) == (aid,)
    assert course.aids_for(course.section("brewing", "time")) == ()


def test_a_box_holds_text_with_marks(course: Course) -> None:
    assert (
        '<li><label><input type="checkbox"><span>The pot is <em>warm</em>, and '
        '<a class="term" href="/glossary#steeping">steeping</a> has not begun.</span></label></li>'
    ) in html(course, "Before")


def test_a_box_may_have_a_line_named_by_its_words(course: Course) -> None:
    assert (
        '<span id="line-3-words">Allergies asked about:</span></label>'
        '<textarea aria-labelledby="line-3-words" rows="1" autocomplete="off" spellcheck="false"></textarea></li>'
    ) in html(course, "Before")


def test_lines_without_words_belong_to_the_line_before(course: Course) -> None:
    found = html(course, "What the guest said")

    assert '<label for="line-4">My question</label><span class="ruled"><textarea id="line-4" rows="3"' in found
    assert '<span class="rules" aria-hidden="true"><i></i><i></i><i></i></span>' in found


def test_a_cell_to_write_in_is_named_by_column_and_row(course: Course) -> None:
    found = html(course, "What the guest said")

    assert 'aria-label="My words: Black"' in found
    assert 'aria-label="My words: Green"' in found
    assert "____" not in found


def test_an_aid_nests_and_repeats_no_id(course: Course) -> None:
    aid = course.aid("tea-sheet")

    page = Page(aid.lead_html + "".join(part.html for part in aid.parts))

    assert len(page.ids) == len(set(page.ids))
    assert page.attributes.isdisjoint({"style", "name", "onclick"})


def test_a_course_may_have_no_aids_and_no_kinds(root: Path) -> None:
    (root / "course/aids/tea-sheet.md").unlink()
    (root / "course/kinds.yaml").unlink()
    for name, old, new in (
        ("course.yaml", "aids: [tea-sheet]\n", ""),
        ("library.yaml", "kind: experiments, ", ""),
        ("library.yaml", "kind: handbooks, ", ""),
    ):
        path = root / "course" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    course = load_course(root)

    assert (course.aids, course.kinds) == ((), ())


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Day ____ Time ____", [("Day", 1), ("Time", 1)]),
        ("Day ____\n____\n____", [("Day", 3)]),
        ("In two\nlines ________", [("In two lines", 1)]),
        ("Day ____\n____\nTime ____", [("Day", 2), ("Time", 1)]),
    ],
)
def test_lines_are_counted(text: str, fields: list[tuple[str, int]]) -> None:
    faults: list[Fault] = []

    raw = take_aid_apart("a", Source("a.md", f"{FRONT}\n## P\n\n{text}\n"), faults)

    (block,) = raw.parts[0].blocks
    assert isinstance(block, Fields)
    assert ([(field.label, field.rows) for field in block.fields], faults) == (fields, [])


def test_every_box_and_line_knows_its_place_in_the_file() -> None:
    faults: list[Fault] = []
    text = f"{FRONT}\n## P\n\n- [ ] One\n- [ ] Two\n  goes on: ____\n\nA ____\nB ____\n"

    (part,) = take_aid_apart("a", Source("a.md", text), faults).parts

    boxes, fields = part.blocks
    assert isinstance(boxes, Boxes)
    assert isinstance(fields, Fields)
    assert [box.line for box in boxes.boxes] == [9, 10]
    assert [field.line for field in fields.fields] == [13, 14]
    assert faults == []


@given(
    st.lists(
        st.sampled_from(["- [ ] a", "- [ ] a ____", "- b", "____", "c ____", "## D", "::: pause", ":::", "|e|", ""])
    )
)
def test_whatever_is_written_is_taken_apart_or_told_with_its_line(lines: list[str]) -> None:
    faults: list[Fault] = []

    take_aid_apart("a", Source("a.md", FRONT + "\n".join(lines)), faults)

    assert [fault for fault in faults if not 1 <= fault.line <= 6 + len(lines)] == []
