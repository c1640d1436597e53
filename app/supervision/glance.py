"""Several cohorts at a glance, in a fixed number of statements however many they are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Select

from app.assessment.group_queries import all_answers, attempt_lines, last_answered, pinned
from app.assessment.group_records import AttemptLine, GroupAnswer
from app.content import Course
from app.enrolment.group_queries import members_by_cohort
from app.enrolment.records import CohortRecord, CohortSeat, Member
from app.learning.group_queries import reads_by_module
from app.learning.group_records import ModuleReads
from app.questions import Pinned
from app.scenarios.group_queries import last_moves
from app.supervision import attention, marks, queries, standings
from app.supervision.groups import mark_of
from app.supervision.populations import trainees_of_cohorts
from app.supervision.records import Mark
from app.supervision.standings import Standing


@dataclass(frozen=True, slots=True)
class Glance:
    """How one cohort stands, in numbers of people. `waiting`: those who need somebody; None in one that is put away."""

    cohort: CohortRecord
    trainees: int
    finished: int
    waiting: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What everybody in these cohorts did. `copies`: the questions behind the answers, by digest."""

    reads: Sequence[ModuleReads]
    attempts: Sequence[AttemptLine]
    answers: Sequence[GroupAnswer] = ()
    copies: Mapping[str, Pinned] = field(default_factory=dict)
    active: Mapping[UUID, datetime] = field(default_factory=dict)


class Somebodys(Protocol):
    @property
    def person_id(self) -> UUID: ...


Row = TypeVar("Row", bound=Somebodys)


def running(course: Course, seats: Sequence[CohortSeat], now: datetime) -> tuple[Glance, ...]:
    """One for each of these cohorts of one institute, in their order; seven statements, or none, and one more
    for questions that this process has not met."""
    if not seats:
        return ()
    ids = [seat.cohort.id for seat in seats]
    people = trainees_of_cohorts(seats[0].institute.id, ids)
    members, noted, answers = members_by_cohort(ids, people), queries.marks_of_cohorts(ids), all_answers(people)
    facts = Facts(
        _reads(course, people),
        attempt_lines(people),
        answers,
        pinned(one.digest for one in answers),
        _last_active(people),
    )
    return tuple(_running(course, seat, members[seat.cohort.id], noted[seat.cohort.id], facts, now) for seat in seats)


def put_away(course: Course, seats: Sequence[CohortSeat]) -> tuple[Glance, ...]:
    """The same of cohorts that are put away, where nobody waits any more; three statements, or none."""
    if not seats:
        return ()
    ids = [seat.cohort.id for seat in seats]
    people = trainees_of_cohorts(seats[0].institute.id, ids)
    members = members_by_cohort(ids, people)
    facts = Facts(_reads(course, people), attempt_lines(people))
    return tuple(_glance(seat, _standings(course, seat, members[seat.cohort.id], facts), None) for seat in seats)


def _running(
    course: Course,
    seat: CohortSeat,
    members: Sequence[Member],
    noted: Iterable[Mark],
    facts: Facts,
    now: datetime,
) -> Glance:
    rows, here, zone = _standings(course, seat, members, facts), _ids(members), seat.institute.zone
    reasons = attention.reasons(
        rows,
        _of(here, facts.attempts),
        _of(here, facts.answers),
        facts.copies,
        mark=mark_of(course, seat),
        now=now,
        zone=zone,
        starts_on=seat.cohort.starts_on,
    )
    waiting, _resting = marks.part(reasons, noted, now, zone)
    return _glance(seat, rows, len({one.person_id for one in waiting}))


def _last_active(people: Select[UUID]) -> Mapping[UUID, datetime]:
    """By person, when they last answered something or led a session."""
    answered, moved = last_answered(people), last_moves(people)
    return {**answered, **{one: max(at, answered.get(one, at)) for one, at in moved.items()}}


def _reads(course: Course, people: Select[UUID]) -> Sequence[ModuleReads]:
    """Of sections that the course has now."""
    sections = [(section.module_id, section.id) for module in course.modules for section in module.sections]
    return reads_by_module(people, sections)


def _standings(course: Course, seat: CohortSeat, members: Sequence[Member], facts: Facts) -> tuple[Standing, ...]:
    here = _ids(members)
    active: Mapping[UUID, datetime] = {one: facts.active[one] for one in here if one in facts.active}
    reads, attempts = _of(here, facts.reads), _of(here, facts.attempts)
    return standings.standings(standings.parts_of(course), members, reads, attempts, mark_of(course, seat), active)


def _glance(seat: CohortSeat, rows: Sequence[Standing], waiting: int | None) -> Glance:
    return Glance(seat.cohort, len(rows), sum(one.finished_at is not None for one in rows), waiting)


def _ids(members: Iterable[Member]) -> frozenset[UUID]:
    return frozenset(one.person_id for one in members)


def _of(people: Collection[UUID], rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(one for one in rows if one.person_id in people)
