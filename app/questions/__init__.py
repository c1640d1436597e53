"""Question types: what an author writes, what a learner answers, what it earns. No course, no database, no Flask.

A type is a module with the functions of `QuestionType` and a template `questions/<type>.html`. To add one, write
both and name the module in `TYPES` and its `Question` in `AnyQuestion`.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Annotated, Any, Protocol, TypeAlias

from pydantic import Field, ValidationError

from app.questions import choice, compose, hottext, match, order
from app.questions.answers import AnswerError, Grade, Part
from app.questions.fields import Record
from app.questions.pinned import BaseQuestion, Labels, Pinned, PinnedVignette
from app.questions.reasons import Kept

__all__ = [
    "TYPES", "AnswerError", "AnyQuestion", "BaseQuestion", "Grade", "Labels", "Part", "Pinned", "PinnedVignette",
    "QuestionType", "Unreadable", "load",
]  # fmt: skip

AnyQuestion: TypeAlias = Annotated[
    choice.Question | order.Question | match.Question | hottext.Question | compose.Question,
    Field(discriminator="type"),
]

Place: TypeAlias = tuple[str | int, ...]


class QuestionType(Protocol):
    """A type's module. `question` and `answer` are the module's own classes."""

    SCHEMA_VERSION: int

    @property
    def Question(self) -> type[BaseQuestion]: ...  # noqa: N802 (a class)

    def parse(self, question: Any, form: Mapping[str, Sequence[str]]) -> Any: ...
    def answer_data(self, answer: Any) -> Any: ...
    def answer_from(self, question: Any, data: object) -> Any: ...
    def best(self, question: Any) -> Any: ...
    def worst(self, question: Any) -> Any: ...
    def form(self, answer: Any) -> dict[str, list[str]]: ...
    def grade(self, question: Any, answer: Any) -> Grade: ...
    def stored_order(self, question: Any, rng: Random) -> tuple[str, ...]: ...
    def scoring_data(self, question: Any) -> dict[str, object]: ...
    def present(self, pinned: Pinned, order: Sequence[str], answer: Any) -> Any: ...
    def kept(self, pinned: Pinned, answer: Any) -> Kept: ...
    def sources(self, question: Any) -> Iterator[tuple[Place, str]]: ...
    def misconceptions(self, question: Any) -> Iterator[tuple[Place, str]]: ...
    def harms(self, question: Any) -> Iterator[tuple[Place, str]]: ...
    def parts(self, question: Any) -> Iterator[Part]: ...
    def said(self, question: Any, answer: Any) -> tuple[str, ...]: ...
    def faults(self, question: Any) -> Iterator[tuple[Place, str, str]]: ...


TYPES: Mapping[str, QuestionType] = {
    "choice": choice,
    "order": order,
    "match": match,
    "hottext": hottext,
    "compose": compose,
}


class Unreadable(ValueError):
    """A pinned copy that no code here can read."""


class _Data(Record):
    vignette: PinnedVignette
    question: AnyQuestion
    labels: Labels


def load(type: str, schema_version: int, data: Mapping[str, object]) -> Pinned:
    """A pinned copy as the typed question it was. Raises Unreadable."""
    if type not in TYPES:
        raise Unreadable(f"no question type {type!r}")
    if schema_version != TYPES[type].SCHEMA_VERSION:
        raise Unreadable(f"{type} has no schema version {schema_version!r}")
    try:
        read = _Data.model_validate(data)
    except ValidationError as error:
        raise Unreadable(f"this is no {type} question of version {schema_version}: {error}") from error
    return Pinned(type, schema_version, read.vignette, read.question, read.labels)
