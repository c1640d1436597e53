"""A worked transcript: a session to read, with notes in the margin."""

from dataclasses import dataclass

from app.content.library import Reference, Review, SectionKey, section_key
from app.content.session_schemas import LineEntry, TranscriptFile
from app.questions.reasons import Basis
from app.questions.text import render, render_line

THERAPIST = "Therapist"
"""Who leads, in every transcript."""


@dataclass(frozen=True, slots=True)
class Note:
    """In the margin of a line: what is done here, and why."""

    html: str
    basis: Basis
    sources: tuple[tuple[str, str], ...]
    """(label, address)"""


@dataclass(frozen=True, slots=True)
class Line:
    """What one of the two says and does before the other has a turn."""

    id: str
    number: int
    """From 1."""
    part: str | None
    """A heading above this line."""
    who: str
    html: str
    predict: bool
    """The reader is asked for a line of their own first."""
    note: Note | None

    @property
    def by_therapist(self) -> bool:
        return self.who == THERAPIST


@dataclass(frozen=True, slots=True)
class Transcript:
    id: str
    title: str
    client: str
    summary: str
    minutes: int
    phase: str
    condition: str
    setting: str
    objectives: tuple[str, ...]
    sections: tuple[SectionKey, ...]
    """Where it belongs: those sections point to it."""
    content_note: str | None
    review: Review | None
    """None: awaiting clinical review."""
    opening_html: str
    lines: tuple[Line, ...]
    closing_html: str

    @property
    def url(self) -> str:
        return f"/transcripts/{self.id}"

    @property
    def guesses(self) -> int:
        """How often the reader is asked for a line of their own."""
        return sum(line.predict for line in self.lines)


def build(file: TranscriptFile, references: dict[str, Reference]) -> Transcript:
    kept = {name: getattr(file, name) for name in Transcript.__slots__ if name in TranscriptFile.model_fields}
    kept["sections"] = tuple(section_key(section) for section in file.sections)
    kept["review"] = Review(file.review.by, file.review.on) if file.review else None
    kept["lines"] = tuple(_line(number, line, references) for number, line in enumerate(file.lines, 1))
    return Transcript(id=file.transcript, opening_html=render(file.opening), closing_html=render(file.closing), **kept)


def _line(number: int, line: LineEntry, references: dict[str, Reference]) -> Line:
    note = None
    if line.note and line.basis:
        cited = [references[id] for id in line.sources]
        labels = tuple((one.label, one.href or f"/references#{one.id}") for one in cited)
        note = Note(render_line(line.note), line.basis, labels)
    return Line(line.id, number, line.part, line.who, render(line.text), line.predict, note)
