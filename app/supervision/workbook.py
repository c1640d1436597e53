"""Tables as workbooks for spreadsheets. Pure: bytes come back, no file is written."""

import io
import re
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.supervision.exports import Cell, Column, Table

MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767
"""Characters that a cell holds."""
WIDEST, NARROWEST = 60, 8
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def workbook(table: Table, *, about: str, made: str, made_at: datetime) -> bytes:
    """One sheet with the rows, its head fixed and filtered, and one that says how to read them.

    Texts are typed as texts, so that none of them is a formula, a link or a number.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"title": table.title, "created": made_at.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        _rows(book.add_worksheet(_sheet_name(table.title)), table, head, plain)
        notes = ((table.title, made), *table.notes)
        _notes(book.add_worksheet(_sheet_name(about)), notes, head, plain)
    return out.getvalue()


def _rows(sheet: Worksheet, table: Table, head: Format, plain: Format) -> None:
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.title, head)
        sheet.set_column(place, place, _width(column, [row[place] for row in table.rows]))
    for line, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, line, place, cell, plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _notes(sheet: Worksheet, notes: tuple[tuple[str, str], ...], head: Format, plain: Format) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    for line, (term, words) in enumerate(notes):
        sheet.write_string(line, 0, term, head)
        sheet.write_string(line, 1, words[:LONGEST], plain)


def _write(sheet: Worksheet, line: int, place: int, cell: Cell, plain: Format) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, place, cell[:LONGEST], plain)
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001 (a day, no moment)
    elif cell is not None:
        sheet.write_number(line, place, cell)


def _width(column: Column, cells: list[Cell]) -> int:
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return max(NARROWEST, min(WIDEST, max(longest, len(column.title) // 2) + 2))


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Table"
