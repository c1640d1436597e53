"""What an author writes of an order question, and what of that the schema cannot say."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from app.questions.fields import Flag, Id, Record, Sentence
from app.questions.pinned import BaseQuestion
from app.questions.reasons import Place, Reasoned, basis_fault, repeated

Fault = tuple[Place, str, str]


class Step(Record):
    id: Id
    text: Sentence


class Before(Reasoned):
    """That one step comes before another, and why."""

    pair: Annotated[tuple[Id, ...], Field(min_length=2, max_length=2)]
    safety: Flag = False
    """Turned round it could do harm: the whole answer then earns nothing."""


class Question(BaseQuestion):
    type: Literal["order"]
    steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=8)]
    before: Annotated[tuple[Before, ...], Field(min_length=1)]


def nearest(question: Question, wanted: Sequence[str]) -> tuple[str, ...]:
    """An order that keeps every pair and follows `wanted` as far as that allows."""
    waiting, placed = list(wanted), list[str]()
    while waiting:
        id = next(id for id in waiting if not _awaited(question, id, waiting))
        waiting.remove(id)
        placed.append(id)
    return tuple(placed)


def faults(question: Question) -> Iterator[Fault]:
    """(place in the question's data, what is wrong, how to mend it)"""
    yield from repeated((step.id for step in question.steps), "steps", "step")
    known = {step.id for step in question.steps}
    seen: set[tuple[str, ...]] = set()
    for number, rule in enumerate(question.before):
        place: Place = ("before", number)
        yield from (((*place, *rest), what, mend) for rest, what, mend in basis_fault(rule))
        if rule.basis == "debated":
            mend = "Let the order rest on evidence or convention, or leave the pair out."
            yield (*place, "basis"), "A pair that decides the score is never `debated`.", mend
        for id in rule.pair:
            if id not in known:
                yield (*place, "pair"), f"There is no step `{id}`.", "Name two steps of this question."
        if rule.pair in seen:
            yield (*place, "pair"), f"The pair `{', '.join(rule.pair)}` stands here twice.", "Keep one of the two."
        seen.add(rule.pair)
    if ring := _ring(question):
        round = ", ".join(f"`{id}`" for id in ring)
        yield ("before",), f"No order keeps all pairs: they run in a ring through {round}.", "Turn a pair or drop it."


def _awaited(question: Question, id: str, waiting: Sequence[str]) -> bool:
    """Whether a step that comes before `id` is still waiting."""
    return any(rule.pair[0] in waiting for rule in question.before if rule.pair[1] == id)


def _ring(question: Question) -> list[str]:
    """Steps each of which would have to come before the next, and the last before the first; none if there is a way."""
    waiting = [step.id for step in question.steps]
    while free := [id for id in waiting if not _awaited(question, id, waiting)]:
        waiting = [id for id in waiting if id not in free]
    path = waiting[:1]
    while path:
        before = next(a for a, b in (rule.pair for rule in question.before) if b == path[-1] and a in waiting)
        if before in path:
            return path[path.index(before) :][::-1]
        path.append(before)
    return path
