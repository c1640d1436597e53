"""One line of a session's transcript: the moment. Zones of lines carry the credit and the reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from itertools import groupby
from random import Random
from typing import Literal

from app.questions.answers import N_, AnswerError, Grade, Part, Verdict
from app.questions.hottext_schema import Question, Zone, faults
from app.questions.pinned import Pinned
from app.questions.reasons import Kept, Place, ReasonView, misconception_at, reason_view, sources_at
from app.questions.text import render, render_line

__all__ = [
    "SCHEMA_VERSION", "Answer", "Question", "answer_data", "answer_from", "best", "faults", "form", "grade", "harms",
    "kept", "misconceptions", "parse", "parts", "present", "said", "scoring_data", "sources", "stored_order", "worst",
]  # fmt: skip

SCHEMA_VERSION = 1
FIELD = "line"
"""The name of the form's field; its value is the id of the line marked."""


@dataclass(frozen=True, slots=True)
class Answer:
    line: str


@dataclass(frozen=True, slots=True)
class LineView:
    id: str
    number: int
    who: str
    html: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ZoneView:
    label: str
    state: Literal["right", "partly", "wrong", "none"]
    """By its credit; none: the question is not graded."""
    credit: str | None
    numbers: tuple[int, ...]
    """Of its lines."""
    chosen: bool
    why: ReasonView


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that follow each other and belong to the same zone, or to none."""

    zone: ZoneView | None
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What the template prints. Before the answer it is one passage without a zone: nothing gives the key away."""

    question_id: str
    field: str
    stem_html: str
    passages: tuple[Passage, ...]
    line: LineView | None
    """The one that was marked."""
    zone: ZoneView | None
    """The zone of that line."""
    elsewhere_html: str
    """Said of a line that belongs to no zone; empty unless such a line was marked."""
    graded: bool
    answered: bool
    verdict: Verdict | None
    grade: Grade | None


def parse(question: Question, form: Mapping[str, Sequence[str]]) -> Answer:
    given = form.get(FIELD, ())
    marked = {given} if isinstance(given, str) else set(given)
    if len(marked) > 1:
        raise AnswerError("more-than-one", N_("Mark one line only."))
    return _checked(question, next(iter(marked), ""))


def answer_data(answer: Answer) -> str:
    return answer.line


def answer_from(question: Question, data: object) -> Answer:
    if not isinstance(data, str):
        raise AnswerError("unreadable", N_("This answer cannot be read."))
    return _checked(question, data)


def best(question: Question) -> Answer:
    """The answer that earns most: the first line of the zone with the highest credit."""
    return _checked(question, max(question.zones, key=lambda zone: zone.earns).lines[0])


def worst(question: Question) -> Answer:
    """A line that earns as little as possible, outside the zones if it can be."""
    by_merit = sorted(question.lines, key=lambda line: (question.earns(line.id), question.zone_of(line.id) is not None))
    return _checked(question, by_merit[0].id)


def form(answer: Answer) -> dict[str, list[str]]:
    """What the browser would send for `answer`."""
    return {FIELD: [answer.line]}


def grade(question: Question, answer: Answer) -> Grade:
    if not question.graded:
        return Grade(Fraction(0), 0)
    zone = question.zone_of(answer.line)
    named = (zone.misconception,) if zone and zone.misconception else ()
    return Grade(earned=question.earns(answer.line), misconceptions=named)


def stored_order(question: Question, rng: Random) -> tuple[str, ...]:
    """As in the file: a session has only one order."""
    return tuple(line.id for line in question.lines)


def scoring_data(question: Question) -> dict[str, object]:
    """What decides how hard the question is; a reason, a source or a label is not part of it."""
    return {
        "stem": question.stem,
        "lines": [[line.id, line.who, line.text] for line in question.lines],
        "credits": {line.id: str(question.earns(line.id)) for line in question.lines},
        "graded": question.graded,
    }


def sources(question: Question) -> Iterator[tuple[Place, str]]:
    """Every reference the question cites, with its place in the question's data."""
    for place, zone in enumerate(question.zones):
        yield from sources_at(("zones", place), zone)


