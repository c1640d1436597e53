"""Which reasons still wait, and which rest because somebody was written to or looks again later. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.supervision.attention import rests
from app.supervision.reasons import Reason
from app.supervision.records import Mark


@dataclass(frozen=True, slots=True)
class Resting:
    """A reason that somebody has taken care of, and the note that says so."""

    reason: Reason
    mark: Mark


def part(
    reasons: Iterable[Reason], marks: Iterable[Mark], now: datetime, zone: ZoneInfo
) -> tuple[tuple[Reason, ...], tuple[Resting, ...]]:
    """(reasons that wait, reasons that rest), each in the given order. `marks`: oldest first, so that the newest
    counts."""
    newest = {(mark.person_id, mark.reason): mark for mark in marks}
    waiting: list[Reason] = []
    resting: list[Resting] = []
    for reason in reasons:
        mark = newest.get((reason.person_id, reason.key))
        if mark is not None and rests(reason, mark, now, zone):
            resting.append(Resting(reason, mark))
        else:
            waiting.append(reason)
    return tuple(waiting), tuple(resting)
