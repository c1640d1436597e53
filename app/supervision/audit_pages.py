"""Prepared values for the pages that show the record of acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import format_datetime, gettext, ngettext

from app.audit.folding import Folded, folded
from app.audit.records import Entry
from app.supervision.acts import act_words, detail_words
from app.supervision.exports import Column, Row, Table

MOST = 20_000
"""Rows of an export, the newest."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act, or several that follow one another closely, as the pages show them."""

    when: str
    again: str
    """How often, if more than once."""
    entry: Entry
    who: str
    what: str
    detail: str
    whom: str
    """Empty: it was about nobody."""


def people_in(entries: Sequence[Entry]) -> frozenset[UUID]:
    """Whose names the page says."""
    return frozenset(one for entry in entries for one in (entry.actor_id, entry.person_id) if one is not None)


def lines(
    entries: Sequence[Entry], names: Mapping[UUID, str], groups: Mapping[int, str], zone: ZoneInfo
) -> tuple[ActLine, ...]:
    return tuple(_line(one, names, groups, zone) for one in folded(entries))


def _line(one: Folded, names: Mapping[UUID, str], groups: Mapping[int, str], zone: ZoneInfo) -> ActLine:
    entry = one.entry
    times = ngettext("once", "%(num)d times until %(last)s", one.times, last=_local(one.last_at, zone, "HH:mm"))
    return ActLine(
        when=_local(entry.at, zone),
        again=times if one.times > 1 else "",
        entry=entry,
        who=_name(entry.actor_id, names) or gettext("The site itself"),
        what=act_words(entry.act),
        detail=detail_words(entry, groups),
        whom=_name(entry.person_id, names),
    )


def table(
    entries: Sequence[Entry], names: Mapping[UUID, str], groups: Mapping[int, str], zone: ZoneInfo, name: str
) -> Table:
    """Every act by itself, for a file."""
    columns = (
        Column(gettext("When (%(zone)s)", zone=zone.key)),
        Column(gettext("Who")),
        Column(gettext("What")),
        Column(gettext("Which")),
        Column(gettext("About whom")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            entry.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
            _name(entry.actor_id, names) or gettext("The site itself"),
            act_words(entry.act),
            detail_words(entry, groups),
            _name(entry.person_id, names),
        )
        for entry in entries
    )
    notes = ((gettext("Which rows"), gettext("At most the newest %(most)s.", most=MOST)),)
    return Table(f"audit-{name}", gettext("Audit"), columns, rows, notes)


def _name(person_id: UUID | None, names: Mapping[UUID, str]) -> str:
    if person_id is None:
        return ""
    return names.get(person_id) or gettext("Somebody whose account is gone")


def _local(at: datetime, zone: ZoneInfo, pattern: str = "d MMM y, HH:mm") -> str:
    return str(format_datetime(at.astimezone(zone), pattern, rebase=False))
