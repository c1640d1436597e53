"""Prepared values for the yearly report: what is asked of the other features, and how the page holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from app.assessment.group_queries import attempt_lines
from app.assessment.group_records import AttemptLine
from app.assessment.records import SCORED, SETS
from app.assessment.report_queries import group_disputes
from app.content.records import Course
from app.credentials.report_queries import first_issues
from app.enrolment.queries import cohort_seats
from app.enrolment.records import CohortRecord, Member
from app.enrolment.report_queries import Stay, stays
from app.institutes.records import InstituteRecord, Seat
from app.learning.group_queries import reads_by_module
from app.mail.report_queries import letter_counts
from app.supervision import report, report_tables
from app.supervision.gain import gains
from app.supervision.populations import trainees_of_institute
from app.supervision.report_tables import Part
from app.supervision.standings import parts_of, standings


@dataclass(frozen=True, slots=True)
class Report:
    """A year, as the page and the export have it."""

    year: report.Year
    everybody: report.People
    certificates: tuple[int, ...]
    """Twelve numbers, January first."""
    to_finish: report.Middle
    parts: tuple[Part, ...]


def report_of(course: Course, seat: Seat, person_id: UUID, year: report.Year) -> Report:
    """The year of an institute; a fixed number of queries, whatever its size."""
    institute = seat.institute
    cohorts = [one.cohort for one in cohort_seats(person_id, institute.id)]
    people, all_stays = trainees_of_institute(institute.id), stays(institute.id)
    tried = attempt_lines(people, (*SCORED, *SETS))
    attempts = [one for one in tried if one.kind in SCORED]
    finished = _finished(course, _marks(course, institute, cohorts, all_stays), people, attempts)
    everybody = report.people_of(year, all_stays, finished)
    months = report.by_month(year, first_issues(institute.id, year.since, year.until), institute.zone)
    lines = report.by_cohort(year, ((one.id, one.name, one.due_on) for one in cohorts), all_stays, finished)
    quizzes = [part.quiz_id for part in parts_of(course) if part.quiz_id]
    return Report(
        year=year,
        everybody=everybody,
        certificates=months,
        to_finish=report.days_to_finish(year, all_stays, finished),
        parts=(
            report_tables.cohorts(lines, everybody),
            report_tables.certificates(year, months),
            report_tables.attempts(course, report.by_quiz(year, quizzes, attempts)),
            report_tables.gain(course, gains(tried)),
            report_tables.letters(letter_counts(institute.id, year.since, year.until)),
            report_tables.disputes(year, group_disputes(people)),
        ),
    )


def report_page(found: Report, this_year: int) -> dict[str, Any]:
    """What templates/supervision/report.html prints beside the seat."""
    most = max(found.certificates) or 1
    return {
        "report": found,
        "bars": [(count, round(100 * count / most)) for count in found.certificates],
        "following": found.year.number + 1 if found.year.number < this_year else None,
    }


def _marks(
    course: Course, institute: InstituteRecord, cohorts: Sequence[CohortRecord], all_stays: Sequence[Stay]
) -> Mapping[int, Sequence[Stay]]:
    """The stays that last, by the pass mark that holds: of two cohorts the one joined last decides."""
    own = {cohort.id: cohort.pass_mark for cohort in cohorts}
    deciding = {stay.person_id: stay for stay in all_stays if stay.left_at is None}
    found: dict[int, list[Stay]] = {}
    for stay in deciding.values():
        mark = own.get(stay.cohort_id) or institute.pass_mark or course.pass_mark
        found.setdefault(mark, []).append(stay)
    return found


def _finished(
    course: Course,
    marks: Mapping[int, Sequence[Stay]],
    people: Select[UUID],
    attempts: Sequence[AttemptLine],
) -> Mapping[UUID, datetime]:
    """When each of those who are there finished; who has not is left out."""
    parts = parts_of(course)
    reads = reads_by_module(
        people, [(section.module_id, section.id) for module in course.modules for section in module.sections]
    )
    rows = [
        standing
        for mark, own in marks.items()
        for standing in standings(
            parts, [Member(0, one.person_id, one.joined_at, None, False, False) for one in own], reads, attempts, mark
        )
    ]
    return {row.person_id: row.finished_at for row in rows if row.finished_at is not None}
