"""Whose turn it is in the final test: form A or form B, and from when on. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.assessment.records import AttemptSummary

FORMS = ("A", "B")


@dataclass(frozen=True, slots=True)
class Waits:
    """How long to wait after the first attempt, and after every later one."""

    first: timedelta
    later: timedelta


@dataclass(frozen=True, slots=True)
class Turn:
    """The form to take next (None: by chance), and when it opens (None: at once)."""

    form: str | None
    opens_at: datetime | None


def next_turn(attempts: Iterable[AttemptSummary], waits: Waits) -> Turn:
    """After these attempts at the final test: the form that was not taken last, once the wait since then is over."""
    closed = sorted((one.closed_at, one.form) for one in attempts if one.closed_at is not None and one.form is not None)
    if not closed:
        return Turn(None, None)
    ended, form = closed[-1]
    return Turn(other(form), ended + (waits.first if len(closed) == 1 else waits.later))


def other(form: str) -> str:
    """B for A, A for B."""
    return FORMS[1 - FORMS.index(form)]
