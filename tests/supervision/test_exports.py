"""Tables as files: what a spreadsheet would take for a formula, and what it would not."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from app.supervision.exports import Cell, Column, Row, Table, csv_text, disarmed, file_name, in_order
from app.supervision.workbook import workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COLUMNS = (Column("Name"), Column("Share (%)", "number"), Column("n", "whole"), Column("Due", "date"))
MADE = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def table(*rows: Row) -> Table:
    return Table("Agenda Käse", "What to teach", COLUMNS, rows, (("Share", "Of those who met it."),))


def read_csv(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def read_sheet(book: bytes, number: int = 1) -> list[list[tuple[str, str]]]:
    """(type, value) of every cell, read from the file's own XML: "s" is a text, "n" a number, "f" a formula."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        shared = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        texts = ["".join(node.text or "" for node in entry.iter(f"{MAIN}t")) for entry in shared]
        sheet = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
    return [[_cell(cell, texts) for cell in row] for row in sheet.iter(f"{MAIN}row")]


def _cell(cell: ElementTree.Element, texts: list[str]) -> tuple[str, str]:
    if cell.find(f"{MAIN}f") is not None:
        return "f", ""
    value = cell.findtext(f"{MAIN}v") or ""
    return ("s", texts[int(value)]) if cell.get("t") == "s" else ("n", value)


@pytest.mark.parametrize(
    "armed",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\tplain",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "=HYPERLINK(\"http://example.org\",\"x\")",
    ],
)  # fmt: skip
def test_a_text_that_begins_like_a_formula_is_disarmed(armed: str) -> None:
    assert str(disarmed(armed))[0] == "'"
    assert str(disarmed(armed)).replace("'", "") == armed.replace("'", "")


@pytest.mark.parametrize(
    ("armed", "harmless"), [("a;=1", "a;'=1"), ("a\n-1", "a\n'-1"), ("a\t@x", "a\t'@x"), ("a|+1", "a|'+1")]
)
def test_what_another_country_takes_for_the_next_field_is_disarmed(armed: str, harmless: str) -> None:
    assert disarmed(armed) == harmless


@pytest.mark.parametrize("plain", ["Ada", "", "a = b", "3-4 weeks", "ada@example.org", "A; - b", "“=”", "'=1"])
def test_other_texts_stay_as_they_are(plain: str) -> None:
    assert disarmed(plain) == plain


@pytest.mark.parametrize("value", [-1, -0.5, 0, None, date(2027, 3, 1)])
def test_numbers_and_dates_stay_what_they_are(value: Cell) -> None:
    assert disarmed(value) is value


def test_a_csv_file_reads_back_as_its_rows() -> None:
    text = csv_text(table(("Ada, “A”", 53.3, 9, date(2027, 3, 1)), ('=1 "x"\nb', -12.5, 0, None)))

    assert text.count("\r\n") == 3
    assert read_csv(text) == [
        ["Name", "Share (%)", "n", "Due"],
        ["Ada, “A”", "53.3", "9", "2027-03-01"],
        ['\'=1 "x"\nb', "-12.5", "0", ""],
    ]


def test_a_workbook_types_texts_as_texts_and_numbers_as_numbers() -> None:
    rows = (("=1+1", 53.3, -9, date(2027, 3, 1)), ("http://example.org", -12.5, 0, None), ("123", 0.0, 1, None))

    book = workbook(table(*rows), about="How to read this", made="Linden", made_at=MADE)

    assert read_sheet(book) == [
        [("s", "Name"), ("s", "Share (%)"), ("s", "n"), ("s", "Due")],
        [("s", "=1+1"), ("n", "53.3"), ("n", "-9"), ("n", "46447")],
        [("s", "http://example.org"), ("n", "-12.5"), ("n", "0")],
        [("s", "123"), ("n", "0"), ("n", "1")],
    ]
    assert read_sheet(book, 2) == [
        [("s", "What to teach"), ("s", "Linden")],
        [("s", "Share"), ("s", "Of those who met it.")],
    ]


def test_a_workbook_has_neither_links_nor_formulas_nor_macros() -> None:
    book = workbook(table(("http://example.org", 1, 1, None)), about="x", made="", made_at=MADE)

    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        names, sheet = parts.namelist(), parts.read("xl/worksheets/sheet1.xml").decode()
    assert [name for name in names if ("rels" in name and "worksheets" in name) or "vba" in name.lower()] == []
    assert ("<f>" in sheet, "hyperlink" in sheet) == (False, False)


def test_an_empty_table_is_its_head() -> None:
    book = workbook(table(), about="How to read this", made="", made_at=MADE)

    assert [cell[1] for cell in read_sheet(book)[0]] == ["Name", "Share (%)", "n", "Due"]
    assert read_csv(csv_text(table())) == [["Name", "Share (%)", "n", "Due"]]


def test_a_file_is_named_after_its_table_and_day() -> None:
    assert file_name(table(), date(2027, 3, 1), "csv") == "agenda-k-se-2027-03-01.csv"
    assert file_name(Table("“”", "", (), ()), date(2027, 3, 1), "xlsx") == "table-2027-03-01.xlsx"


def test_rows_are_sorted_with_the_empty_ones_last_either_way() -> None:
    rows: list[Row] = [("b", 2.0), ("a", None), ("C", -1.0)]

    assert [row[0] for row in in_order(rows, 1, downwards=True)] == ["b", "C", "a"]
    assert [row[0] for row in in_order(rows, 1, downwards=False)] == ["C", "b", "a"]
    assert [row[0] for row in in_order(rows, 0, downwards=False)] == ["a", "b", "C"]
