"""Everything that a cohort's pages are worked out from, read in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select

from app.accounts.group_queries import Face, faces
from app.assessment.group_queries import all_answers, attempt_lines, pinned
from app.assessment.group_records import AttemptLine, GroupAnswer
from app.assessment.records import MEND, SCORED, SETS
from app.content import Course
from app.enrolment.records import CohortSeat
from app.learning.group_queries import reads_by_module
from app.questions import Pinned
from app.supervision import attention, marks, queries, standings
from app.supervision.marks import Resting
from app.supervision.populations import trainees_of_cohort
from app.supervision.reasons import Reason
from app.supervision.standings import Part, Standing


@dataclass(frozen=True, slots=True)
class Group:
    """A cohort's trainees as they stand at a moment: everything of all of them, or of one."""

    seat: CohortSeat
    now: datetime
    mark: int
    """From so many per cent on a quiz is passed."""
    parts: tuple[Part, ...]
    standings: tuple[Standing, ...]
    faces: Mapping[UUID, Face]
    """Also of staff who noted something. Whoever has no identity any more is not in it."""
    attempts: Sequence[AttemptLine]
    """Also those before and after reading."""
    answers: Sequence[GroupAnswer]
    copies: Mapping[str, Pinned]
    waiting: tuple[Reason, ...]
    """Why somebody needs their supervisor, most urgent first. Nobody in a cohort that is put away."""
    resting: tuple[Resting, ...]

    @property
    def scored(self) -> tuple[GroupAnswer, ...]:
        """The answers that statistics are made of."""
        return tuple(one for one in self.answers if one.kind in SCORED)


def mark_of(course: Course, seat: CohortSeat) -> int:
    """The cohort's own pass mark, else the institute's, else the course's."""
    return seat.cohort.pass_mark or seat.institute.pass_mark or course.pass_mark


def read_group(course: Course, seat: CohortSeat, now: datetime) -> Group:
    """All trainees of the cohort, in five statements, and one more for questions that this process has not met."""
    return _read(course, seat, trainees_of_cohort(seat.cohort.id), now)


def read_trainee(course: Course, seat: CohortSeat, person_id: UUID, now: datetime) -> Group:
    """The same of one of them alone."""
    return _read(course, seat, queries.trainee_of_cohort(seat.cohort.id, person_id), now)


def _read(course: Course, seat: CohortSeat, people: Select[UUID], now: datetime) -> Group:
    cohort, zone, mark = seat.cohort, seat.institute.zone, mark_of(course, seat)
    members, noted, moved = queries.members_and_marks(cohort.id, people)
    attempts = attempt_lines(people, (*SCORED, *SETS, MEND))
    answers = all_answers(people, (*SCORED, *SETS, MEND))
    sections = [(section.module_id, section.id) for module in course.modules for section in module.sections]
    reads = reads_by_module(people, sections)
    scored, given = _scored(attempts), [one for one in answers if one.kind in SCORED]
    copies = pinned(one.digest for one in answers)
    parts = standings.parts_of(course)
    rows = standings.standings(parts, members, reads, scored, mark, _last_active(attempts, answers, moved))
    reasons = attention.reasons(rows, scored, given, copies, mark=mark, now=now, zone=zone, starts_on=cohort.starts_on)
    waiting, resting = marks.part(reasons if cohort.ended_at is None else (), noted, now, zone)
    return Group(
        seat=seat,
        now=now,
        mark=mark,
        parts=parts,
        standings=rows,
        faces=faces(queries.people_concerned(cohort.id)),
        attempts=attempts,
        answers=answers,
        copies=copies,
        waiting=waiting,
        resting=resting,
    )


def _scored(attempts: Sequence[AttemptLine]) -> tuple[AttemptLine, ...]:
    return tuple(one for one in attempts if one.kind in SCORED)


def _last_active(
    attempts: Sequence[AttemptLine], answers: Sequence[GroupAnswer], moved: Mapping[UUID, datetime]
) -> dict[UUID, datetime]:
    """By person, the latest thing done in an attempt of any kind or in a session."""
    latest = dict(moved)
    moments = [(one.person_id, one.closed_at or one.started_at) for one in attempts]
    moments += ((one.person_id, one.answered_at) for one in answers)
    for person_id, moment in moments:
        if person_id not in latest or latest[person_id] < moment:
            latest[person_id] = moment
    return latest
