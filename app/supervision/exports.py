"""Tables as they leave the house: the same rows as on the page, as CSV. Pure."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

Cell: TypeAlias = str | int | float | date | None
Kind = Literal["text", "whole", "number", "date"]
Row: TypeAlias = tuple[Cell, ...]

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_BLANKS = r"[\s\u200b-\u200f\u2060\ufeff]"
_FORMULA = re.compile(rf"^(?=[\t\r\n]|{_BLANKS}*{_SIGNS})|(?<=[;|\t\r\n])(?=\"*{_SIGNS})")
"""Where a spreadsheet would begin to reckon: at the start, behind blanks too, and behind what may part fields, also if
quotation marks follow, which are taken away there."""


@dataclass(frozen=True, slots=True)
class Column:
    """The unit stands in the title: "Share (%)"."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported. `name` begins the file's name; `notes` (term, words) say how to read it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, str], ...] = field(default=())


def disarmed(cell: Cell) -> Cell:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one. Numbers and
    dates stay what they are."""
    return _FORMULA.sub("'", cell) if isinstance(cell, str) else cell


def csv_text(table: Table) -> str:
    """RFC 4180 with a byte order mark: commas, CRLF, quotes where needed, every text disarmed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([disarmed(column.title) for column in table.columns])
    writer.writerows([_written(disarmed(cell)) for cell in row] for row in table.rows)
    return BOM + out.getvalue()


def file_name(table: Table, on: date, format: str) -> str:
    """ASCII, with the day in it: "agenda-autumn-2027-03-01.csv"."""
    plain = re.sub(r"[^a-z0-9]+", "-", table.name.lower()).strip("-") or "table"
    return f"{plain}-{on.isoformat()}.{format}"


def percent(share: float | None) -> float | None:
    """A share as per cent with one decimal, which is how every table gives it."""
    return None if share is None else round(100 * share, 1)


def in_order(rows: Iterable[Row], key: int, *, downwards: bool) -> tuple[Row, ...]:
    """Rows sorted by the column at `key`; what is empty stands last either way."""
    listed = list(rows)
    given = [row for row in listed if row[key] is not None]
    given.sort(key=lambda row: _sortable(row[key]), reverse=downwards)
    return (*given, *(row for row in listed if row[key] is None))


def _sortable(cell: Cell) -> tuple[float, str]:
    if isinstance(cell, (int, float)):
        return float(cell), ""
    return 0.0, cell.isoformat() if isinstance(cell, date) else str(cell).casefold()


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else cell
