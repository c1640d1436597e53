"""Terms: the course's own, and one set for each institute a person belongs to (none exist yet)."""

from datetime import datetime
from uuid import UUID

from app.content import Course
from app.content.records import FINAL
from app.enrolment.requirements import PassQuiz, ReadSection, Requirement, Terms


def terms_for(course: Course, person_id: UUID, now: datetime) -> tuple[Terms, ...]:
    """All terms under which `person_id` may finish `course` at `now`: never empty."""
    return (own_terms(course),)


def own_terms(course: Course) -> Terms:
    """What the course itself asks for, in its order: every section read, every module quiz passed, the final test."""
    requirements: list[Requirement] = []
    for module in course.modules:
        requirements += (ReadSection(module.id, section.id) for section in module.sections)
        if module.quiz_id is not None:
            requirements.append(PassQuiz(module.quiz_id, course.pass_mark))
    if course.final is not None:
        requirements.append(PassQuiz(FINAL, course.pass_mark))
    return Terms(institute_id=None, pass_mark=course.pass_mark, requirements=tuple(requirements))
