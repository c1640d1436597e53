"""What each YAML file and each module's front matter may hold. The JSON Schemas for editors come from here too."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field, RootModel

from app.content.fields import (
    Doi,
    Language,
    Minutes,
    ReviewEntry,
    Rich,
    RichParagraphs,
    SafeAddress,
    SectionRef,
)
from app.content.session_schemas import TranscriptFile, VideoFile
from app.questions import AnyQuestion
from app.questions.fields import (
    ClaimId,
    Flag,
    Id,
    ObjectiveId,
    Paragraphs,
    Record,
    ReferenceId,
    Whole,
    Words,
)
from app.questions.scenario import Scenario


class Attempt(Record):
    vignettes: Annotated[Whole, Field(ge=1, le=20)]
    formats: Annotated[Whole, Field(ge=1, le=6)] = 1


class Certificate(Record):
    title: Words
    statement: Words


class CourseFile(Record):
    title: Words
    subtitle: Words
    edition: Words
    language: Language
    pass_mark: Annotated[Whole, Field(ge=1, le=100)]
    difficulty: Annotated[Whole, Field(ge=1, le=5)]
    attempt: Attempt
    modules: Annotated[tuple[Id, ...], Field(min_length=1)]
    aids: tuple[Id, ...] = ()
    authors: tuple[Words, ...] = ()
    review: Mapping[Id, ReviewEntry] = {}
    certificate: Certificate


class ObjectiveEntry(Record):
    id: ObjectiveId
    text: Words
    sections: Annotated[tuple[Id, ...], Field(min_length=1)]


class FrontMatter(Record):
    title: Words
    summary: Words
    minutes: Minutes
    content_note: Words | None = None
    objectives: Annotated[tuple[ObjectiveEntry, ...], Field(min_length=1)]


class AidMatter(Record):
    title: Words
    summary: Words
    columns: Annotated[Whole, Field(ge=1, le=2)] = 1
    size: Annotated[Whole, Field(ge=9, le=12)] = 10
    sections: Annotated[tuple[SectionRef, ...], Field(min_length=1)]
    review: ReviewEntry | None = None


class VignetteEntry(Record):
    id: Id
    title: Words
    condition: Words
    phase: Words
    setting: Words
    content_note: Words | None = None
    neutral: Id | None = None
    text: Paragraphs
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1, max_length=3)]
    """Two that are graded (one may do where the case is kept for before and after reading); a third may be one that is
    not."""


BEFORE_READING = 3
"""How many questions each of the two parallel sets holds."""
QuestionIds = Annotated[tuple[Id, ...], Field(min_length=BEFORE_READING, max_length=BEFORE_READING)]
VignetteIds = Annotated[tuple[Id, ...], Field(min_length=1)]


class BeforeSets(Record):
    A: QuestionIds
    B: QuestionIds


class QuizFile(Record):
    quiz: Id
    before: BeforeSets | None = None
    vignettes: Annotated[tuple[VignetteEntry, ...], Field(min_length=1)]


class FinalForms(Record):
    A: VignetteIds
    B: VignetteIds


class FinalFile(Record):
    quiz: Literal["final"]
    forms: FinalForms
    vignettes: Annotated[tuple[VignetteEntry, ...], Field(min_length=1)]


class MendingFile(Record):
    mending: Annotated[tuple[VignetteEntry, ...], Field(min_length=1)]


class ReferenceEntry(Record):
    id: ReferenceId
    type: Words
    authors: Annotated[tuple[Words, ...], Field(min_length=1)]
    year: Annotated[Whole, Field(ge=1800, le=2100)] | None = None
    title: Words
    container: Words | None = None
    volume: Words | None = None
    issue: Words | None = None
    pages: Words | None = None
    doi: Doi | None = None
    url: SafeAddress | None = None
    status: Literal["verified", "unverified"]
    note: Words | None = None
    on_source_page: Flag = False


class TermEntry(Record):
    id: Id
    term: Words
    text: Rich
    see: tuple[Id, ...] = ()


class MisconceptionEntry(Record):
    id: Id
    text: Words
    correction: RichParagraphs
    sources: tuple[ReferenceId, ...] = ()
    sections: Annotated[tuple[SectionRef, ...], Field(min_length=1)]
    discuss: Annotated[tuple[Words, ...], Field(max_length=3)] = ()


class HarmEntry(Record):
    id: Id
    text: Words
    section: SectionRef


class MisconceptionsFile(Record):
    misconceptions: tuple[MisconceptionEntry, ...]
    harms: tuple[HarmEntry, ...]


class ClaimEntry(Record):
    id: ClaimId
    claim: Words
    verdict: Literal["AGREES", "ADDS", "PARTLY", "CONFLICT", "PAGE ONLY", "NO SOURCE"]
    taught: Annotated[tuple[SectionRef, ...], Field(min_length=1)]
    note: Words | None = None
    graded: Flag


class LibraryEntryEntry(Record):
    reference: ReferenceId | None = None
    title: Words | None = None
    url: SafeAddress | None = None
    design: Words | None = None
    kind: Id | None = None
    adds: Rich
    checked: date | None = None


class LibraryGroupEntry(Record):
    id: Id
    title: Words
    intro: RichParagraphs
    dated: Flag = False
    entries: Annotated[tuple[LibraryEntryEntry, ...], Field(min_length=1)]


class KindEntry(Record):
    id: Id
    title: Words
    intro: RichParagraphs


class ReferencesFile(RootModel[tuple[ReferenceEntry, ...]]):
    pass


class GlossaryFile(RootModel[tuple[TermEntry, ...]]):
    pass


class ClaimsFile(RootModel[tuple[ClaimEntry, ...]]):
    pass


class LibraryFile(RootModel[tuple[LibraryGroupEntry, ...]]):
    pass


class KindsFile(RootModel[tuple[KindEntry, ...]]):
    pass


LISTS: Mapping[str, type[BaseModel]] = {
    "course": CourseFile,
    "references": ReferencesFile,
    "glossary": GlossaryFile,
    "misconceptions": MisconceptionsFile,
    "claims": ClaimsFile,
    "library": LibraryFile,
    "kinds": KindsFile,
}
"""The YAML files in course/, by name."""
OPTIONAL = frozenset({"kinds"})
"""Lists that a course may do without."""
SCHEMAS: Mapping[str, type[BaseModel]] = {
    **LISTS,
    "module": FrontMatter,
    "aid": AidMatter,
    "quiz": QuizFile,
    "final": FinalFile,
    "mending": MendingFile,
    "scenario": Scenario,
    "transcript": TranscriptFile,
    "video": VideoFile,
}
