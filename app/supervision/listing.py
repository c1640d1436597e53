"""The table of a cohort: whom it lists, in which order, on which page. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from app.supervision.standings import Cell, Standing

Show = Literal["all", "needing", "under_way", "finished", "untouched"]
SHOWS: tuple[Show, ...] = ("all", "needing", "under_way", "finished", "untouched")
PER_PAGE = 50
LONGEST_SEARCH = 100
NAME, LAST, DONE = "name", "last", "done"
_STATES = ("untouched", "reading", "attempted", "passed")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for in the address. `sort`: NAME, LAST, DONE or the id of a part."""

    show: Show = "all"
    search: str = ""
    sort: str = NAME
    falling: bool = False
    page: int = 1

    def turned(self, sort: str) -> "Wish":
        """Sorted by another column, from its more telling end, or the other way round by the same; from page 1."""
        falling = not self.falling if sort == self.sort else sort != NAME
        return replace(self, sort=sort, falling=falling, page=1)

    @property
    def address(self) -> dict[str, str]:
        """What has to stand in the address; what goes without saying is left out."""
        written = {
            "show": self.show if self.show != "all" else "",
            "q": self.search,
            "sort": ("-" if self.falling else "") + self.sort,
            "page": str(self.page) if self.page > 1 else "",
        }
        if written["sort"] == NAME:
            written["sort"] = ""
        return {name: value for name, value in written.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """The rows to print, of `found` that were asked for, and how many of all stand where."""

    rows: tuple[Standing, ...]
    found: int
    number: int
    last: int
    counts: Mapping[Show, int]


def page_from(given: str | None) -> int | None:
    """The number of a page in an address, from 1; None: there is none."""
    if given is None or not given.isascii() or not given.isdecimal() or len(given) > 5:
        return None
    return max(1, int(given))


def wish_from(given: Mapping[str, str], parts: Collection[str]) -> Wish:
    """The wish in an address; what cannot be read is left out."""
    sort = given.get("sort", NAME)
    column = sort.removeprefix("-")
    known = column in (NAME, LAST, DONE) or column in parts
    show: Show = next((one for one in SHOWS if one == given.get("show")), "all")
    return Wish(
        show=show,
        search=" ".join(given.get("q", "").split())[:LONGEST_SEARCH],
        sort=column if known else NAME,
        falling=known and sort.startswith("-"),
        page=page_from(given.get("page")) or 1,
    )


def place_of(standing: Standing) -> Show:
    """Where somebody stands: exactly one of finished, under way, untouched."""
    if standing.finished_at is not None:
        return "finished"
    return "under_way" if standing.last_active is not None else "untouched"


def counted(standings: Sequence[Standing], needing: Collection[UUID]) -> dict[Show, int]:
    """How many stand where; whoever needs somebody is counted beside that."""
    places = Counter(place_of(standing) for standing in standings)
    counts: dict[Show, int] = {show: places[show] for show in SHOWS}
    counts["all"] = len(standings)
    counts["needing"] = sum(standing.person_id in needing for standing in standings)
    return counts


def selected(
    standings: Sequence[Standing], names: Mapping[UUID, str], needing: Collection[UUID], wish: Wish
) -> Sequence[Standing]:
    """Everybody that was asked for, on all pages, in order: what is exported. `names`: of everybody in `standings`."""
    sought = wish.search.casefold()
    found = [one for one in standings if sought in names[one.person_id].casefold() and _shown(one, needing, wish.show)]
    by_name = sorted(found, key=lambda one: (names[one.person_id].casefold(), str(one.person_id)))
    if wish.sort == NAME:
        return by_name[::-1] if wish.falling else by_name
    return sorted(by_name, key=_key(wish.sort), reverse=wish.falling)


def listed(standings: Sequence[Standing], names: Mapping[UUID, str], needing: Collection[UUID], wish: Wish) -> Page:
    """The page that was asked for, or the last one there is."""
    ordered = selected(standings, names, needing, wish)
    last = max(1, -(-len(ordered) // PER_PAGE))
    number = min(wish.page, last)
    rows = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Page(tuple(rows), len(ordered), number, last, counted(standings, needing))


def _shown(standing: Standing, needing: Collection[UUID], show: Show) -> bool:
    if show == "all":
        return True
    return standing.person_id in needing if show == "needing" else place_of(standing) == show


def _key(sort: str) -> Callable[[Standing], tuple[float, ...]]:
    if sort == LAST:
        return lambda one: (one.last_active.timestamp() if one.last_active else 0.0,)
    if sort == DONE:
        return lambda one: (float(one.share),)
    return lambda one: next((_merit(cell) for cell in one.cells if cell.part_id == sort), (0.0,))


def _merit(cell: Cell) -> tuple[float, ...]:
    """How far somebody is with a part; of two who tried, whoever needed more attempts counts as less far."""
    return (_STATES.index(cell.state), cell.best or 0, -cell.attempts, cell.read)
