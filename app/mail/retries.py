"""When a letter that could not be sent is tried again."""

from datetime import datetime, timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
LEASE = timedelta(minutes=10)
"""How long a worker that took a letter has it to itself: far longer than any server takes to answer."""
KEPT = timedelta(days=30)
"""How long the record of a letter that is done with stays: who, when, and what went wrong, without the text."""
KEPT_FOR_INSTITUTES = timedelta(days=400)
"""The same for an institute's letters, with the copy for its staff: over a year, so that last year's group is there."""


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after `tries` failures, or None: it is time to give up."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None
