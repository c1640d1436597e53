"""Lists of people to invite."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.enrolment import rosters, sheets
from app.enrolment.rosters import BadLine, Guest, Known, Roster, TooManyLines

ADA = ("Ada Lindqvist", "ada@example.org")


def people(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.email) for one in rosters.read(text).guests]


def faults(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in rosters.read(text).bad]


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.org,Ada Lindqvist",
        "Ada Lindqvist,ada@example.org",
        "Ada;Lindqvist;ada@example.org",
        "Ada\tLindqvist\tada@example.org",
        '"Ada Lindqvist", "ada@example.org"',
        "  Ada   Lindqvist ;  ada@example.org  ;;",
        "name,email\nAda Lindqvist,ada@example.org",
        "E-Mail;Name\nada@example.org;Ada Lindqvist",
        "Last name,First name,E-mail address,Notes\nLindqvist,Ada,ada@example.org,likes tea",
        "\ufeffEMAIL\tfirst_name\tSurname\r\nada@example.org\tAda\tLindqvist\r\n",
        "email,name\rada@example.org,Ada Lindqvist\r",
    ],
)
def test_a_list_is_read_whatever_its_columns_and_delimiters(text: str) -> None:
    assert people(text) == [ADA]
    assert faults(text) == []


def test_addresses_alone_are_enough() -> None:
    assert people("ada@example.org\nbea@example.org") == [("", "ada@example.org"), ("", "bea@example.org")]


def test_a_comma_in_a_name_does_not_part_it_where_another_sign_does() -> None:
    text = '"Lindqvist, Ada";ada@example.org\nOkafor, Bea;bea@example.org'

    assert people(text) == [("Lindqvist, Ada", "ada@example.org"), ("Okafor, Bea", "bea@example.org")]


def test_quotation_marks_within_quoted_names_are_kept() -> None:
    assert people('"Ada ""Addie"" Lindqvist",ada@example.org') == [('Ada "Addie" Lindqvist', "ada@example.org")]


def test_blank_lines_and_empty_cells_are_blank() -> None:
    roster = rosters.read("\nada@example.org,Ada Lindqvist\n,;\t\n\n")

    assert roster == Roster((Guest(2, *ADA, "ada@example.org"),), (), (1, 3, 4, 5), None)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Bea Okafor", "missing"),
        ("Bea,", "missing"),
        ("Bea,bea@", "address"),
        ("Bea,bea at example.org@", "address"),
        ("Bea,bée@example.org", "address"),
        ("bea@example.org,bo@example.org", "several"),
        ("Bea,Okafor,Dr,bea@example.org", "columns"),
        ('"Bea,bea@example.org', "quotes"),
        ('"Bea" Okafor,bea@example.org', "quotes"),
        ("Bea\x00,bea@example.org", "control"),
        ("B\ufffda,bea@example.org", "control"),
        ("B\u202eea,bea@example.org", "name"),
        ("17,bea@example.org", "name"),
        (f"{'B' * 201},bea@example.org", "long"),
        (f"Bea,{'b' * 250}@example.org", "long"),
        (f"Bea,bea@example.org{' ' * 2000}x", "long"),
    ],
)
def test_a_bad_line_says_why_and_spoils_no_other(line: str, code: str) -> None:
    roster = rosters.read(f"Ada Lindqvist,ada@example.org\n{line}\nCy Rahman,cy@example.org")

    assert [(one.line, one.code) for one in roster.bad] == [(2, code)]
    assert [one.line for one in roster.guests] == [1, 3]


def test_a_row_longer_than_its_header_is_bad() -> None:
    assert faults("name,email\nLindqvist, Ada, ada@example.org") == [(2, "columns")]


def test_the_second_of_two_like_addresses_names_the_first() -> None:
    roster = rosters.read("ada@example.org\nBea,bea@example.org\nAda, ADA@Example.ORG")

    assert roster.bad == (BadLine(3, "Ada, ADA@Example.ORG", "twice", 1),)


def test_a_bad_line_is_shown_without_signs_that_cannot_be_seen_and_not_whole() -> None:
    (bad,) = rosters.read(f"B\x07a\t{'x' * 300}").bad

    assert bad.text == f"B\ufffda {'x' * 115}…"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
def test_every_usual_encoding_is_read(encoding: str, mark: bytes) -> None:
    text = "name;email\r\nZoë Müller–Šafář;zoe@example.org\r\n".replace("ř", "r")

    assert people(sheets.decode(mark + text.encode(encoding))) == [("Zoë Müller–Šafár", "zoe@example.org")]


def test_a_byte_that_no_encoding_has_spoils_its_line_alone() -> None:
    text = sheets.decode(b"Ada Lindqvist,ada@example.org\nB\x81\xe9a,bea@example.org")

    assert people(text) == [ADA]
    assert faults(text) == [(2, "control")]


def test_two_thousand_people_are_read_and_one_more_is_too_many() -> None:
    lines = [f"p{number}@example.org" for number in range(rosters.MOST_LINES)]

    assert len(rosters.read("\n" + "\n".join(lines)).guests) == 2000
    with pytest.raises(TooManyLines) as fault:
        rosters.read("\n".join([*lines, "x"]))
    assert fault.value.lines == 2001


def test_who_needs_no_invitation_is_told_with_the_line() -> None:
    roster = rosters.read("a@example.org\nb@example.org\nAda;c@example.org\nnobody\nd@example.org")
    known = Known(frozenset({"a@example.org"}), frozenset({"c@example.org"}), frozenset({"d@example.org"}))

    held = rosters.held_against(roster, known)

    assert [(one.line, one.text, one.code) for one in held.bad] == [
        (1, "a@example.org", "joined"),
        (3, "Ada c@example.org", "invited"),
        (4, "nobody", "missing"),
        (5, "d@example.org", "staff"),
    ]
    assert [one.email for one in held.guests] == ["b@example.org"]


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["a@example.org", "B@example.org", "name", "email", "first name", '"', '"x"', "Ada", "@", " ", "\u2028", "\x85"]
    ),
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.lists(CELLS, max_size=4).map(",".join) | st.lists(CELLS, max_size=4).map(";".join), max_size=12
    ).flatmap(lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))),
)


@given(TEXTS)
def test_every_line_of_any_text_is_accounted_for_exactly_once(text: str) -> None:
    roster = rosters.read(text)

    accounted = [one.line for one in roster.guests] + [one.line for one in roster.bad] + list(roster.blank)
    accounted += [roster.header] if roster.header else []
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert sorted(accounted) == list(range(1, plain.count("\n") + 2))
    assert len({one.key for one in roster.guests}) == len(roster.guests)


@given(st.binary(max_size=300))
def test_any_bytes_are_read(raw: bytes) -> None:
    rosters.read(sheets.decode(raw))
