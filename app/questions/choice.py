"""One of several options, or exactly N of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Annotated, Literal

from pydantic import Field

from app.questions.answers import N_, AnswerError, Grade, Part, Verdict
from app.questions.fields import Flag, Id, Sentence, Whole
from app.questions.pinned import BaseQuestion, Pinned
from app.questions.reasons import (
    Basis,
    Kept,
    Place,
    Reasoned,
    basis_fault,
    misconception_at,
    reason_view,
    repeated,
    sources_at,
)
from app.questions.text import render_line

SCHEMA_VERSION = 1
FIELD = "option"
"""The name of the form's field, once for each option marked."""


class Option(Reasoned):
    id: Id
    text: Sentence
    correct: Flag = False
    harmful: Id | None = None


class Question(BaseQuestion):
    type: Literal["choice"]
    pick: Annotated[Whole, Field(ge=2)] | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=3, max_length=5)]

    @property
    def key(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options if option.correct)

    @property
    def marks(self) -> int:
        """How many options the learner marks."""
        return self.pick or 1


@dataclass(frozen=True, slots=True)
class Answer:
    options: tuple[str, ...]
    """Ids in the order of the file, so that equal answers are equal."""


@dataclass(frozen=True, slots=True)
class OptionView:
    id: str
    number: int
    html: str
    chosen: bool
    correct: bool
    verdict: Literal["right", "wrong", "missed", "none"]
    reason_html: str
    basis: Basis | None
    sources: tuple[tuple[str, str], ...]
    misconception: str | None
    harm: str | None


@dataclass(frozen=True, slots=True)
class View:
    """What the template prints. Before the answer it holds nothing that gives the key away."""

    question_id: str
    field: str
    stem_html: str
    pick: int
    multiple: bool
    options: tuple[OptionView, ...]
    answered: bool
    verdict: Verdict | None
    grade: Grade | None


def parse(question: Question, form: Mapping[str, Sequence[str]]) -> Answer:
    given = form.get(FIELD, ())
    chosen = {given} if isinstance(given, str) else set(given)
    return _checked(question, chosen)


def answer_data(answer: Answer) -> list[str]:
    return list(answer.options)


def answer_from(question: Question, data: object) -> Answer:
    if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
        raise AnswerError("unreadable", N_("This answer cannot be read."))
    return _checked(question, set(data))


def best(question: Question) -> Answer:
    """The answer that earns full marks."""
    return _checked(question, set(question.key))


def worst(question: Question) -> Answer:
    """An answer that earns as little as possible: wrong options first."""
    by_merit = sorted(question.options, key=lambda option: option.correct)
    return _checked(question, {option.id for option in by_merit[: question.marks]})


def form(answer: Answer) -> dict[str, list[str]]:
    """What the browser would send for `answer`."""
    return {FIELD: list(answer.options)}


def grade(question: Question, answer: Answer) -> Grade:
    chosen = [option for option in question.options if option.id in answer.options]
    harmful = tuple(dict.fromkeys(option.harmful for option in chosen if option.harmful))
    found = sum(option.correct for option in chosen)
    return Grade(
        earned=Fraction(0) if harmful else Fraction(found, question.marks),
        harmful=harmful,
        misconceptions=tuple(dict.fromkeys(option.misconception for option in chosen if option.misconception)),
    )


def stored_order(question: Question, rng: Random) -> tuple[str, ...]:
    ids = [option.id for option in question.options]
    rng.shuffle(ids)
    return tuple(ids)


def scoring_data(question: Question) -> dict[str, object]:
    """What decides how hard the question is; a reason, a source or a label is not part of it."""
    return {
        "stem": question.stem,
        "options": {option.id: option.text for option in question.options},
        "key": sorted(question.key),
        "pick": question.marks,
        "harmful": sorted(option.id for option in question.options if option.harmful),
    }


def sources(question: Question) -> Iterator[tuple[Place, str]]:
    """Every reference the question cites, with its place in the question's data."""
    for place, option in enumerate(question.options):
        yield from sources_at(("options", place), option)


def misconceptions(question: Question) -> Iterator[tuple[Place, str]]:
    for place, option in enumerate(question.options):
        yield from misconception_at(("options", place), option)


def harms(question: Question) -> Iterator[tuple[Place, str]]:
    for place, option in enumerate(question.options):
        if option.harmful:
            yield ("options", place, "harmful"), option.harmful


