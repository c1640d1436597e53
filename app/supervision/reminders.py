"""Writing the letters about a last day that nears or is over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext, ngettext
from sqlalchemy import Select

from app.accounts.group_queries import Face, faces
from app.accounts.letters import link_to
from app.assessment.group_queries import attempt_lines
from app.content import Course
from app.enrolment import notices
from app.enrolment.notices import NearDue
from app.enrolment.records import end_of_day
from app.enrolment.requirements import PassQuiz, ReadSection, Requirement
from app.enrolment.terms import terms_of
from app.institutes import letters
from app.learning.completion import Fact, QuizClosed, SectionRead, completion
from app.learning.group_queries import read_lines
from app.supervision.reminding import LATE, WINDOW, Kind, kind_due


def write_due(course: Course, now: datetime) -> int:
    """Write every reminder that is due and was not written before; returns how many.

    Whoever has finished under their institute's terms, or has declined reminders, gets none. Four reading statements,
    however many people. Each notice stands in the transaction of its letter: two workers at once write one letter.
    """
    due = _due(now)
    if not due:
        return 0
    people = notices.people_behind([one.group.membership_id for one, _ in due])
    facts, addresses = _facts(people), faces(people)
    written = 0
    for one, kind in due:
        missing, face = _missing(course, one, facts[one.person_id]), addresses.get(one.person_id)
        if missing and face and notices.note(one.group.membership_id, kind, one.due_on, now):
            _send(course, one, kind, face, missing, now)
            written += 1
    return written


def _due(now: datetime) -> list[tuple[NearDue, Kind]]:
    found = []
    for one in notices.near_due((now - WINDOW).date(), (now + WINDOW).date()):
        group = one.group
        kind = kind_due(one.due_on, group.cohort.starts_on, group.joined_at, group.institute.zone, now)
        if kind is not None and kind not in one.told:
            found.append((one, kind))
    return found


def _facts(people: Select[UUID]) -> Mapping[UUID, Sequence[Fact]]:
    """What each of these people did that completion may count."""
    facts: dict[UUID, list[Fact]] = defaultdict(list)
    for read in read_lines(people):
        facts[read.person_id].append(SectionRead(read.module_id, read.section_id, read.read_at))
    for line in attempt_lines(people):
        if line.closed_at is not None and line.earned is not None and line.possible is not None:
            facts[line.person_id].append(QuizClosed(line.quiz_id, line.earned, line.possible, line.closed_at))
    return facts


def _missing(course: Course, one: NearDue, facts: Sequence[Fact]) -> tuple[Requirement, ...]:
    asked = next(terms for terms in terms_of(course, one.groups) if terms.institute_id == one.group.institute.id)
    return completion(asked.requirements, facts).missing


def _send(course: Course, one: NearDue, kind: Kind, face: Face, missing: Sequence[Requirement], now: datetime) -> None:
    institute = one.group.institute
    day = letters.written(one.due_on, institute)
    titles = {
        "before_due": gettext("%(course)s: your last day is %(day)s", course=course.title, day=day),
        "overdue": gettext("%(course)s: your last day was %(day)s", course=course.title, day=day),
    }
    ends = end_of_day(one.due_on, institute.zone)
    letters.send(
        institute,
        face.email,
        kind,
        f"supervision/{kind}",
        now,
        subject=titles[kind],
        expires_at=ends if kind == "before_due" else ends + LATE,
        name=face.name,
        course=course.title,
        group=one.group.cohort.name,
        day=day,
        missing=_in_words(missing),
        link=link_to("course"),
        decline=link_to("account", "groups"),
    )


def _in_words(missing: Sequence[Requirement]) -> tuple[str, ...]:
    """How much is still to do, in at most two lines."""
    sections = sum(isinstance(one, ReadSection) for one in missing)
    quizzes = sum(isinstance(one, PassQuiz) for one in missing)
    lines = []
    if sections:
        lines.append(ngettext("one section to read", "%(num)d sections to read", sections))
    if quizzes:
        lines.append(ngettext("one test to pass", "%(num)d tests to pass", quizzes))
    return tuple(lines)
