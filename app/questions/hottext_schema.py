"""What an author writes of a hottext question, and what of that the schema cannot say."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from app.questions.fields import CREDIT_PATTERN, Flag, Id, Paragraphs, Record, Sentence, Words
from app.questions.pinned import BaseQuestion
from app.questions.reasons import Place, Reasoned, basis_fault, repeated

Fault = tuple[Place, str, str]
FEWEST_ZONES = 4
"""Of a question that is graded: with fewer, marking the one odd line is a guess."""


def _written(value: object) -> object:
    """YAML reads 1 as a number and 1/2 as text; 0.5 is to be refused as a credit, not as a number."""
    return str(value) if type(value) in (int, float) else value


Credit = Annotated[
    str,
    StringConstraints(pattern=CREDIT_PATTERN),
    BeforeValidator(_written),
    WithJsonSchema({"anyOf": [{"enum": [0, 1]}, {"type": "string", "pattern": CREDIT_PATTERN}]}),
]
"""A fraction as the author writes it: 1, 1/2, 0."""


class Line(Record):
    id: Id
    who: Words
    text: Sentence


class Zone(Reasoned):
    """Lines that earn the same for the same reason."""

    lines: Annotated[tuple[Id, ...], Field(min_length=1)]
    credit: Credit | None = None
    label: Words

    @property
    def earns(self) -> Fraction:
        return Fraction(self.credit or 0)


class Question(BaseQuestion):
    model_config = ConfigDict(serialize_by_alias=True)

    type: Literal["hottext"]
    counts: Annotated[Flag, Field(alias="graded")] = True
    """`graded: false` in the file: the zones explain, and nothing is right or wrong."""
    lines: Annotated[tuple[Line, ...], Field(min_length=14, max_length=60)]
    zones: Annotated[tuple[Zone, ...], Field(min_length=1)]
    elsewhere: Paragraphs

    @property
    def graded(self) -> bool:
        return self.counts

    def zone_of(self, line: str) -> Zone | None:
        return next((zone for zone in self.zones if line in zone.lines), None)

    def earns(self, line: str) -> Fraction:
        zone = self.zone_of(line)
        return zone.earns if zone else Fraction(0)


def faults(question: Question) -> Iterator[Fault]:
    """What the schema cannot say: (place in the question's data, what is wrong, how to mend it)."""
    yield from repeated((line.id for line in question.lines), "lines", "line")
    yield from _line_faults(question)
    yield from _credit_faults(question)
    for place, zone in enumerate(question.zones):
        found = _key_faults(zone) if question.graded else _plain_faults(zone)
        yield from ((("zones", place, *rest), what, mend) for rest, what, mend in (*basis_fault(zone), *found))


def _line_faults(question: Question) -> Iterator[Fault]:
    known, taken = {line.id for line in question.lines}, set[str]()
    for place, zone in enumerate(question.zones):
        for number, id in enumerate(zone.lines):
            if id not in known:
                yield ("zones", place, "lines", number), f"There is no line `{id}`.", "Name lines of this transcript."
            if id in taken:
                yield ("zones", place, "lines", number), f"The line `{id}` is in a zone already.", "Keep it in one."
            taken.add(id)


def _credit_faults(question: Question) -> Iterator[Fault]:
    if not question.graded:
        return
    full = sum(zone.earns == 1 for zone in question.zones)
    if len(question.zones) < FEWEST_ZONES:
        what = f"A graded transcript has {FEWEST_ZONES} zones at least, not {len(question.zones)}."
        yield ("zones",), what, "Add zones, or `graded: false`."
    if full != 1:
        yield ("zones",), f"{full} zones earn full credit; exactly one does.", "Give one zone `credit: 1`."
    if all(question.earns(line.id) for line in question.lines):
        yield ("zones",), "Every line earns something.", "Leave lines outside the zones, or give a zone `credit: 0`."


def _key_faults(zone: Zone) -> Iterator[Fault]:
    """Of a zone of a graded question."""
    if zone.credit is None:
        yield (), "`credit` is missing.", "Add `credit: …`, or `graded: false` to the question."
    if zone.earns > 1:
        yield ("credit",), f"`credit: {zone.credit}` is more than the question is worth.", "Write 1, 0 or a part of 1."
    if zone.earns == 1 and zone.basis == "debated":
        mend = "Let the key rest on evidence or convention, or add `graded: false` to the question."
        yield ("basis",), "A zone of full credit is never `debated`.", mend
    if zone.earns == 1 and zone.misconception:
        what = "A zone of full credit cannot have `misconception`."
        yield ("misconception",), what, "Remove `misconception`, or lower the credit."


def _plain_faults(zone: Zone) -> Iterator[Fault]:
    """Of a zone of a question that is not graded."""
    for key in ("credit", "misconception"):
        if getattr(zone, key):
            yield (key,), f"`{key}` stands in a question that is not graded.", f"Remove `{key}` or `graded: false`."
