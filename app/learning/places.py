"""Where somebody stands at one part of the course, on their terms: what is read and tried there, and is it open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.assessment.queries import summaries
from app.assessment.records import SCORED, AttemptSummary
from app.content import Course
from app.content.records import FINAL
from app.enrolment.requirements import Terms
from app.enrolment.terms import order_mark, strictest, terms_for
from app.errors import Conflict
from app.learning.completion import SectionRead
from app.learning.order import Lock, undone_before
from app.learning.progress import ModuleProgress, module_progress
from app.learning.queries import section_reads


@dataclass(frozen=True, slots=True)
class Place:
    """One part for one person."""

    mark: int
    """The strictest of all their terms."""
    reads: tuple[SectionRead, ...]
    """Of the whole course; none at the final test of somebody who may take the parts in any order."""
    attempts: tuple[AttemptSummary, ...]
    """At this part alone."""
    lock: Lock | None
    """Why it is not open yet; None: it is."""


def place_at(
    course: Course, person_id: UUID, part: str, quiz_id: str | None, now: datetime, *, kinds: Sequence[str] = SCORED
) -> Place:
    """`part`: a module's id, or FINAL. Whoever goes by a fixed order costs no query more than others do."""
    terms = terms_for(course, person_id, now)
    mark = order_mark(terms)
    reads = section_reads(person_id) if mark or part != FINAL else ()
    attempts = summaries(person_id, None if mark else quiz_id, kinds=kinds) if mark or quiz_id else ()
    return Place(
        mark=strictest(terms).pass_mark,
        reads=reads,
        attempts=tuple(one for one in attempts if one.quiz_id == quiz_id),
        lock=_lock(course, part, reads, attempts, mark),
    )


def mark_where_open(course: Course, person_id: UUID, part: str, now: datetime) -> int:
    """The mark that labels an attempt begun there now. Conflict: by the order of a group it is not open yet."""
    terms = terms_for(course, person_id, now)
    require_open(course, person_id, part, terms)
    return strictest(terms).pass_mark


def require_open(course: Course, person_id: UUID, part: str, terms: Sequence[Terms]) -> None:
    """Conflict: the group that this person is in goes by a fixed order, and the part is not open yet."""
    mark = order_mark(terms)
    if mark is not None and _lock(course, part, section_reads(person_id), summaries(person_id), mark):
        raise Conflict("not-open-yet")


def _lock(
    course: Course, part: str, reads: Sequence[SectionRead], attempts: Sequence[AttemptSummary], mark: int | None
) -> Lock | None:
    if mark is None:
        return None
    undone = undone_before(modules_at(course, reads, attempts, mark), part)
    return Lock(undone, mark) if undone else None


def modules_at(
    course: Course, reads: Sequence[SectionRead], attempts: Sequence[AttemptSummary], mark: int
) -> tuple[ModuleProgress, ...]:
    """Every module's progress, its quiz counting as passed from `mark` per cent on."""
    return tuple(module_progress(course, module, reads, attempts, mark) for module in course.modules)
