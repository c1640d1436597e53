"""Fixed order: which module has to be done before the next part opens. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.content.records import FINAL
from app.learning.progress import ModuleProgress


@dataclass(frozen=True, slots=True)
class Lock:
    """Why a part is not open yet: these have to be done first, their quizzes passed at `mark` per cent."""

    undone: tuple[ModuleProgress, ...]
    mark: int


def undone_before(modules: Sequence[ModuleProgress], part: str) -> tuple[ModuleProgress, ...]:
    """What has to be done before `part` (a module's id, or FINAL) opens; nothing: it is open.

    `modules` are all of the course's, in its order. One that is done stays open to read again, whatever lies before it.
    """
    asked = next((line for line in modules if line.module.id == part), None)
    if asked is not None and asked.state == "done":
        return ()
    before = modules if asked is None else modules[: asked.module.number]
    return tuple(line for line in before if line.state != "done")


def locked_parts(modules: Sequence[ModuleProgress]) -> frozenset[str]:
    """The ids of all modules that are not open yet, and FINAL if the final test is not."""
    parts = (*(line.module.id for line in modules), FINAL)
    return frozenset(part for part in parts if undone_before(modules, part))
