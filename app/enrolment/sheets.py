"""The text of a spreadsheet, line by line, and its cells: encodings, delimiters, quotation marks. Pure."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Sequence

LONGEST_LINE = 2_000
_ENDS = re.compile(r"\r\n|\n|\r")
_ADDRESS = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(raw: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, UTF-16, or what older spreadsheets write. Never fails: what
    cannot be read becomes U+FFFD, and its line is bad."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    if raw[:1000:2].count(0) > len(raw[:1000]) // 8:
        return raw.decode("utf-16-be", "replace")
    if raw[1:1000:2].count(0) > len(raw[:1000]) // 8:
        return raw.decode("utf-16-le", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def lines_of(text: str) -> list[str]:
    """The lines, whichever of the usual signs ends them."""
    return _ENDS.split(text.removeprefix("\ufeff"))


def is_blank(line: str) -> bool:
    """Nothing at all, or the empty cells that spreadsheets leave at the end."""
    return not line.strip(' \t,;"\u00a0')


def delimiter_of(lines: Sequence[str]) -> str:
    """Tab, semicolon or comma: the one by which most lines have exactly one cell that is an address; among equals the
    one that occurs on most lines."""
    scores: Counter[str] = Counter()
    occurs: Counter[str] = Counter()
    for line in lines:
        for sign in ("\t", ";", ","):
            cells = cells_of(line[:LONGEST_LINE], sign) or ()
            scores[sign] += sum(_ADDRESS.fullmatch(cell) is not None for cell in cells) == 1
            occurs[sign] += sign in line
    return max(("\t", ";", ","), key=lambda sign: (scores[sign], occurs[sign]))


def cells_of(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line without blanks around them; None: its quotation marks do not match."""
    try:
        (row,) = csv.reader([line], delimiter=delimiter, strict=True, skipinitialspace=True)
    except (csv.Error, ValueError):
        return None
    return [cell.strip() for cell in row]
