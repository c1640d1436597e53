"""When a trainee is reminded of their last day. Pure.

A week before it, from nine in the morning on, and on the morning after it; by the institute's clock, so that nobody
gets a letter at night, whatever the season. A reminder that could not be written at its hour is written later, as
long as it still says something: until the last day is over, and for a week after it.

Whoever has just joined was told the last day then. They get no reminder on their first day in the group, and whoever
joined when the day was over is not told that it is.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Kind = Literal["before_due", "overdue"]

BEFORE = timedelta(days=7)
LATE = timedelta(days=7)
"""How long after the last day it is still worth saying that it is over."""
HOUR = time(9)
SETTLING_IN = timedelta(days=1)
WINDOW = max(BEFORE, LATE) + timedelta(days=2)
"""No last day further away than this, counted in UTC, needs a reminder in any time zone."""


def kind_due(due_on: date, starts_on: date | None, joined_at: datetime, zone: ZoneInfo, now: datetime) -> Kind | None:
    """Which reminder of this last day is due at `now`, whether or not it has been written."""
    over = _at(due_on + timedelta(days=1), time(), zone)
    morning_after = _at(due_on + timedelta(days=1), HOUR, zone)
    if now >= morning_after:
        return "overdue" if joined_at < over and now < morning_after + LATE else None
    first = max(due_on - BEFORE, starts_on or date.min)
    if _at(first, HOUR, zone) <= now < over and now - joined_at >= SETTLING_IN:
        return "before_due"
    return None


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone)
