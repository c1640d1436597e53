"""Terms: the course's own, and one set for each institute a person belongs to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.content import Course
from app.content.records import FINAL
from app.enrolment.queries import belongings
from app.enrolment.records import Belonging
from app.enrolment.requirements import PassQuiz, ReadSection, Requirement, Terms


def terms_for(course: Course, person_id: UUID, now: datetime) -> tuple[Terms, ...]:
    """All terms under which `person_id` may finish `course` at `now`: the course's own first. One query."""
    return terms_of(course, belongings(person_id))


def terms_of(course: Course, groups: Sequence[Belonging]) -> tuple[Terms, ...]:
    """The same of somebody who belongs to `groups`, in the order of joining: of two groups at one institute the one
    joined last decides."""
    deciding = {group.institute.id: group for group in groups}
    return (own_terms(course), *(_group_terms(course, group) for group in deciding.values()))


def own_terms(course: Course) -> Terms:
    """What the course itself asks for, in its order: every section read, every module quiz passed, the final test."""
    return Terms(None, course.pass_mark, _requirements(course, course.pass_mark))


def strictest(terms: Sequence[Terms]) -> Terms:
    """The terms with the highest mark, by which pages label; among equals the first. There must be at least one."""
    return max(terms, key=lambda one: one.pass_mark)


def order_mark(terms: Sequence[Terms]) -> int | None:
    """The mark by which a module has to be done before the next one opens; None: they are open in any order."""
    return max((one.pass_mark for one in terms if one.in_order), default=None)


def _group_terms(course: Course, group: Belonging) -> Terms:
    mark = group.cohort.pass_mark or group.institute.pass_mark or course.pass_mark
    running = group.cohort.ended_at is None
    return Terms(
        institute_id=group.institute.id,
        pass_mark=mark,
        requirements=_requirements(course, mark),
        in_order=group.cohort.in_order and running,
        due_on=group.due_on if running else None,
    )


def _requirements(course: Course, mark: int) -> tuple[Requirement, ...]:
    requirements: list[Requirement] = []
    for module in course.modules:
        requirements += (ReadSection(module.id, section.id) for section in module.sections)
        if module.quiz_id is not None:
            requirements.append(PassQuiz(module.quiz_id, mark))
    if course.final is not None:
        requirements.append(PassQuiz(FINAL, mark))
    return tuple(requirements)
