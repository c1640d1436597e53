"""What the rules for quizzes have in common: the file they look at, and where a fault of it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from app.content import validation
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.records import FINAL, MENDING
from app.content.schemas import VignetteEntry
from app.content.strict_yaml import Document
from app.questions import AnyQuestion, BaseQuestion

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class QuizCheck:
    id: str
    document: Document
    gathered: Gathered
    seen: dict[str, str]
    """Ids of vignettes and questions of all quizzes -> where they stand."""
    faults: list[Fault]
    modules: tuple[str, ...]
    """Those whose objectives it may ask after."""

    @property
    def cases(self) -> str:
        """The key under which its vignettes stand."""
        return MENDING if self.id == MENDING else "vignettes"

    def fault(self, place: Place, message: str, mend: str) -> None:
        self.faults.append(Fault(self.document.path, self.document.line(place), message, mend))

    def value(self, *place: str | int) -> Any:
        return validation.value_at(self.document, place)

    def raw_vignettes(self) -> list[object]:
        """As they stand in the file, faulty ones too."""
        found = self.value(self.cases)
        return found if isinstance(found, list) else []

    def vignettes(self) -> Iterator[tuple[int, VignetteEntry]]:
        """Those that are as they should be, each with its place in the list."""
        return validation.items(self.document, (self.cases,), VignetteEntry)

    def questions(self) -> Iterator[tuple[Place, BaseQuestion]]:
        """Every question that is as it should be, in faulty vignettes too."""
        for number in range(len(self.raw_vignettes())):
            place: Place = (self.cases, number, "questions")
            for index, question in validation.items(self.document, place, cast("type[BaseQuestion]", AnyQuestion)):
                yield (*place, index), question

    def attempt(self, key: str, default: int) -> int:
        """A number under `attempt` in course.yaml; `default` where none can be read."""
        course = self.gathered.lists["course"]
        found = validation.value_at(course, ("attempt", key)) if course else None
        return found if isinstance(found, int) else default

    def objectives(self) -> Mapping[str, int] | None:
        """id -> line, of its modules; None if the front matter of one cannot be read."""
        found: dict[str, int] = {}
        for id in self.modules:
            module = self.gathered.modules.get(id)
            if module is None or module.front is None:
                return None
            found |= validation.ids(module.front, ("objectives",), [], "objective")
        return found


def modules_of(id: str, gathered: Gathered) -> tuple[str, ...]:
    """Whose objectives the questions of this quiz may serve."""
    return tuple(gathered.known.sections) if id in (FINAL, MENDING) else (id,)


def each_quiz(gathered: Gathered, faults: list[Fault]) -> Iterator[QuizCheck]:
    """Every bank, the final test and the transcripts to mend, for rules of a course that is otherwise sound."""
    for id, document in gathered.quizzes.items():
        if document:
            yield QuizCheck(id, document, gathered, {}, faults, modules_of(id, gathered))