def misconceptions(question: Question) -> Iterator[tuple[Place, str]]:
    for place, zone in enumerate(question.zones):
        yield from misconception_at(("zones", place), zone)


def harms(question: Question) -> Iterator[tuple[Place, str]]:
    """None: pointing at a moment harms nobody."""
    yield from ()


def parts(question: Question) -> Iterator[Part]:
    """Every zone, and every line that is in none."""
    for zone in question.zones:
        yield Part(
            key=_zone_key(zone),
            kind="zone",
            texts=(zone.label,),
            right=zone.earns == 1,
            misconceptions=(zone.misconception,) if zone.misconception else (),
            lure="" if zone.earns else zone.label,
        )
    for line in question.lines:
        if question.zone_of(line.id) is None:
            yield Part(f"line={line.id}", "line", (line.who, line.text))


def said(question: Question, answer: Answer) -> tuple[str, ...]:
    """The keys of the parts that the answer says."""
    zone = question.zone_of(answer.line)
    return (_zone_key(zone) if zone else f"line={answer.line}",)


def _zone_key(zone: Zone) -> str:
    return f"zone={zone.lines[0]}"


def present(pinned: Pinned, order: Sequence[str], answer: Answer | None) -> View:
    question = _own(pinned)
    result = grade(question, answer) if answer else None
    lines = _line_views(question, order, answer)
    passages = _passages(pinned, question, lines, answer) if answer else (Passage(None, lines),)
    marked = next((line for line in lines if line.chosen), None)
    zone = next((one.zone for one in passages if one.zone and one.zone.chosen), None)
    return View(
        question_id=question.id,
        field=FIELD,
        stem_html=render_line(question.stem),
        passages=passages,
        line=marked,
        zone=zone,
        elsewhere_html=render(question.elsewhere) if answer and zone is None else "",
        graded=question.graded,
        answered=answer is not None,
        verdict=result.verdict if result else None,
        grade=result,
    )


def kept(pinned: Pinned, answer: Answer) -> Kept:
    marked = next(line for line in _own(pinned).lines if line.id == answer.line)
    return Kept((f"{escape(marked.who)}: {render_line(marked.text)}",))


def _own(pinned: Pinned) -> Question:
    if not isinstance(pinned.question, Question):
        raise TypeError(f"{pinned.question.id} is not a hottext question")
    return pinned.question


def _checked(question: Question, id: str) -> Answer:
    if not id:
        raise AnswerError("nothing-marked", N_("Mark a line first."))
    if all(line.id != id for line in question.lines):
        raise AnswerError("unknown-line", N_("Mark one of the lines on this page."))
    return Answer(id)


def _line_views(question: Question, order: Sequence[str], answer: Answer | None) -> tuple[LineView, ...]:
    lines = {line.id: line for line in question.lines}
    return tuple(
        LineView(id, number, lines[id].who, render_line(lines[id].text), answer is not None and id == answer.line)
        for number, id in enumerate(order, 1)
    )


def _passages(pinned: Pinned, question: Question, lines: Sequence[LineView], answer: Answer) -> tuple[Passage, ...]:
    views = {zone.lines: _zone_view(pinned, question, zone, lines, answer) for zone in question.zones}
    runs = groupby(lines, key=lambda line: question.zone_of(line.id))
    return tuple(Passage(views[zone.lines] if zone else None, tuple(run)) for zone, run in runs)


def _zone_view(pinned: Pinned, question: Question, zone: Zone, lines: Sequence[LineView], answer: Answer) -> ZoneView:
    state: Literal["right", "partly", "wrong", "none"] = "none"
    if question.graded:
        state = "right" if zone.earns == 1 else "partly" if zone.earns else "wrong"
    return ZoneView(
        label=zone.label,
        state=state,
        credit=zone.credit,
        numbers=tuple(line.number for line in lines if line.id in zone.lines),
        chosen=answer.line in zone.lines,
        why=reason_view(zone, pinned.labels),
    )
