"""References to take along, read back by programs that others collect theirs with."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string
from pybtex.richtext import Text

from app.content import load_course
from app.content.library import Reference
from app.site.citations import bibtex, ris, written
from tests.conftest import SAMPLE_COURSE
from tests.shipped import shipped

ROOT = Path(__file__).parents[2]
REMARK = "Not confirmed in every field."
FULL = Reference(
    id="leaf2019",
    type="article-journal",
    authors=("Leaf, A.", "Kettle, B. C."),
    year=2019,
    title="Water temperature and bitterness",
    container="Tea & Time",
    volume="12",
    issue="3",
    pages="101–110",
    doi="10.1234/jit_2019.12",
    url="https://example.org/tea_time?a=1&b=50%25#top",
    status="verified",
    note="Not for readers.",
    on_source_page=False,
    label="",
    href=None,
    html="",
)
BARE = replace(
    FULL,
    id="bare",
    authors=("[Authors not seen]",),
    year=None,
    container=None,
    volume=None,
    issue=None,
    pages=None,
    doi=None,
    url=None,
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\u00a0"), min_size=1, max_size=12
)
TITLES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def listed() -> list[Reference]:
    return [one for course in (shipped(), load_course(SAMPLE_COURSE)) for one in course.references.values()]


def from_bibtex(reference: Reference) -> Entry:
    return parse_string(bibtex(reference), "bibtex").entries[reference.id]


def plain(latex: str) -> str:
    return str(Text.from_latex(latex))


def test_bibtex_says_what_is_known() -> None:
    assert bibtex(FULL) == (
        "@article{leaf2019,\n"
        "  author = {Leaf, A. and Kettle, B. C.},\n"
        "  title = {Water temperature and bitterness},\n"
        r"  journal = {Tea \& Time}," + "\n"
        "  year = {2019},\n"
        "  volume = {12},\n"
        "  number = {3},\n"
        "  pages = {101--110},\n"
        "  doi = {10.1234/jit_2019.12},\n"
        "  url = {https://example.org/tea_time?a=1&b=50%25#top},\n"
        "}\n\n"
    )


def test_ris_says_what_is_known() -> None:
    assert ris(FULL).split("\r\n") == [
        "TY  - JOUR",
        "ID  - leaf2019",
        "AU  - Leaf, A.",
        "AU  - Kettle, B. C.",
        "TI  - Water temperature and bitterness",
        "T2  - Tea & Time",
        "PY  - 2019",
        "VL  - 12",
        "IS  - 3",
        "SP  - 101",
        "EP  - 110",
        "DO  - 10.1234/jit_2019.12",
        "UR  - https://example.org/tea_time?a=1&b=50%25#top",
        "ER  - ",
        "",
        "",
    ]


def test_what_is_unknown_is_left_out() -> None:
    assert bibtex(BARE) == "@article{bare,\n  title = {Water temperature and bitterness},\n}\n\n"
    assert ris(BARE) == "TY  - JOUR\r\nID  - bare\r\nTI  - Water temperature and bitterness\r\nER  - \r\n\r\n"


def test_a_record_that_is_not_confirmed_says_so() -> None:
    both = [FULL, replace(BARE, status="unverified")]

    entries = parse_string(written(both, "bib", REMARK), "bibtex").entries
    records = rispy.loads(written(both, "ris", REMARK))

    assert [entries[id].fields.get("note") for id in ("leaf2019", "bare")] == [None, REMARK]
    assert [record.get("notes") for record in records] == [None, [REMARK]]


@pytest.mark.parametrize(
    ("authors", "bib", "named"),
    [
        (("Leaf, A.", "et al."), "Leaf, A. and others", ["Leaf, A."]),
        (("van der Leaf, A.",), "van der Leaf, A.", ["van der Leaf, A."]),
        (("Board of Tea and Time",), "{Board of Tea and Time}", ["Board of Tea and Time"]),
        (("[Authors not seen]", "et al."), None, None),
    ],
)
def test_authors_are_named_as_far_as_they_are_known(
    authors: tuple[str, ...], bib: str | None, named: list[str] | None
) -> None:
    reference = replace(FULL, authors=authors)

    found = re.search(r"author = \{(.*)\},\n", bibtex(reference))
    (record,) = rispy.loads(ris(reference))

    assert (found[1] if found else None, record.get("authors")) == (bib, named)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Tea in Japan: A review", "Tea in {Japan}: A review"),
        ("Treatment of PTSD", "Treatment of {PTSD}"),
        ("ImRs and re-scripting", "{ImRs} and re-scripting"),
        ("‘Venturing’: The dark", "‘Venturing’: The dark"),
        ("Is it? An answer – A reply", "Is it? An answer – A reply"),
    ],
)
def test_names_and_abbreviations_keep_their_capitals(title: str, kept: str) -> None:
    assert f"title = {{{kept}}}" in bibtex(replace(FULL, title=title))


@pytest.mark.parametrize(
    ("type", "entry", "place", "record", "tag"),
    [
        ("article-journal", "article", "journal", "JOUR", "T2"),
        ("book", "book", "publisher", "BOOK", "PB"),
        ("chapter", "incollection", "booktitle", "CHAP", "T2"),
        ("manuscript", "unpublished", "note", "UNPB", "N1"),
        ("guideline", "misc", "howpublished", "RPRT", "PB"),
        ("webpage", "misc", "howpublished", "ELEC", "T2"),
        ("podcast-episode", "misc", "howpublished", "GEN", "T2"),
    ],
)
def test_container_is_what_it_is_to_each_type(type: str, entry: str, place: str, record: str, tag: str) -> None:
    reference = replace(FULL, type=type)

    found = from_bibtex(reference)

    assert (found.type, plain(found.fields[place])) == (entry, "Tea & Time")
    assert f"TY  - {record}\r\n" in ris(reference)
    assert f"{tag}  - Tea & Time\r\n" in ris(reference)


@pytest.mark.parametrize(
    ("pages", "bib", "said"),
    [
        ("101-110", "101--110", ("101", "110")),
        ("e5303", "e5303", ("e5303", None)),
        ("Article 24", "24", ("24", None)),
        ("S1–S9", "S1--S9", ("S1", "S9")),
    ],
)
def test_pages_are_first_and_last_or_one_number(pages: str, bib: str, said: tuple[str, str | None]) -> None:
    reference = replace(FULL, pages=pages)

    (record,) = rispy.loads(ris(reference))

    assert from_bibtex(reference).fields["pages"] == bib
    assert (record["start_page"], record.get("end_page")) == said


def test_all_references_are_read_back_from_bibtex() -> None:
    for one in listed():
        found = from_bibtex(one)
        known = {"title": one.title, "year": one.year, "volume": one.volume, "doi": one.doi, "url": one.url}

        assert plain(found.fields["title"]) == one.title
        assert {name: found.fields.get(name) for name in known if name != "title"} == {
            name: str(value) if value else None for name, value in known.items() if name != "title"
        }


def test_all_references_are_read_back_from_ris() -> None:
    references = listed()

    records = rispy.loads(written(references, "ris", REMARK))

    assert [record["id"] for record in records] == [one.id for one in references]
    assert [record["title"] for record in records] == [one.title for one in references]
    assert [record.get("doi") for record in records] == [one.doi for one in references]


@given(title=TITLES, container=TITLES, surname=WORDS)
def test_any_signs_come_back_as_they_were(title: str, container: str, surname: str) -> None:
    reference = replace(FULL, title=title, container=container, authors=(f"{surname.replace(',', '')}x, A.",))

    written_so = bibtex(reference)
    (record,) = rispy.loads(ris(reference))

    assert list(parse_string(written_so, "bibtex").entries) == ["leaf2019"]
    assert unescaped(written_so, "title").replace("{", "").replace("}", "") == title.translate(MARKED)
    assert unescaped(written_so, "journal") == container.translate(MARKED)
    assert (record["title"], record["secondary_title"]) == (title, container)


MARKED = str.maketrans({"{": "⟨", "}": "⟩"})
ESCAPES = (
    (r"\textbraceleft{}", "⟨"),
    (r"\textbraceright{}", "⟩"),
    (r"\textasciicircum{}", "^"),
    (r"\textasciitilde{}", "~"),
)


def unescaped(entry: str, name: str) -> str:
    """A field as TeX would print it; braces that are printed are marked, to tell them from those that group."""
    found = re.search(rf"  {name} = \{{(.*)\}},\n", entry)
    assert found is not None
    text = re.sub(r"\\textbackslash\{\}", "\ue000", found[1])
    for escape, sign in ESCAPES:
        text = text.replace(escape, sign)
    return re.sub(r"\\([#$%&_])", r"\1", text).replace("\ue000", "\\")


def test_no_field_of_a_reference_is_forgotten() -> None:
    """A new one has to be put into both files, or to be left out knowingly."""
    left_out = {"note", "on_source_page", "label", "href", "html"}

    assert {one.name for one in fields(Reference)} - left_out == {
        "id", "type", "authors", "year", "title", "container", "volume", "issue", "pages", "doi", "url", "status",
    }  # fmt: skip
