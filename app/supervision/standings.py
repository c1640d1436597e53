"""How a cohort stands: one row for each trainee, one cell for each part of the course. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal
from uuid import UUID

from app.assessment.group_records import AttemptLine
from app.assessment.records import SCORED
from app.content.records import FINAL, Course
from app.enrolment.records import Member
from app.learning.group_records import ModuleReads

State = Literal["untouched", "reading", "attempted", "passed"]


@dataclass(frozen=True, slots=True)
class Part:
    """A module, or (FINAL) the final test."""

    id: str
    number: int
    """A module's own, from 0; the final test's is the next."""
    title: str
    """Empty of the final test: pages say what it is called."""
    sections: int
    quiz_id: str | None

    @property
    def steps(self) -> int:
        """How much there is to do: every section, and the quiz."""
        return self.sections + (self.quiz_id is not None)


@dataclass(frozen=True, slots=True)
class Cell:
    """How somebody stands with a part.

    `untouched`; `reading`: `read` of `sections`, no attempt yet; `attempted`: `attempts` (open ones among them), the
    best closed one with `best` whole per cent (None: none is closed); `passed`: the quiz, or without one all reading,
    since `passed_at`, which does not yet mean that everything is read: see `complete`.
    """

    part_id: str
    state: State
    read: int
    sections: int
    attempts: int
    best: int | None
    passed_at: datetime | None
    complete: bool
    done: int
    """Steps done: sections read, and one for the quiz."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One trainee's row. `done` of `total` steps; `finished_at` only when nothing is missing."""

    member: Member
    cells: tuple[Cell, ...]
    done: int
    total: int
    finished_at: datetime | None
    last_active: datetime | None
    """None: nothing yet."""

    @property
    def person_id(self) -> UUID:
        return self.member.person_id

    @property
    def share(self) -> Fraction:
        """Of all steps, between 0 and 1."""
        return Fraction(self.done, self.total) if self.total else Fraction(0)


def parts_of(course: Course) -> tuple[Part, ...]:
    """In the course's order, the final test last."""
    modules = [
        Part(module.id, module.number, module.title, len(module.sections), module.quiz_id) for module in course.modules
    ]
    return (*modules, Part(FINAL, len(modules), "", 0, FINAL)) if course.final else tuple(modules)


def standings(
    parts: Sequence[Part],
    members: Sequence[Member],
    reads: Sequence[ModuleReads],
    attempts: Sequence[AttemptLine],
    mark: int,
    active: Mapping[UUID, datetime] | None = None,
) -> tuple[Standing, ...]:
    """One row for each member, in their order; quizzes count as passed from `mark` per cent on.

    `reads` should hold only sections that the course still has. `active`: when somebody last did anything else.
    """
    reads_of: dict[UUID, dict[str, ModuleReads]] = defaultdict(dict)
    for read in reads:
        reads_of[read.person_id][read.module_id] = read
    attempts_of: dict[UUID, dict[str, list[AttemptLine]]] = defaultdict(lambda: defaultdict(list))
    for attempt in attempts:
        if attempt.kind in SCORED:
            attempts_of[attempt.person_id][attempt.quiz_id].append(attempt)
    return tuple(
        _standing(parts, member, reads_of[member.person_id], attempts_of[member.person_id], mark, active or {})
        for member in members
    )


def _standing(
    parts: Sequence[Part],
    member: Member,
    reads: Mapping[str, ModuleReads],
    attempts: Mapping[str, Sequence[AttemptLine]],
    mark: int,
    active: Mapping[UUID, datetime],
) -> Standing:
    cells = tuple(_cell(part, reads.get(part.id), attempts.get(part.quiz_id or "", ()), mark) for part in parts)
    ends = [_complete_at(cell, reads.get(cell.part_id)) for cell in cells]
    finished = [end for end in ends if end is not None]
    moments = [read.last_at for read in reads.values()]
    moments += (one.closed_at or one.started_at for tried in attempts.values() for one in tried)
    moments += (moment for moment in [active.get(member.person_id)] if moment is not None)
    return Standing(
        member=member,
        cells=cells,
        done=sum(cell.done for cell in cells),
        total=sum(part.steps for part in parts),
        finished_at=max(finished) if ends and len(finished) == len(ends) else None,
        last_active=max(moments, default=None),
    )


def _cell(part: Part, reads: ModuleReads | None, attempts: Sequence[AttemptLine], mark: int) -> Cell:
    read = min(reads.sections, part.sections) if reads else 0
    passes = [one.closed_at for one in attempts if one.closed_at is not None and one.reaches(mark)]
    passed_at = min(passes, default=None)
    if part.quiz_id is None and reads is not None and read == part.sections:
        passed_at = reads.last_at
    done = read + (part.quiz_id is not None and passed_at is not None)
    return Cell(
        part_id=part.id,
        state="passed" if passed_at else "attempted" if attempts else "reading" if read else "untouched",
        read=read,
        sections=part.sections,
        attempts=len(attempts),
        best=max((one.percent for one in attempts if one.percent is not None), default=None),
        passed_at=passed_at,
        complete=done == part.steps,
        done=done,
    )


def _complete_at(cell: Cell, reads: ModuleReads | None) -> datetime | None:
    """When the last thing that the part asks for was done; None: something is missing."""
    if not cell.complete:
        return None
    return max(moment for moment in (cell.passed_at, reads.last_at if reads else None) if moment is not None)
