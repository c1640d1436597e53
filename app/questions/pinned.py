"""A question as it was drawn, whole: it is shown and graded without the course it came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.questions.fields import ClaimId, Id, ObjectiveId, Paragraphs, Record, Sentence, Words
from app.questions.text import render


class BaseQuestion(Record):
    """What all question types have in common. A type narrows `type` to its own name."""

    id: Id
    type: str
    objective: ObjectiveId
    decision: Words
    claims: tuple[ClaimId, ...] = ()
    stem: Sentence

    @property
    def graded(self) -> bool:
        """Whether the answer counts. What is not graded earns 0 of 0."""
        return True


class PinnedVignette(Record):
    id: Id
    title: Words
    condition: Words
    phase: Words
    setting: Words
    content_note: Words | None = None
    neutral: Id | None = None
    text: Paragraphs

    @property
    def html(self) -> str:
        return render(self.text)


class Named(Record):
    """The words and addresses that the ids of reasons stood for when they were copied."""

    sources: Mapping[str, tuple[str, str]] = {}
    """reference id -> (label, address)"""
    misconceptions: Mapping[str, str] = {}
    harms: Mapping[str, str] = {}


class Labels(Named):
    """What a question's ids stood for when it was drawn."""

    objective: str
    sections: tuple[tuple[str, str], ...] = ()
    """(address, title) of the sections that teach the objective."""


@dataclass(frozen=True, slots=True)
class Pinned:
    type: str
    schema_version: int
    vignette: PinnedVignette
    question: BaseQuestion
    labels: Labels
