"""Answers to pair with prompts. Several answers may fit one prompt, and some fit none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from app.questions.answers import N_, AnswerError, Grade, Part, Verdict
from app.questions.match_schema import Offered, Prompt, Question, faults, reasoned
from app.questions.pairing import paired
from app.questions.pinned import Labels, Pinned
from app.questions.reasons import Kept, Place, ReasonView, misconception_at, reason_view, sources_at
from app.questions.text import render_line

__all__ = [
    "SCHEMA_VERSION", "Answer", "Question", "answer_data", "answer_from", "best", "faults", "form", "grade", "harms",
    "kept", "misconceptions", "parse", "parts", "present", "said", "scoring_data", "sources", "stored_order", "worst",
]  # fmt: skip

SCHEMA_VERSION = 1
FIELD = "match-"
"""The form has a field for each prompt, named with this and the prompt's id; its value is the id of an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    pairs: tuple[tuple[str, str], ...]
    """(prompt, answer) for every prompt, in the order of the file, so that equal answers are equal."""


@dataclass(frozen=True, slots=True)
class OfferedView:
    id: str
    html: str
    why: ReasonView | None = None


@dataclass(frozen=True, slots=True)
class PromptView:
    number: int
    name: str
    """Of its field in the form."""
    html: str
    right: bool = False
    given_html: str = ""
    given_why: ReasonView | None = None
    """Why the answer given does not fit, where its author said so."""
    fits: tuple[str, ...] = ()
    """The other answers that fit, or would have."""
    why: ReasonView | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What the template prints. Before the answer it holds nothing that gives the key away."""

    question_id: str
    field: str
    stem_html: str
    reuse: bool
    prompts: tuple[PromptView, ...]
    offered: tuple[OfferedView, ...]
    left_over: tuple[OfferedView, ...]
    """Only once answered: those that fit nowhere and were rightly left behind."""
    answered: bool
    verdict: Verdict | None
    grade: Grade | None


def parse(question: Question, form: Mapping[str, Sequence[str]]) -> Answer:
    return _checked(question, {prompt.id: _one(form.get(FIELD + prompt.id, ())) for prompt in question.prompts})


def answer_data(answer: Answer) -> dict[str, str]:
    return dict(answer.pairs)


def answer_from(question: Question, data: object) -> Answer:
    ids = {prompt.id for prompt in question.prompts}
    if not isinstance(data, dict) or set(data) != ids or not all(isinstance(id, str) for id in data.values()):
        raise AnswerError("unreadable", N_("This answer cannot be read."))
    return _checked(question, {prompt.id: data[prompt.id] for prompt in question.prompts})


def best(question: Question) -> Answer:
    """Pairs that earn full marks."""
    if question.reuse:
        return Answer(tuple((prompt.id, prompt.accept[0]) for prompt in question.prompts))
    return _filled(question, paired({prompt.id: prompt.accept for prompt in question.prompts}))


def worst(question: Question) -> Answer:
    """Pairs that earn as little as possible: wherever there is one, an answer that does not fit."""
    ids = [offered.id for offered in question.answers]
    wrong = {prompt.id: [id for id in ids if id not in prompt.accept] for prompt in question.prompts}
    if question.reuse:
        return Answer(tuple((prompt, (*answers, ids[0])[0]) for prompt, answers in wrong.items()))
    return _filled(question, paired(wrong))


def form(answer: Answer) -> dict[str, list[str]]:
    """What the browser would send for `answer`."""
    return {FIELD + prompt: [id] for prompt, id in answer.pairs}


def grade(question: Question, answer: Answer) -> Grade:
    given = dict(answer.pairs)
    missed = [prompt for prompt in question.prompts if given[prompt.id] not in prompt.accept]
    chosen = {given[prompt.id] for prompt in missed}
    beliefs = [
        *(offered.misconception for offered in question.answers if offered.id in chosen),
        *(prompt.misconception for prompt in missed),
    ]
    return Grade(
        earned=1 - Fraction(len(missed), len(question.prompts)),
        misconceptions=tuple(dict.fromkeys(belief for belief in beliefs if belief)),
    )


def stored_order(question: Question, rng: Random) -> tuple[str, ...]:
    """Of the answers; prompts keep the order of the file."""
    ids = [offered.id for offered in question.answers]
    rng.shuffle(ids)
    return tuple(ids)


def scoring_data(question: Question) -> dict[str, object]:
    """What decides how hard the question is; a reason, a source or a label is not part of it."""
    return {
        "stem": question.stem,
        "prompts": {prompt.id: [prompt.text, sorted(prompt.accept)] for prompt in question.prompts},
        "answers": {offered.id: offered.text for offered in question.answers},
        "reuse": question.reuse,
    }


def sources(question: Question) -> Iterator[tuple[Place, str]]:
    """Every reference the question cites, with its place in the question's data."""
    for place, found in reasoned(question):
        yield from sources_at(place, found)


