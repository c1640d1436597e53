"""Why an answer is right or wrong, what that rests on, and how a page shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.questions.fields import Id, Paragraphs, Record, ReferenceId
from app.questions.pinned import Named
from app.questions.text import render

Basis = Literal["evidence", "convention", "debated"]
Place: TypeAlias = tuple[str | int, ...]


class Reasoned(Record):
    """Whatever an author gives a reason for: an option, a pair of steps, a prompt, a zone."""

    reason: Paragraphs
    basis: Basis
    sources: tuple[ReferenceId, ...] = ()
    misconception: Id | None = None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason as the macro `reason` in _macros/questions.html prints it."""

    reason_html: str
    basis: Basis
    sources: tuple[tuple[str, str], ...]
    """(label, address)"""
    misconception: str | None = None
    harm: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer shown back while its reasons are not open: what was answered, and what could do harm, no verdict."""

    lines: tuple[str, ...]
    """HTML, a line each."""
    ordered: bool = False
    """Whether the order of the lines is the answer."""
    harmful: tuple[ReasonView, ...] = ()


def reason_view(reasoned: Reasoned, labels: Named, harm: str | None = None) -> ReasonView:
    return ReasonView(
        reason_html=render(reasoned.reason),
        basis=reasoned.basis,
        sources=tuple(labels.sources[source] for source in reasoned.sources if source in labels.sources),
        misconception=labels.misconceptions.get(reasoned.misconception or ""),
        harm=labels.harms.get(harm or ""),
    )


def basis_fault(reasoned: Reasoned) -> Iterator[tuple[Place, str, str]]:
    """Evidence without a source."""
    if reasoned.basis == "evidence" and not reasoned.sources:
        yield ("basis",), "`basis: evidence` without a source.", "Add `sources: [<reference id>]` or change the basis."


def sources_at(place: Place, reasoned: Reasoned) -> Iterator[tuple[Place, str]]:
    """The references of what stands at `place` in the question's data."""
    for number, source in enumerate(reasoned.sources):
        yield (*place, "sources", number), source


def misconception_at(place: Place, reasoned: Reasoned) -> Iterator[tuple[Place, str]]:
    if reasoned.misconception:
        yield (*place, "misconception"), reasoned.misconception


def repeated(ids: Iterable[str], list_name: str, what: str) -> Iterator[tuple[Place, str, str]]:
    """The same id twice in one list of a question."""
    seen: set[str] = set()
    for number, id in enumerate(ids):
        if id in seen:
            yield (list_name, number, "id"), f"The {what} id `{id}` occurs twice.", f"Give each {what} its own id."
        seen.add(id)
