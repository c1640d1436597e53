"""The course page's values: progress held against the terms, with names and addresses of what is missing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.assessment.queries import summaries
from app.content import Course
from app.content.records import FINAL
from app.enrolment.requirements import PassQuiz, ReadSection, Requirement, Terms
from app.learning import queries
from app.learning.completion import completion
from app.learning.progress import CourseProgress, course_progress


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


def overview_for(course: Course, person_id: UUID, terms: Terms) -> Overview:
    """Reads twice, whatever the course's size: what was read, what was attempted."""
    reads = queries.section_reads(person_id)
    attempts = summaries(person_id)
    done = completion(terms.requirements, (*reads, *queries.closed_quizzes(attempts)))
    return Overview(
        progress=course_progress(course, reads, attempts, terms.pass_mark),
        missing=missing_parts(course, done.missing),
        completed_at=done.completed_at,
        mark=terms.pass_mark,
    )


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
