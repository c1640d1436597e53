"""How a cohort got on from week to week. Pure."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.supervision.standings import Standing

A_WEEK = timedelta(days=7)
MOST_WEEKS = 26
"""So many are drawn, the latest."""


@dataclass(frozen=True, slots=True)
class Week:
    """The state at the end of a week, or now: `passed` of `all` parts of all trainees, and who has finished."""

    number: int
    """From 1, counted from the cohort's start."""
    until: date
    """The last day that is in it."""
    passed: int
    all: int
    finished: int

    @property
    def percent(self) -> int:
        """Rounded down."""
        return 100 * self.passed // self.all if self.all else 0


def weeks(
    standings: Sequence[Standing], parts: Collection[str], starts_on: date | None, now: datetime, zone: ZoneInfo
) -> tuple[Week, ...]:
    """One for each week since the start, the running one last. `parts`: ids of those that have a quiz to pass.

    Without a first day of its own the cohort starts with whoever joined first. Empty: it has not started, or nobody is
    there.
    """
    if not standings:
        return ()
    begins = starts_on or min(one.member.joined_at for one in standings).astimezone(zone).date()
    today = now.astimezone(zone).date()
    passed = sorted(
        cell.passed_at for one in standings for cell in one.cells if cell.part_id in parts and cell.passed_at
    )
    finished = sorted(one.finished_at for one in standings if one.finished_at)
    everything = len(standings) * len(parts)
    count = (today - begins).days // 7 + 1
    found = []
    for number in range(max(1, count - MOST_WEEKS + 1), count + 1):
        end = datetime.combine(begins + number * A_WEEK, time(), zone)
        found.append(
            Week(
                number=number,
                until=min(begins + number * A_WEEK - timedelta(days=1), today),
                passed=bisect_left(passed, end),
                all=everything,
                finished=bisect_left(finished, end),
            )
        )
    return tuple(found)
