"""Lists of people to invite, as spreadsheets save them or as somebody pastes them. Pure.

Each line is read by itself, so that a stray quotation mark spoils one line and no more, and every line of the list is
accounted for exactly once: as the header, as blank, as somebody to invite, or with what is wrong with it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.accounts import addresses, names
from app.enrolment.sheets import LONGEST_LINE, cells_of, delimiter_of, is_blank, lines_of

MOST_LINES = 2_000
SHOWN = 120
"""How much of a bad line is shown."""
_HEADINGS: Mapping[str, frozenset[str]] = {
    "email": frozenset({"email", "email address", "mail", "mail address"}),
    "name": frozenset({"name", "full name", "fullname"}),
    "first": frozenset({"first name", "firstname", "first", "given name", "given names", "forename"}),
    "last": frozenset({"last name", "lastname", "last", "surname", "family name"}),
}


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to invite. `name` may be empty; `key` is the form in which an address is unique."""

    line: int
    name: str
    email: str
    key: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that invites nobody. `code`: missing, several, address, long, control, quotes, columns, name, twice, or
    one of Known's states; `first` is the line that has the address already."""

    line: int
    text: str
    code: str
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """What a list holds. The numbers of lines begin at one."""

    guests: tuple[Guest, ...]
    bad: tuple[BadLine, ...]
    blank: tuple[int, ...]
    header: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """Addresses, as keys, that need no invitation into a cohort."""

    joined: frozenset[str] = frozenset()
    invited: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()

    def state(self, key: str) -> str | None:
        """joined, staff or invited; None: nothing stands against an invitation."""
        for state, keys in (("joined", self.joined), ("staff", self.staff), ("invited", self.invited)):
            if key in keys:
                return state
        return None


class TooManyLines(ValueError):
    """The list has `lines` lines that say something, more than MOST_LINES."""

    def __init__(self, lines: int) -> None:
        super().__init__(f"{lines} lines")
        self.lines = lines


def read(text: str) -> Roster:
    """Every line of the list. Raises TooManyLines."""
    lines = lines_of(text)
    said = [(number, line) for number, line in enumerate(lines, 1) if not is_blank(line)]
    if len(said) > MOST_LINES:
        raise TooManyLines(len(said))
    delimiter = delimiter_of([line for _, line in said])
    header = _header(said[0][1], delimiter) if said else None
    people: list[Guest] = []
    bad: list[BadLine] = []
    first: dict[str, int] = {}
    for number, line in said[1 if header else 0 :]:
        found = _guest(number, line, delimiter, header)
        if isinstance(found, Guest) and found.key in first:
            found = BadLine(number, _shown(line), "twice", first[found.key])
        if isinstance(found, Guest):
            first[found.key] = number
            people.append(found)
        else:
            bad.append(found)
    numbers = {number for number, _ in said}
    blank = tuple(number for number in range(1, len(lines) + 1) if number not in numbers)
    return Roster(tuple(people), tuple(bad), blank, said[0][0] if header else None)


def held_against(roster: Roster, known: Known) -> Roster:
    """The same list, without those who need no invitation: their lines are bad, and say why."""
    guests: list[Guest] = []
    bad = list(roster.bad)
    for guest in roster.guests:
        state = known.state(guest.key)
        if state is None:
            guests.append(guest)
        else:
            bad.append(BadLine(guest.line, _shown(f"{guest.name} {guest.email}".strip()), state))
    return replace(roster, guests=tuple(guests), bad=tuple(sorted(bad, key=lambda one: one.line)))


def _guest(number: int, line: str, delimiter: str, header: Sequence[str | None] | None) -> Guest | BadLine:
    if len(line) > LONGEST_LINE:
        return BadLine(number, _shown(line), "long")
    if any(sign == "\ufffd" or (sign != "\t" and unicodedata.category(sign) in ("Cc", "Cs")) for sign in line):
        return BadLine(number, _shown(line), "control")
    cells = cells_of(line, delimiter)
    if cells is None:
        return BadLine(number, _shown(line), "quotes")
    picked = _by_header(cells, header) if header else _by_looks(cells)
    if isinstance(picked, str):
        return BadLine(number, _shown(line), picked)
    name, email = names.tidy(picked[0]), picked[1]
    code = _fault(name, email)
    return Guest(number, name, email, addresses.key(email)) if code is None else BadLine(number, _shown(line), code)


def _fault(name: str, email: str) -> str | None:
    if not email:
        return "missing"
    if len(name) > names.LONGEST or len(email) > addresses.LONGEST:
        return "long"
    if name and names.fault(name) is not None:
        return "name"
    try:
        addresses.key(email)
    except addresses.BadAddress:
        return "address"
    return None


def _by_header(cells: Sequence[str], header: Sequence[str | None]) -> tuple[str, str] | str:
    """(name, address) by the columns' headings; or what is wrong."""
    if any(cells[len(header) :]):
        return "columns"
    given: dict[str, str] = {}
    for heading, cell in zip(header, cells, strict=False):
        if heading is not None and cell:
            given.setdefault(heading, cell)
    name = given.get("name") or " ".join(given[part] for part in ("first", "last") if part in given)
    return name, given.get("email", "")


def _by_looks(cells: Sequence[str]) -> tuple[str, str] | str:
    """The same without headings: the cell with an @ is the address, up to two others are the name."""
    with_address = [cell for cell in cells if "@" in cell]
    others = [cell for cell in cells if cell and "@" not in cell]
    if len(with_address) > 1:
        return "several"
    if len(others) > 2:
        return "columns"
    return " ".join(others), with_address[0] if with_address else ""


def _header(line: str, delimiter: str) -> tuple[str | None, ...] | None:
    """What each column holds, if this line says so: it names a column of addresses, and has no address itself."""
    cells = cells_of(line, delimiter)
    if cells is None or any("@" in cell for cell in cells):
        return None
    headings = tuple(_heading(cell) for cell in cells)
    return headings if "email" in headings else None


def _heading(cell: str) -> str | None:
    plain = " ".join(re.sub(r"[-_.:*]+", " ", cell.casefold()).split()).replace("e mail", "email")
    return next((heading for heading, words in _HEADINGS.items() if plain in words), None)


def _shown(line: str) -> str:
    """The line as it may be printed: without signs that cannot be seen, and not too long."""
    seen = "".join(sign if sign.isprintable() else "\ufffd" for sign in line.replace("\t", " "))
    return seen if len(seen) <= SHOWN else f"{seen[: SHOWN - 1]}…"
