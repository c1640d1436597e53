"""What an author writes of a match question, and what of that the schema cannot say."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from app.questions.fields import Flag, Id, Paragraphs, Record, ReferenceId, Sentence
from app.questions.pairing import paired
from app.questions.pinned import BaseQuestion
from app.questions.reasons import Basis, Place, Reasoned, basis_fault, repeated

Fault = tuple[Place, str, str]


class Prompt(Reasoned):
    id: Id
    text: Sentence
    accept: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The answers that fit."""


class Offered(Record):
    """An answer that may be paired. Its reason says why it fits nowhere, or not where it was put."""

    id: Id
    text: Sentence
    reason: Paragraphs | None = None
    basis: Basis | None = None
    sources: tuple[ReferenceId, ...] = ()
    misconception: Id | None = None

    @property
    def why(self) -> Reasoned | None:
        if self.reason is None or self.basis is None:
            return None
        return Reasoned(reason=self.reason, basis=self.basis, sources=self.sources, misconception=self.misconception)


class Question(BaseQuestion):
    type: Literal["match"]
    reuse: Flag = False
    """Whether an answer may serve twice."""
    prompts: Annotated[tuple[Prompt, ...], Field(min_length=2, max_length=6)]
    answers: Annotated[tuple[Offered, ...], Field(min_length=2, max_length=8)]

    @property
    def surplus(self) -> frozenset[str]:
        """The answers that fit nowhere."""
        fitting = {id for prompt in self.prompts for id in prompt.accept}
        return frozenset(offered.id for offered in self.answers if offered.id not in fitting)


def faults(question: Question) -> Iterator[Fault]:
    """(place in the question's data, what is wrong, how to mend it)"""
    yield from repeated((prompt.id for prompt in question.prompts), "prompts", "prompt")
    yield from repeated((offered.id for offered in question.answers), "answers", "answer")
    for place, found in reasoned(question):
        yield from (((*place, *rest), what, mend) for rest, what, mend in basis_fault(found))
    for number, prompt in enumerate(question.prompts):
        yield from _prompt_faults(question, ("prompts", number), prompt)
    for number, offered in enumerate(question.answers):
        yield from _offered_faults(question, ("answers", number), offered)
    yield from _pairing_faults(question)


def reasoned(question: Question) -> Iterator[tuple[Place, Reasoned]]:
    """Whatever has a reason, with its place in the question's data."""
    for number, prompt in enumerate(question.prompts):
        yield ("prompts", number), prompt
    for number, offered in enumerate(question.answers):
        if offered.why:
            yield ("answers", number), offered.why


def _prompt_faults(question: Question, place: Place, prompt: Prompt) -> Iterator[Fault]:
    known = [offered.id for offered in question.answers]
    for index, id in enumerate(prompt.accept):
        if id not in known:
            yield (*place, "accept", index), f"There is no answer `{id}`.", "Name an answer of this question."
        if id in prompt.accept[:index]:
            yield (*place, "accept", index), f"The answer `{id}` is accepted twice.", "Name it once."
    if set(known) <= set(prompt.accept):
        yield (*place, "accept"), f"Every answer fits `{prompt.id}`.", "Add an answer that does not."
    if prompt.basis == "debated":
        mend = "Let it rest on evidence or convention, or ask something that is not in dispute."
        yield (*place, "basis"), "A prompt, which decides the score, is never `debated`.", mend


def _offered_faults(question: Question, place: Place, offered: Offered) -> Iterator[Fault]:
    if offered.id in question.surplus and offered.reason is None:
        mend = "Add `reason: …` and `basis: …`, or name it in the `accept` of a prompt."
        yield (*place, "id"), f"The answer `{offered.id}` fits nowhere and has no reason.", mend
    if offered.reason is not None and offered.basis is None:
        yield (*place, "reason"), "A reason without `basis`.", "Add `basis: evidence`, `convention` or `debated`."
    if offered.reason is None and (offered.basis or offered.sources or offered.misconception):
        mend = "Add `reason: …`, or remove the rest."
        yield (*place, "id"), f"The answer `{offered.id}` has a basis, source or misconception, but no reason.", mend


def _pairing_faults(question: Question) -> Iterator[Fault]:
    if question.reuse:
        return
    known = {offered.id for offered in question.answers}
    wishes = {prompt.id: [id for id in prompt.accept if id in known] for prompt in question.prompts}
    if all(wishes.values()) and len(paired(wishes)) < len(wishes):
        mend = "Accept more answers, or let an answer serve twice: `reuse: true`."
        yield ("prompts",), "No answer earns full marks: too few answers fit, if each serves once.", mend
    if not question.surplus:
        mend = "Add an answer that fits nowhere, with its reason, or write `reuse: true`."
        yield ("answers",), "No answer is left over, so the last pair gives itself away.", mend
