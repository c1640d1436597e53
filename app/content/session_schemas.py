"""What the files of sessions to read and of videos may hold."""

from datetime import date
from typing import Annotated

from pydantic import Field

from app.content.fields import FileName, Language, Minutes, ReviewEntry, SafeAddress, SectionRef
from app.questions.fields import ClaimId, Flag, Id, ObjectiveId, Paragraphs, Record, ReferenceId, Sentence, Words
from app.questions.reasons import Basis


class LineEntry(Record):
    id: Id
    part: Words | None = None
    who: Words
    text: Paragraphs
    predict: Flag = False
    note: Sentence | None = None
    basis: Basis | None = None
    sources: tuple[ReferenceId, ...] = ()


class TranscriptFile(Record):
    transcript: Id
    title: Words
    client: Words
    summary: Words
    minutes: Minutes
    phase: Words
    condition: Words
    setting: Words
    objectives: Annotated[tuple[ObjectiveId, ...], Field(min_length=1)]
    claims: tuple[ClaimId, ...] = ()
    sections: Annotated[tuple[SectionRef, ...], Field(min_length=1)]
    content_note: Words | None = None
    review: ReviewEntry | None = None
    opening: Paragraphs
    lines: Annotated[tuple[LineEntry, ...], Field(min_length=6, max_length=60)]
    closing: Paragraphs


class CaptionsEntry(Record):
    language: Language
    file: FileName | None = None


class ConsentEntry(Record):
    by: Words
    """Who may be seen and heard, and agreed."""
    on: date
    kept: Words
    """Where the signed paper is."""


class VideoFile(Record):
    video: Id
    title: Words
    by: Words
    minutes: Minutes
    sections: Annotated[tuple[SectionRef, ...], Field(min_length=1)]
    content_note: Words | None = None
    file: FileName | None = None
    embed: SafeAddress | None = None
    captions: Annotated[tuple[CaptionsEntry, ...], Field(min_length=1)]
    consent: ConsentEntry
    licence: Words
    transcript: Paragraphs
