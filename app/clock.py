"""The one place that reads the clock. Services and pure modules take `now` as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current moment, UTC-aware."""
    return datetime.now(UTC)
