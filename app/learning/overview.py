"""The course page's values: progress held against the terms, with names and addresses of what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.assessment.queries import summaries
from app.content import Course
from app.content.records import FINAL
from app.enrolment.requirements import PassQuiz, ReadSection, Requirement, Terms
from app.enrolment.terms import order_mark, strictest
from app.learning import queries
from app.learning.completion import Fact, completion
from app.learning.order import locked_parts
from app.learning.places import modules_at
from app.learning.progress import CourseProgress, ModuleProgress, Step, course_progress


@dataclass(frozen=True, slots=True)
class MissingPart:
    """What one module still lacks: `sections` unread, and the mark its quiz has to reach, if it is not passed."""

    module_id: str
    title: str | None
    """None: of the final test, which has FINAL in place of a module's id."""
    sections: int
    quiz_id: str | None
    mark: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the course page says about one person."""

    progress: CourseProgress
    missing: tuple[MissingPart, ...]
    completed_at: datetime | None
    mark: int
    locked: frozenset[str] = frozenset()
    """Modules (by id, FINAL for the final test) that a group's fixed order has not opened yet."""
    done_by_others: bool = False
    """Whether everything is done by other terms of this person, though not by these."""


def overview_for(course: Course, person_id: UUID, terms: Terms, others: Sequence[Terms] = ()) -> Overview:
    """Reads twice, whatever the course's size: what was read, what was attempted."""
    reads = queries.section_reads(person_id)
    attempts = summaries(person_id)
    known: tuple[Fact, ...] = (*reads, *queries.closed_quizzes(attempts))
    done = completion(terms.requirements, known)
    progress = course_progress(course, reads, attempts, terms.pass_mark)
    order = order_mark((terms, *others))
    overview = Overview(
        progress=progress,
        missing=missing_parts(course, done.missing),
        completed_at=done.completed_at,
        mark=terms.pass_mark,
        done_by_others=bool(done.missing)
        and any(not completion(one.requirements, known).missing for one in others if one is not terms),
    )
    return overview if order is None else _in_order(overview, modules_at(course, reads, attempts, order))


def overview_of(course: Course, person_id: UUID, terms: Sequence[Terms]) -> Overview:
    """The same by the strictest of somebody's terms, and in the order that any of them asks for."""
    return overview_for(course, person_id, strictest(terms), terms)


def _in_order(overview: Overview, modules: Sequence[ModuleProgress]) -> Overview:
    """What is locked, and the first thing to do that is not."""
    locked = locked_parts(modules)
    undone = next((line for line in modules if line.state != "done"), None)
    if undone is None:
        return overview
    step = overview.progress.next_step
    if step is not None and step.module_id in locked:
        step = _first_step(undone)
    progress = replace(overview.progress, next_step=step)
    return replace(overview, progress=progress, locked=locked)


def _first_step(line: ModuleProgress) -> Step:
    """What is to do first in a module that is not done: an unread section, or else its quiz."""
    unread = next((section.id for section in line.module.sections if section.id not in line.sections_read), None)
    return Step(line.module.id, unread)


def missing_parts(course: Course, missing: tuple[Requirement, ...]) -> tuple[MissingPart, ...]:
    """The missing requirements, gathered by module in the course's order, the final test last."""
    parts: list[MissingPart] = []
    for module in course.modules:
        unread = sum(isinstance(one, ReadSection) and one.module_id == module.id for one in missing)
        quiz = next((one for one in missing if isinstance(one, PassQuiz) and one.quiz_id == module.quiz_id), None)
        if unread or quiz:
            parts.append(
                MissingPart(
                    module.id, module.title, unread, quiz.quiz_id if quiz else None, quiz.mark if quiz else None
                )
            )
    final = next((one for one in missing if isinstance(one, PassQuiz) and one.quiz_id == FINAL), None)
    if final is not None:
        parts.append(MissingPart(FINAL, None, 0, FINAL, final.mark))
    return tuple(parts)
