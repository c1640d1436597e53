"""Repeated acts shown as one. Pure; what is stored stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.audit.records import Entry

CLOSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Folded:
    """An act, and how often the same was done by the same person to the same thing shortly after."""

    entry: Entry
    """The first of them."""
    times: int
    last_at: datetime


def folded(entries: Sequence[Entry], close: timedelta = CLOSE) -> tuple[Folded, ...]:
    """`entries`, newest first, with those joined that came within `close` of the first of their kind.

    The order is that of each group's first act, newest first.
    """
    groups: list[Folded] = []
    open_at: dict[tuple[object, ...], int] = {}
    for entry in reversed(entries):
        key = (entry.actor_id, entry.institute_id, entry.person_id, entry.act, entry.subject)
        here = open_at.get(key)
        if here is not None and entry.at - groups[here].entry.at <= close:
            groups[here] = Folded(groups[here].entry, groups[here].times + 1, entry.at)
        else:
            open_at[key] = len(groups)
            groups.append(Folded(entry, 1, entry.at))
    return tuple(reversed(groups))
