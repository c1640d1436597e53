"""Why somebody needs their supervisor: one record for each kind of reason. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias
from uuid import UUID

Kind = Literal["harmful", "due", "failed", "sure", "still"]
URGENCY: tuple[Kind, ...] = ("harmful", "due", "failed", "sure", "still")
"""Most urgent first."""


@dataclass(frozen=True, slots=True)
class Case:
    """An answer that a reason rests on, and where it can be looked at."""

    title: str
    what: str
    """What it would have done (of a harmful choice; empty: an unsafe order of steps), or else nothing."""
    attempt_id: UUID
    position: int
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """`attempts` closed below the mark since it was last passed, if ever; the best of them in whole per cent."""

    quiz_id: str
    attempts: int
    best: int


@dataclass(frozen=True, slots=True)
class Harmful:
    """Harmful choices on one objective that no later answer has made up for, oldest first."""

    objective_id: str
    objective: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Still:
    """Nothing for `days` whole days. `started`: whether they have ever done anything."""

    days: int
    started: bool


@dataclass(frozen=True, slots=True)
class Due:
    """`done` of `total` steps, and the last day is near or over."""

    due_on: date
    overdue: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Sure:
    """One misconception, shown with certainty in each of these cases (the latest answer of each), oldest first."""

    misconception_id: str
    text: str
    cases: tuple[Case, ...]


Details: TypeAlias = Failed | Harmful | Still | Due | Sure


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody needs their supervisor. `key` is the same as long as it is the same matter."""

    kind: Kind
    key: str
    person_id: UUID
    since: datetime
    """Failed, harmful, sure: the latest answer that counts. Still: the last thing done, or joining. Due: two weeks
    before the end, or once overdue the end."""
    details: Details


@dataclass(frozen=True, slots=True)
class Needs:
    """Somebody with all their reasons, most urgent first."""

    person_id: UUID
    reasons: tuple[Reason, ...]