def parts(question: Question) -> Iterator[Part]:
    for option in question.options:
        yield Part(
            key=option.id,
            kind="option",
            texts=(option.text,),
            right=option.correct,
            misconceptions=(option.misconception,) if option.misconception else (),
            harmful=option.harmful,
            lure="" if option.correct else option.text,
        )


def said(question: Question, answer: Answer) -> tuple[str, ...]:
    """The keys of the parts that the answer says."""
    return answer.options


def faults(question: Question) -> Iterator[tuple[Place, str, str]]:
    """What the schema cannot say: (place in the question's data, what is wrong, how to mend it)."""
    yield from _key_faults(question)
    yield from repeated((option.id for option in question.options), "options", "option")
    for place, option in enumerate(question.options):
        yield from (((("options", place, *rest)), what, mend) for rest, what, mend in _option_faults(option))


def present(pinned: Pinned, order: Sequence[str], answer: Answer | None) -> View:
    question = _own(pinned)
    options = {option.id: option for option in question.options}
    result = grade(question, answer) if answer else None
    return View(
        question_id=question.id,
        field=FIELD,
        stem_html=render_line(question.stem),
        pick=question.marks,
        multiple=question.marks > 1,
        options=tuple(_option_view(pinned, options[id], number, answer) for number, id in enumerate(order, 1)),
        answered=answer is not None,
        verdict=result.verdict if result else None,
        grade=result,
    )


def kept(pinned: Pinned, answer: Answer) -> Kept:
    chosen = [option for option in _own(pinned).options if option.id in answer.options]
    return Kept(
        lines=tuple(render_line(option.text) for option in chosen),
        harmful=tuple(reason_view(option, pinned.labels, option.harmful) for option in chosen if option.harmful),
    )


def _own(pinned: Pinned) -> Question:
    if not isinstance(pinned.question, Question):
        raise TypeError(f"{pinned.question.id} is not a choice question")
    return pinned.question


def _checked(question: Question, chosen: set[str]) -> Answer:
    ids = tuple(option.id for option in question.options if option.id in chosen)
    values = {"pick": question.marks, "chosen": len(chosen)}
    if not chosen:
        raise AnswerError("nothing-chosen", N_("Choose an answer first."), values)
    if len(ids) != len(chosen):
        raise AnswerError("unknown-option", N_("Choose from the answers on this page."), values)
    if question.pick is None and len(ids) > 1:
        raise AnswerError("more-than-one", N_("Choose one answer only."), values)
    if len(ids) != question.marks:
        raise AnswerError("wrong-number", N_("Choose exactly %(pick)d answers; %(chosen)d are marked."), values)
    return Answer(ids)


def _key_faults(question: Question) -> Iterator[tuple[Place, str, str]]:
    found, marks = len(question.key), question.marks
    if marks >= len(question.options):
        yield ("pick",), f"`pick: {marks}` leaves no wrong option.", "Add options or lower `pick`."
    if question.pick is None and found != 1:
        mend = "Mark exactly one option `correct: true`" + (f", or add `pick: {found}`." if found > 1 else ".")
        yield ("options",), f"{found} options are correct; without `pick` exactly one is.", mend
    if question.pick is not None and found != marks:
        mend = f"Mark exactly {marks} options `correct: true`, or change `pick`."
        yield ("options",), f"{found} options are correct, but `pick` is {marks}.", mend


def _option_faults(option: Option) -> Iterator[tuple[Place, str, str]]:
    yield from basis_fault(option)
    if option.correct and option.basis == "debated":
        mend = "Let the key rest on evidence or convention, or ask something that is not in dispute."
        yield ("basis",), "A correct option is never `debated`.", mend
    for key in ("misconception", "harmful"):
        if option.correct and getattr(option, key):
            yield (key,), f"A correct option cannot have `{key}`.", f"Remove `{key}` or `correct: true`."


def _option_view(pinned: Pinned, option: Option, number: int, answer: Answer | None) -> OptionView:
    if answer is None:
        html = render_line(option.text)
        return OptionView(option.id, number, html, False, False, "none", "", None, (), None, None)
    why = reason_view(option, pinned.labels, option.harmful)
    chosen = option.id in answer.options
    verdict: Literal["right", "wrong", "missed", "none"] = "none"
    if chosen:
        verdict = "right" if option.correct else "wrong"
    elif option.correct:
        verdict = "missed"
    return OptionView(
        id=option.id,
        number=number,
        html=render_line(option.text),
        chosen=chosen,
        correct=option.correct,
        verdict=verdict,
        reason_html=why.reason_html,
        basis=why.basis,
        sources=why.sources,
        misconception=why.misconception,
        harm=why.harm,
    )
