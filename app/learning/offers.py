"""Which questions before or after reading a module's page offers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from app.assessment.records import AttemptSummary
from app.content.records import Quiz
from app.learning.progress import ModuleProgress


@dataclass(frozen=True, slots=True)
class SetOffer:
    """`before`, `after`: such questions wait. `reading`: those before are answered, the others come after reading.
    `done`: both are answered, and the reasons are open."""

    quiz_id: str
    kind: Literal["before", "reading", "after", "done"]
    questions: int
    begun: bool = False
    attempt_id: UUID | None = None
    """Of those after reading, once they are done."""


def set_offer(quiz: Quiz | None, progress: ModuleProgress, attempts: Sequence[AttemptSummary]) -> SetOffer | None:
    """What a person who did these `attempts` at the module's quiz is offered. None: nothing.

    Before reading means before anything of the module was read or tried; after it, when all of it is read.
    """
    if quiz is None or not quiz.before:
        return None
    closed = {one.kind: one for one in attempts if one.closed_at is not None}
    begun = {one.kind for one in attempts if one.closed_at is None}
    questions = len(quiz.before["A"])
    if "after" in closed:
        return SetOffer(quiz.id, "done", questions, attempt_id=closed["after"].id)
    if "before" not in closed:
        untouched = progress.state == "untouched"
        return SetOffer(quiz.id, "before", questions, "before" in begun) if untouched else None
    if len(progress.sections_read) < len(progress.module.sections):
        return SetOffer(quiz.id, "reading", questions)
    return SetOffer(quiz.id, "after", questions, "after" in begun)
