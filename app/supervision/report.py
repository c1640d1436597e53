"""What an institute's year adds up to. Pure: numbers of people and of acts, nobody is named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from statistics import median
from typing import Protocol
from uuid import UUID

A_DAY = timedelta(days=1)


class Stay(Protocol):
    """One trainee's time in one cohort."""

    @property
    def cohort_id(self) -> int: ...
    @property
    def person_id(self) -> UUID: ...
    @property
    def joined_at(self) -> datetime: ...
    @property
    def left_at(self) -> datetime | None: ...


class Attempt(Protocol):
    @property
    def person_id(self) -> UUID: ...
    @property
    def quiz_id(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def closed_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year by the institute's clocks: from `since` on and before `until`."""

    number: int
    since: datetime
    until: datetime

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and self.since <= moment < self.until


@dataclass(frozen=True, slots=True)
class People:
    """How many people: `there` at the end of the year, or now while it lasts."""

    joined: int
    left: int
    there: int
    finished: int


@dataclass(frozen=True, slots=True)
class CohortLine:
    cohort_id: int
    name: str
    due_on: date | None
    people: People


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """Attempts at one quiz that were begun in the year."""

    quiz_id: str
    begun: int
    answered: int
    """To the end."""
    people: int


@dataclass(frozen=True, slots=True)
class Middle:
    """A median over `n`, in days; None for nobody."""

    days: float | None
    n: int


def year_of(number: int, zone: tzinfo) -> Year:
    """ValueError, OverflowError: no such year."""
    since, until = (datetime(at, 1, 1, tzinfo=zone).astimezone(UTC) for at in (number, number + 1))
    return Year(number, since, until)


def people_of(year: Year, stays: Iterable[Stay], finished: Mapping[UUID, datetime]) -> People:
    """Each person once: whoever moved from one cohort to another has neither left nor joined by that."""
    mine: dict[UUID, list[Stay]] = {}
    for stay in stays:
        mine.setdefault(stay.person_id, []).append(stay)
    there = {id for id, own in mine.items() if any(_there(stay, year.until) for stay in own)}
    return People(
        joined=sum(year.holds(min(stay.joined_at for stay in own)) for own in mine.values()),
        left=sum(id not in there and any(year.holds(stay.left_at) for stay in own) for id, own in mine.items()),
        there=len(there),
        finished=sum(year.holds(finished.get(id)) for id in mine),
    )


def by_cohort(
    year: Year,
    cohorts: Iterable[tuple[int, str, date | None]],
    stays: Sequence[Stay],
    finished: Mapping[UUID, datetime],
) -> tuple[CohortLine, ...]:
    """The cohorts (id, name, due day) that anybody was in during the year."""
    lines = []
    for id, name, due_on in cohorts:
        own = [stay for stay in stays if stay.cohort_id == id]
        if any(_touches(stay, year) for stay in own):
            lines.append(CohortLine(id, name, due_on, people_of(year, own, finished)))
    return tuple(lines)


def by_month(year: Year, moments: Iterable[datetime], zone: tzinfo) -> tuple[int, ...]:
    """Twelve numbers: how many of the moments fall into each month of the year."""
    months = [moment.astimezone(zone).month for moment in moments if year.holds(moment)]
    return tuple(months.count(month) for month in range(1, 13))


def by_quiz(year: Year, quizzes: Iterable[str], attempts: Sequence[Attempt]) -> tuple[AttemptLine, ...]:
    """One line a quiz, in the order given."""
    begun = [attempt for attempt in attempts if year.holds(attempt.started_at)]
    return tuple(_attempts(quiz_id, [one for one in begun if one.quiz_id == quiz_id]) for quiz_id in quizzes)


def days_to_finish(year: Year, stays: Iterable[Stay], finished: Mapping[UUID, datetime]) -> Middle:
    """From first joining to finishing, of those who finished in the year; not of those who had before they joined."""
    joined: dict[UUID, datetime] = {}
    for stay in stays:
        joined[stay.person_id] = min(stay.joined_at, joined.get(stay.person_id, stay.joined_at))
    spans = [
        finished[id] - since for id, since in joined.items() if year.holds(finished.get(id)) and finished[id] > since
    ]
    return middle(spans)


def middle(spans: Sequence[timedelta]) -> Middle:
    return Middle(round(median(span / A_DAY for span in spans), 1) if spans else None, len(spans))


def _attempts(quiz_id: str, attempts: Sequence[Attempt]) -> AttemptLine:
    return AttemptLine(
        quiz_id=quiz_id,
        begun=len(attempts),
        answered=sum(attempt.closed_at is not None for attempt in attempts),
        people=len({attempt.person_id for attempt in attempts}),
    )


def _there(stay: Stay, moment: datetime) -> bool:
    return stay.joined_at < moment and (stay.left_at is None or stay.left_at >= moment)


def _touches(stay: Stay, year: Year) -> bool:
    return stay.joined_at < year.until and (stay.left_at is None or stay.left_at >= year.since)
