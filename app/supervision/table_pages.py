"""Prepared values for the table of a cohort: one row a trainee, one cell a part."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext, ngettext

from app.content.records import FINAL
from app.supervision import listing
from app.supervision.groups import Group
from app.supervision.listing import DONE, LAST, NAME, Wish
from app.supervision.reasons import Failed
from app.supervision.standings import Cell, Part, Standing
from app.supervision.wording import said, short


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head, and the way to sort by it. `sorted`: "ascending", "descending" or None."""

    id: str
    label: str
    title: str
    href: str
    sorted: str | None


@dataclass(frozen=True, slots=True)
class CellLine:
    """`kind`: "none", "begun", "tried" or "passed". `unseen` goes on where `text` ends, for those who hear it."""

    kind: str
    text: str
    more: str
    unseen: str
    title: str
    alert: bool


@dataclass(frozen=True, slots=True)
class RowLine:
    person_id: UUID
    name: str
    href: str
    cells: tuple[CellLine, ...]
    done: int
    """Whole per cent, rounded down."""
    last: str
    last_on: str
    needing: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the filters above the table."""

    label: str
    count: int
    href: str
    current: bool


def shown_parts(group: Group) -> tuple[Part, ...]:
    """Those that have a quiz to pass: the columns of the table."""
    return tuple(part for part in group.parts if part.quiz_id is not None)


def table(group: Group, needing: Collection[UUID], wish: Wish) -> dict[str, Any]:
    """Heads, rows, filters and pages of the table that `wish` asks for."""
    names = {one.person_id: _name(group, one.person_id) for one in group.standings}
    page = listing.listed(group.standings, names, needing, wish)
    failed = {
        (reason.person_id, reason.details.quiz_id) for reason in group.waiting if isinstance(reason.details, Failed)
    }
    return {
        "wish": wish,
        "heads": heads(group, wish),
        "rows": [_row(group, one, names[one.person_id], needing, failed) for one in page.rows],
        "choices": _choices(group, page, wish),
        "found": page.found,
        "standing": page.counts["all"],
        "page": page.number,
        "pages": page.last,
        "page_links": _page_links(group, page, wish),
        "write_to": _write_to(group, page.rows),
    }


def heads(group: Group, wish: Wish) -> tuple[Head, ...]:
    """Trainee, the parts, how much is done, when they were last here."""
    columns = [(NAME, gettext("Trainee"), "")]
    columns += [(part.id, part_label(part), part_title(part)) for part in shown_parts(group)]
    columns += [(DONE, gettext("Done, %"), ""), (LAST, gettext("Last here"), "")]
    return tuple(
        Head(
            id=id,
            label=label,
            title=title,
            href=_address(group, wish.turned(id)),
            sorted=("descending" if wish.falling else "ascending") if wish.sort == id else None,
        )
        for id, label, title in columns
    )


def part_label(part: Part) -> str:
    return gettext("Final") if part.id == FINAL else part.title


def part_title(part: Part) -> str:
    """The mark a small square bears: the module's number, or F."""
    return gettext("F") if part.id == FINAL else str(part.number)


def _row(
    group: Group, standing: Standing, name: str, needing: Collection[UUID], failed: Collection[tuple[UUID, str]]
) -> RowLine:
    zone, last, person_id = group.seat.institute.zone, standing.last_active, standing.person_id
    cells = {cell.part_id: cell for cell in standing.cells}
    return RowLine(
        person_id=person_id,
        name=name,
        href=url_for("trainees.trainee", cohort_id=group.seat.cohort.id, person_id=person_id),
        cells=tuple(
            cell_line(group, cells[part.id], alert=(person_id, part.quiz_id or "") in failed)
            for part in shown_parts(group)
        ),
        done=int(100 * standing.share),
        last=short(last, zone, group.now) if last else gettext("never"),
        last_on=said(last, zone, group.now) if last else "",
        needing=person_id in needing,
    )


def cell_line(group: Group, cell: Cell, *, alert: bool) -> CellLine:
    """What one cell says: –, 3 of 7, 3 tries · 62, or 88."""
    if cell.state == "passed" and cell.passed_at is not None:
        on = said(cell.passed_at, group.seat.institute.zone, group.now)
        words = gettext("passed on %(on)s", on=on)
        if not cell.complete:
            words = gettext(
                "passed on %(on)s, %(read)s of %(sections)s sections read",
                on=on,
                read=cell.read,
                sections=cell.sections,
            )
        return CellLine("passed", str(cell.best), "", words, words, False)
    if cell.state == "attempted":
        tries = ngettext("%(num)d try", "%(num)d tries", cell.attempts)
        best = "" if cell.best is None else str(cell.best)
        return CellLine("tried", best, tries, gettext("best, not passed") if best else gettext("open"), "", alert)
    if cell.state == "reading":
        words = gettext("%(read)s of %(sections)s", read=cell.read, sections=cell.sections)
        return CellLine("begun", words, "", gettext("sections read"), "", False)
    return CellLine("none", "", "", gettext("not started"), "", False)


def _choices(group: Group, page: listing.Page, wish: Wish) -> tuple[Choice, ...]:
    labels = {
        "all": gettext("All"),
        "needing": gettext("Need you"),
        "under_way": gettext("On their way"),
        "finished": gettext("Finished"),
        "untouched": gettext("Not started"),
    }
    return tuple(
        Choice(
            label=labels[show],
            count=page.counts[show],
            href=_address(group, Wish(show=show, sort=wish.sort, falling=wish.falling)),
            current=show == wish.show,
        )
        for show in listing.SHOWS
    )


def _page_links(group: Group, page: listing.Page, wish: Wish) -> tuple[tuple[int, str], ...]:
    """(number, address) of every page, the ones around this one, and the ends."""
    near = {1, page.last, *range(page.number - 2, page.number + 3)}
    numbers = sorted(number for number in near if 1 <= number <= page.last)
    return tuple((number, _address(group, replace(wish, page=number))) for number in numbers)


def _write_to(group: Group, rows: Sequence[Standing]) -> str | None:
    """Where one writes to all those in these rows; None: to nobody."""
    people = [one.person_id for one in rows if one.person_id in group.faces]
    return url_for("supervision.write", cohort_id=group.seat.cohort.id, to=people) if people else None


def _address(group: Group, wish: Wish) -> str:
    return url_for("supervision.cohort", cohort_id=group.seat.cohort.id, **wish.address, _anchor="group")  # type: ignore[arg-type]


def _name(group: Group, person_id: UUID) -> str:
    face = group.faces.get(person_id)
    return face.name if face else gettext("A former trainee")
