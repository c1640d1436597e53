import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content import Course, Fault, load_course
from app.content.files import Source
from app.content.gathering import Gathered, gather
from app.content.module_rules import section_uses
from app.content.modules import take_apart
from app.content.phrases import phrases
from app.content.rendering import Renderer
from app.content.schemas import TermEntry
from app.content.terms import in_text
from tests.content.conftest import SAMPLE

VOID = {"br", "hr", "img", "input", "meta"}
TEXT_TAGS = "p h2 span a aside div table thead tbody tr th td ul ol li blockquote em strong b i br"
FIGURE_TAGS = "figure figcaption details summary svg"
ALLOWED = {*TEXT_TAGS.split(), *FIGURE_TAGS.split()}


class Page(HTMLParser):
    """Checks that elements nest, and keeps ids, pointers and tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.pointers: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for key, value in attrs:
            self.attributes.add(key)
            if key == "id":
                self.ids.append(value or "")
            if key == "href":
                self.pointers.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(SAMPLE)


def html(course: Course, section: str) -> str:
    return course.section(*section.split("#")).html


def test_lede_is_marked(course: Course) -> None:
    assert html(course, "brewing#key-points").startswith('<p class="lede">What to keep in mind, in two lines.</p>')


def test_lede_follows_a_content_note(course: Course) -> None:
    expected = (
        '<div class="call call-content" role="note">\n<p class="call-title">Content note</p>\n'
        "<p>The next paragraph mentions a burnt hand.</p>\n</div>\n"
        '<p class="lede">A full cup is hot. Hand it over so that nobody is burnt.</p>'
    )
    assert html(course, "serving#handing-over").startswith(expected)


def test_citation_points_to_a_note_after_its_paragraph(course: Course) -> None:
    found = html(course, "brewing#water")

    assert (
        'more<span class="cite"><a aria-label="Note 1" href="#brewing-water-n1" id="brewing-water-n1-ref">1</a></span>.'
        in found
    )
    assert (
        '<p class="note" id="brewing-water-n1"><span class="note-number">1</span> '
        '<a href="/references#leaf2019">Leaf &amp; Kettle (2019)</a>, <i>Journal of Invented Tea</i> 12(3) '
        '<a class="note-back" href="#brewing-water-n1-ref" aria-label="Back to the text">↩</a></p>' in found
    )


def test_citation_of_several_sources_has_one_note_with_their_remarks(course: Course) -> None:
    found = html(course, "brewing#water")

    assert '12(3), a study with forty cups; <a href="/references#pot_2021">Pot et al. (2021)</a>' in found


def test_note_of_a_list_item_stands_in_the_item(course: Course) -> None:
    assert re.search(
        r"<li>after three minutes<span.*?</span>,<aside class=\"notes\" role=\"note\">", html(course, "brewing#time")
    )


def test_note_of_a_table_stands_after_it(course: Course) -> None:
    assert re.search(r"</table>\n</div>\n<aside class=\"notes\"", html(course, "brewing#water"))


def test_term_is_explained_once_in_a_section(course: Course) -> None:
    found = html(course, "brewing#water")

    assert found.count('id="brewing-water-t-steeping"') == 1
    assert (
        '<p class="note term-note" id="brewing-water-t-steeping"><b>Steeping</b> Leaving leaves in <em>hot</em>'
        in found
    )
    assert '<a class="term" href="/glossary#steeping">steeping</a> below' in found
    assert ">a warm pot</a>" in found


def test_table_has_row_headings_classes_and_a_name(course: Course) -> None:
    found = html(course, "brewing#water")

    assert '<div aria-label="Table: Tea, Water, Minutes" class="table" role="region" tabindex="0">\n<table>' in found
    assert '<th class="align-left" scope="row">Black</th>\n<td class="align-center">boiling</td>' in found
    assert "style=" not in found


def test_figure_has_picture_caption_and_words(course: Course) -> None:
    found = html(course, "brewing#time")

    assert '<figure class="figure" id="figure-bitterness">\n<svg viewBox="0 0 320 160" role="img"' in found
    assert (
        'aria-labelledby="figure-bitterness-title"><title id="figure-bitterness-title">Bitterness rises with time'
        in found
    )
    assert '<details class="figure-words"><summary>The figure in words</summary>\n<p>A curve that rises' in found
    assert 'stroke="url(#figure-bitterness-warm)"' in found


def test_call_out_takes_its_title_from_the_text_or_its_kind(course: Course) -> None:
    found = html(course, "brewing#time")

    titled = '<p class="call-title">Debated: Is <em>longer</em> ever better?</p>'
    assert f'<div class="call call-debate" role="note">\n{titled}' in found
    assert '<div class="call call-pause" role="note">\n<p class="call-title">Pause</p>' in found


def test_links_between_parts_are_addresses(course: Course) -> None:
    assert Page(html(course, "welcome#course")).pointers == [
        "/modules/brewing",
        "/modules/serving/handing-over",
        "/library",
        "https://example.org/tea_(drink)?a=1&b=2",
        "mailto:tea@example.org",
    ]


def test_level_three_becomes_the_pages_second_level(course: Course) -> None:
    assert '<h2 id="brewing-time-what-time-does">What time does</h2>' in html(course, "brewing#time")


def test_short_texts_cite_in_brackets(course: Course) -> None:
    assert course.misconceptions["longer-is-stronger"].correction_html == (
        '<p>Strength comes from more leaves; time brings <a class="term" href="/glossary#tannin">tannin</a>'
        '<span class="cite"> (<a href="/references#leaf2019">Leaf &amp; Kettle, 2019</a>)</span>.</p>'
    )


def test_all_sections_on_one_page_nest_and_share_no_id(course: Course) -> None:
    page = Page("".join(section.html for module in course.modules for section in module.sections))

    assert len(page.ids) == len(set(page.ids))
    assert {target[1:] for target in page.pointers if target.startswith("#")} <= set(page.ids)
    assert "style" not in page.attributes


@pytest.mark.parametrize(
    ("term", "id", "before", "expected"),
    [
        ("Hotspot", "hotspot", "This is the ", "hotspot"),
        ("Hotspot", "hotspot", "", "Hotspot"),
        ("Hotspot", "hotspot", "So it is. ", "Hotspot"),
        ("Post-traumatic stress disorder (PTSD)", "ptsd", "adults with ", "PTSD"),
        ("Imagery Rescripting (ImRs)", "imagery-rescripting", "about ", "Imagery Rescripting"),
        ("Complex PTSD", "complex-ptsd", "and ", "complex PTSD"),
        ("EMDR", "emdr", "and ", "EMDR"),
        ("Drop-out", "dropout", "and ", "drop-out"),
    ],
)
def test_term_without_words_reads_as_part_of_the_sentence(term: str, id: str, before: str, expected: str) -> None:
    assert in_text(TermEntry(id=id, term=term, text="…"), before) == expected


MARKS = [
    "*",
    "**",
    "_",
    "&",
    "&lt;",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "|",
    "{",
    "`",
    "!",
    "-",
    ">",
    "#",
    "###",
    "1.",
    "word",
    ":::",
    "<b>",
    "<script>",
    "[![]](",
]
SOUND = (
    "[@leaf2019]",
    "[@leaf2019, a; @pot_2021]",
    "[[tannin]]",
    "[[steeping|a *b*]]",
    "[x](/library)",
    "[y](brewing.md#time)",
    "[z](javascript:x)",
    "\n\n::: pause\n",
    "\n:::\n\n",
    "\n\n| a | b |\n|---|---|\n| c [@leaf2019] | [[tannin|d]] |\n\n",
)
PIECES = [*MARKS, *SOUND, "\n", "\n\n", " ", "    ", "- ", "> ", "1. ", "### "]


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    return gather(SAMPLE, [])


@pytest.fixture(scope="module")
def renderer(course: Course, gathered: Gathered) -> Renderer:
    terms = {id: TermEntry(id=id, term=term.term, text="T") for id, term in course.glossary.items()}
    figures = {"bitterness": ("<svg></svg>", "words")}
    renderer = Renderer(course.references, terms, figures, gathered.known, phrases("en"))
    renderer.define()
    return renderer


@settings(deadline=None, max_examples=400)
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_is_written_is_safe_or_a_fault(text: str, gathered: Gathered, renderer: Renderer) -> None:
    """A section that passes the checks renders to elements of ours alone, each closed, with safe addresses."""
    faults: list[Fault] = []
    source = Source("modules/x.md", f"---\na: b\n---\n## X {{#x}}\n\nA lede.\n\n{text}\n")
    module = take_apart("x", source, faults)
    for section in module.sections:
        section_uses(source.path, section, gathered, faults)
    if faults:
        return
    page = Page(renderer.section("x", module.sections[0]))
    assert page.tags <= ALLOWED
    assert all(re.match(r"^(?:#|/|https://|mailto:)", pointer) for pointer in page.pointers)
    assert len(page.ids) == len(set(page.ids))
    numbers = [int(found[1]) for id in page.ids if (found := re.search(r"-n(\d+)-ref$", id))]
    assert numbers == sorted(numbers)


def test_notes_are_numbered_in_the_order_of_reading(renderer: Renderer) -> None:
    table = "| a | b |\n|---|---|\n| c [@leaf2019] | d [@pot_2021] |"
    text = f"A lede.\n\n{table}\n\n- one\n    - two [@leaf2019]\n- three [@tea-board]\n\nEnd [@leaf2019]."
    module = take_apart("x", Source("modules/x.md", f"---\na: b\n---\n## X {{#x}}\n\n{text}\n"), [])
    html = renderer.section("x", module.sections[0])
    assert re.findall(r">(\d)</a></span>", html) == ["1", "2", "3", "4", "5"]
    assert re.findall(r'note-number">(\d)<', html) == ["1", "2", "3", "4", "5"]


def test_empty_corner_of_a_table_is_no_heading(renderer: Renderer) -> None:
    module = take_apart(
        "x", Source("modules/x.md", "---\na: b\n---\n## X {#x}\n\n|  | b |\n|---|---|\n| c | d |\n"), []
    )
    html = renderer.section("x", module.sections[0])
    assert "".join(html.split()).count('<tr><td></td><thscope="col">b</th></tr>') == 1