def misconceptions(question: Question) -> Iterator[tuple[Place, str]]:
    for place, found in reasoned(question):
        yield from misconception_at(place, found)


def harms(question: Question) -> Iterator[tuple[Place, str]]:
    yield from ()


def parts(question: Question) -> Iterator[Part]:
    """Every pair. A distractor is an answer that fits nowhere, wherever it was put."""
    for prompt in question.prompts:
        for offered in question.answers:
            right = offered.id in prompt.accept
            beliefs = (offered.misconception, prompt.misconception)
            yield Part(
                key=_key(prompt.id, offered.id),
                kind="pair",
                texts=(prompt.text, offered.text),
                right=right,
                misconceptions=() if right else tuple(dict.fromkeys(belief for belief in beliefs if belief)),
                lure=offered.text if offered.id in question.surplus else "",
            )


def said(question: Question, answer: Answer) -> tuple[str, ...]:
    """The keys of the parts that the answer says."""
    return tuple(_key(prompt, id) for prompt, id in answer.pairs)


def _key(prompt: str, answer: str) -> str:
    return f"{prompt}={answer}"


def present(pinned: Pinned, order: Sequence[str], answer: Answer | None) -> View:
    question = _own(pinned)
    result = grade(question, answer) if answer else None
    offered = {one.id: OfferedView(one.id, render_line(one.text)) for one in question.answers}
    given = dict(answer.pairs) if answer else {}
    spare = question.surplus - set(given.values())
    return View(
        question_id=question.id,
        field=FIELD,
        stem_html=render_line(question.stem),
        reuse=question.reuse,
        prompts=tuple(
            _prompt_view(pinned.labels, question, prompt, number, given.get(prompt.id))
            for number, prompt in enumerate(question.prompts, 1)
        ),
        offered=tuple(offered[id] for id in order),
        left_over=tuple(_left_over(pinned.labels, one) for one in question.answers if answer and one.id in spare),
        answered=answer is not None,
        verdict=result.verdict if result else None,
        grade=result,
    )


def kept(pinned: Pinned, answer: Answer) -> Kept:
    question = _own(pinned)
    offered = {one.id: render_line(one.text) for one in question.answers}
    given = dict(answer.pairs)
    lines = (f"{render_line(prompt.text)} → {offered[given[prompt.id]]}" for prompt in question.prompts)
    return Kept(tuple(lines))


def _own(pinned: Pinned) -> Question:
    if not isinstance(pinned.question, Question):
        raise TypeError(f"{pinned.question.id} is not a match question")
    return pinned.question


def _checked(question: Question, given: Mapping[str, str]) -> Answer:
    missing = sum(not id for id in given.values())
    if missing:
        message = N_("Give every line an answer. Still without one: %(missing)d.")
        raise AnswerError("no-answer", message, {"missing": missing})
    if not set(given.values()) <= {offered.id for offered in question.answers}:
        raise AnswerError("unknown-answer", N_("Choose from the answers on this page."))
    if not question.reuse and len(set(given.values())) < len(given):
        raise AnswerError("answer-twice", N_("Here each answer serves only once, and one of them stands twice."))
    return Answer(tuple(given.items()))


def _one(values: Sequence[str]) -> str:
    """The value of a field that is sent once."""
    return values if isinstance(values, str) else ",".join(values)


def _filled(question: Question, pairs: Mapping[str, str]) -> Answer:
    """The pairs, with any other answer where a prompt has none."""
    rest = iter([offered.id for offered in question.answers if offered.id not in pairs.values()])
    return Answer(tuple((prompt.id, pairs.get(prompt.id) or next(rest)) for prompt in question.prompts))


def _prompt_view(labels: Labels, question: Question, prompt: Prompt, number: int, given: str | None) -> PromptView:
    name, html = FIELD + prompt.id, render_line(prompt.text)
    if given is None:
        return PromptView(number, name, html)
    answers = {offered.id: offered for offered in question.answers}
    right, why = given in prompt.accept, answers[given].why
    return PromptView(
        number=number,
        name=name,
        html=html,
        right=right,
        given_html=render_line(answers[given].text),
        given_why=reason_view(why, labels) if why and not right else None,
        fits=tuple(render_line(answers[id].text) for id in prompt.accept if id != given),
        why=reason_view(prompt, labels),
    )


def _left_over(labels: Labels, offered: Offered) -> OfferedView:
    why = reason_view(offered.why, labels) if offered.why else None
    return OfferedView(offered.id, render_line(offered.text), why)
