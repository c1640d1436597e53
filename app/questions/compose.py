"""The learner's own next line, held beside examples and criteria afterwards. Never graded."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from random import Random
from typing import Annotated, Literal

from pydantic import Field

from app.questions.answers import N_, AnswerError, Grade, Part, Verdict
from app.questions.fields import Id, Paragraphs, Record, Sentence
from app.questions.pinned import BaseQuestion, Pinned
from app.questions.reasons import Kept, Place, repeated
from app.questions.text import render, render_line

SCHEMA_VERSION = 1
FIELD = "line"
"""The name of the form's field; its value is what the learner wrote."""
MOST = 2000
"""Characters of a line."""


class Criterion(Record):
    id: Id
    text: Sentence


class Exemplar(Record):
    """One way to say it, with what it does and what it leaves out."""

    text: Paragraphs
    meets: tuple[Id, ...]
    note: Paragraphs


class Question(BaseQuestion):
    type: Literal["compose"]
    prompt: Paragraphs | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=2, max_length=6)]
    exemplars: Annotated[tuple[Exemplar, ...], Field(min_length=1, max_length=3)]

    @property
    def graded(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    text: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    id: str
    html: str


@dataclass(frozen=True, slots=True)
class ExemplarView:
    html: str
    note_html: str
    criteria: tuple[tuple[str, bool], ...]
    """(criterion in HTML, whether it is met), in the order of the file."""


@dataclass(frozen=True, slots=True)
class View:
    """What the template prints. Before the answer there are no examples, and no criteria to write to."""

    question_id: str
    field: str
    stem_html: str
    prompt_html: str
    most: int
    text: str
    criteria: tuple[CriterionView, ...]
    exemplars: tuple[ExemplarView, ...]
    answered: bool
    verdict: Verdict | None
    grade: Grade | None


def parse(question: Question, form: Mapping[str, Sequence[str]]) -> Answer:
    given = form.get(FIELD, ())
    return _checked(given if isinstance(given, str) else "\n".join(given))


def answer_data(answer: Answer) -> dict[str, str]:
    return {"text": answer.text}


def answer_from(question: Question, data: object) -> Answer:
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str):
        raise AnswerError("unreadable", N_("This answer cannot be read."))
    return _checked(text)


def best(question: Question) -> Answer:
    """What the first example says. There is no better or worse."""
    return _checked(question.exemplars[0].text)


def worst(question: Question) -> Answer:
    return best(question)


def form(answer: Answer) -> dict[str, list[str]]:
    """What the browser would send for `answer`."""
    return {FIELD: [answer.text]}


def grade(question: Question, answer: Answer) -> Grade:
    return Grade(Fraction(0), 0)


def met(question: Question, ids: Sequence[str]) -> tuple[str, ...]:
    """Those criteria of the question that a rating names, in the order of the file."""
    known = tuple(one.id for one in question.criteria if one.id in ids)
    if len(known) != len(set(ids)):
        raise AnswerError("unknown-criterion", N_("Choose from the points on this page."))
    return known


def stored_order(question: Question, rng: Random) -> tuple[str, ...]:
    """As in the file: the criteria follow a thought."""
    return tuple(one.id for one in question.criteria)


def scoring_data(question: Question) -> dict[str, object]:
    """What is asked for; an example or a note is not part of it."""
    return {
        "stem": question.stem,
        "prompt": question.prompt,
        "criteria": {one.id: one.text for one in question.criteria},
    }


def sources(question: Question) -> Iterator[tuple[Place, str]]:
    """None: an example is the author's own."""
    yield from ()


def misconceptions(question: Question) -> Iterator[tuple[Place, str]]:
    yield from ()


def harms(question: Question) -> Iterator[tuple[Place, str]]:
    yield from ()


def parts(question: Question) -> Iterator[Part]:
    """None: what somebody wrote is theirs alone."""
    yield from ()


def said(question: Question, answer: Answer) -> tuple[str, ...]:
    return ()


def faults(question: Question) -> Iterator[tuple[Place, str, str]]:
    """What the schema cannot say: (place in the question's data, what is wrong, how to mend it)."""
    yield from repeated((one.id for one in question.criteria), "criteria", "criterion")
    known = {one.id for one in question.criteria}
    for number, exemplar in enumerate(question.exemplars):
        for index, id in enumerate(exemplar.meets):
            place: Place = ("exemplars", number, "meets", index)
            if id not in known:
                yield place, f"There is no criterion `{id}`.", "Name criteria of this question."
            if id in exemplar.meets[:index]:
                yield place, f"The criterion `{id}` stands here twice.", "Keep one of the two."
        if len(exemplar.text) > MOST:
            what = f"The example has {len(exemplar.text)} characters; a line has {MOST} at most."
            yield ("exemplars", number, "text"), what, "Shorten it."
    met_somewhere = {id for exemplar in question.exemplars for id in exemplar.meets}
    for number, one in enumerate(question.criteria):
        if one.id not in met_somewhere:
            what = f"No example meets the criterion `{one.id}`."
            yield ("criteria", number), what, "Show in an example what it could sound like."


def present(pinned: Pinned, order: Sequence[str], answer: Answer | None) -> View:
    question = pinned.question
    if not isinstance(question, Question):
        raise TypeError(f"{question.id} is not a compose question")
    return View(
        question_id=question.id,
        field=FIELD,
        stem_html=render_line(question.stem),
        prompt_html=render(question.prompt) if question.prompt else "",
        most=MOST,
        text=answer.text if answer else "",
        criteria=tuple(CriterionView(one.id, render_line(one.text)) for one in question.criteria) if answer else (),
        exemplars=tuple(_exemplar_view(question, one) for one in question.exemplars) if answer else (),
        answered=answer is not None,
        verdict=None,
        grade=grade(question, answer) if answer else None,
    )


def kept(pinned: Pinned, answer: Answer) -> Kept:
    return Kept((escape(answer.text),))


def _exemplar_view(question: Question, exemplar: Exemplar) -> ExemplarView:
    criteria = tuple((render_line(one.text), one.id in exemplar.meets) for one in question.criteria)
    return ExemplarView(render(exemplar.text), render(exemplar.note), criteria)


def _checked(written: str) -> Answer:
    text = _plain(written)
    values = {"most": MOST, "length": len(text)}
    if not any(unicodedata.category(sign)[0] in "LMNPS" for sign in text):
        raise AnswerError("nothing-written", N_("Write your line first."), values)
    if len(text) > MOST:
        message = N_("Your line has %(length)d characters; %(most)d are possible. Shorten it, then save it again.")
        raise AnswerError("too-long", message, values)
    return Answer(text)


def _plain(written: str) -> str:
    """One kind of line end, and no sign that is neither seen nor a blank: browsers send CRLF, and PostgreSQL refuses
    the sign zero."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()
