"""Prepared values for the page about one trainee."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext, ngettext

from app.assessment.histories import graded_answers
from app.assessment.insight import BeliefResult, CaseResult, ObjectiveResult, by_belief, by_objective
from app.assessment.queries import summaries
from app.assessment.records import AttemptSummary
from app.assessment.supervised_queries import SHOWN
from app.content import Course
from app.content.records import FINAL, Module
from app.credentials.queries import certificates_of
from app.enrolment.records import CohortSeat, Member
from app.learning.completion import SectionRead
from app.learning.queries import section_reads
from app.learning.standing import points_words
from app.scenarios.queries import completed
from app.supervision.attempt_pages import attempt_title
from app.supervision.groups import Group
from app.supervision.pages import name_of, rest_line
from app.supervision.standings import Cell, Part
from app.supervision.wording import at, said, sentence, short, until_due


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the course, as the trainee stands with it."""

    title: str
    reading: str
    quiz: str
    passed: str
    """On which day; empty: not yet."""


@dataclass(frozen=True, slots=True)
class AttemptLine:
    title: str
    href: str
    started: str
    result: str
    passed: bool | None
    """None: open, or outside every score."""


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """What was read of one module. `sections`: (title, when), in the course's order; empty: not yet."""

    title: str
    said: str
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LearntLine:
    """An objective or a belief, one line why it stands here, and the answers behind it: (case, address, score)."""

    text: str
    why: str
    cases: tuple[tuple[str, str, float], ...]


def trainee_page(course: Course, group: Group, member: Member) -> dict[str, Any]:
    """What templates/supervision/trainee.html prints. Five statements more, whatever they did."""
    person_id, mark, seat = member.person_id, group.mark, group.seat
    face = group.faces.get(person_id)
    reads, attempts = section_reads(person_id), summaries(person_id, kinds=SHOWN)
    answers = graded_answers(person_id)
    finished = {one.scenario_id: one.completed_at for one in completed(person_id)}
    objectives = by_objective(answers, mark)
    return {
        "name": name_of(group, person_id),
        "email": face.email if face else None,
        "about": _about(group, member),
        "needs": [sentence(course, one, seat.institute.zone, group.now) for one in group.waiting],
        "resting": [rest_line(course, group, one) for one in group.resting],
        "mark": mark,
        "parts": [
            _part(group, part, cell)
            for one in group.standings
            for part, cell in zip(group.parts, one.cells, strict=True)
        ],
        "attempts": [_attempt(course, group, one, person_id) for one in attempts],
        "reading": [_reading(group, module, reads) for module in course.modules],
        "read_again": [_objective(seat, member, one) for one in objectives if one.standing == "read-again"],
        "known": [one.text for one in objectives if one.standing == "known"],
        "beliefs": [_belief(seat, member, one) for one in by_belief(answers) if not one.corrected],
        "sessions": [(one.title, _completed(group, finished.get(one.id))) for one in course.scenarios.values()],
        "certificates": [one for one in certificates_of(person_id) if one.institute_id in (None, seat.institute.id)],
    }


def _about(group: Group, member: Member) -> list[tuple[str, str]]:
    """Address, joined, due, last here: terms and values."""
    zone, now = group.seat.institute.zone, group.now
    face = group.faces.get(member.person_id)
    last = next((one.last_active for one in group.standings), None)
    due = gettext("no last day")
    if member.due_on is not None:
        due = gettext("%(on)s, %(when)s", on=said(member.due_on, zone, now), when=until_due(member.due_on, zone, now))
    if member.extended:
        due = gettext("%(due)s; a day of their own", due=due)
    return [
        (gettext("Address"), face.email if face else gettext("none any more")),
        (gettext("Joined"), said(member.joined_at, zone, now)),
        (gettext("Due"), due),
        (gettext("Last here"), short(last, zone, now) if last else gettext("never")),
    ]


def _part(group: Group, part: Part, cell: Cell) -> PartLine:
    reading = gettext("%(read)s of %(sections)s sections", read=cell.read, sections=cell.sections)
    passed_at = cell.passed_at if part.quiz_id else None
    return PartLine(
        title=gettext("Final test") if part.id == FINAL else f"{part.number} · {part.title}",
        reading=reading if part.sections else "",
        quiz=_quiz_words(cell) if part.quiz_id else gettext("no quiz"),
        passed=said(passed_at, group.seat.institute.zone, group.now) if passed_at else "" if part.quiz_id else "–",
    )


def _quiz_words(cell: Cell) -> str:
    if not cell.attempts:
        return gettext("not tried")
    tries = str(ngettext("%(num)d try", "%(num)d tries", cell.attempts))
    return tries if cell.best is None else gettext("%(tries)s, best %(best)s%%", tries=tries, best=cell.best)


def _attempt(course: Course, group: Group, one: AttemptSummary, person_id: UUID) -> AttemptLine:
    seat, mark = group.seat, group.mark
    scored = one.kind in ("module", "final")
    result = gettext("%(answered)s of %(asked)s answered", answered=one.answered, asked=one.asked)
    if one.percent is not None:
        result = f"{one.percent}%" if scored else gettext("outside every score")
    return AttemptLine(
        title=attempt_title(course, one.quiz_id, one.kind, one.form),
        href=url_for("trainees.attempt", cohort_id=seat.cohort.id, person_id=person_id, attempt_id=one.id),
        started=at(one.started_at, seat.institute.zone, group.now),
        result=result,
        passed=one.reaches(mark) if scored and one.closed_at is not None else None,
    )


def _reading(group: Group, module: Module, reads: Iterable[SectionRead]) -> ReadingLine:
    zone = group.seat.institute.zone
    when = {read.section_id: said(read.at, zone, group.now) for read in reads if read.module_id == module.id}
    sections = tuple((section.title, when.get(section.id, "")) for section in module.sections)
    read = sum(bool(on) for _, on in sections)
    return ReadingLine(
        title=f"{module.number} · {module.title}",
        said=gettext("%(read)s of %(sections)s sections", read=read, sections=len(sections)),
        sections=sections,
    )


def _objective(seat: CohortSeat, member: Member, one: ObjectiveResult) -> LearntLine:
    why = gettext("%(points)s of %(asked)s points", points=points_words(one.earned), asked=one.asked)
    return LearntLine(one.text, why, _cases(seat, member, one.cases))


def _belief(seat: CohortSeat, member: Member, one: BeliefResult) -> LearntLine:
    why = ngettext("Behind answers in %(num)d case", "Behind answers in %(num)d cases", len(one.cases))
    if one.sure_and_wrong:
        why = gettext("Sure of it in two different cases")
    return LearntLine(one.text, why, _cases(seat, member, one.cases))


def _completed(group: Group, at: datetime | None) -> str:
    if at is None:
        return gettext("not completed")
    return gettext("completed on %(on)s", on=said(at, group.seat.institute.zone, group.now))


def _cases(seat: CohortSeat, member: Member, cases: Iterable[CaseResult]) -> tuple[tuple[str, str, float], ...]:
    return tuple(
        (
            case.title,
            url_for(
                "trainees.attempt",
                cohort_id=seat.cohort.id,
                person_id=member.person_id,
                attempt_id=case.attempt_id,
                _anchor=f"question-{case.position}",
            ),
            float(case.score),
        )
        for case in cases
    )
