"""From files without a fault to the course."""

from typing import TypeVar

from pydantic import BaseModel

from app.content import aid_rules, bibliography, files, module_rules, transcripts, videos
from app.content.aid_rendering import render_aid
from app.content.aids import RawAid
from app.content.faults import Fault
from app.content.fields import ReviewEntry
from app.content.figures import figure_svg
from app.content.gathering import Gathered
from app.content.hours import QUESTIONS_PER_VIGNETTE, contact_hours, shared_minutes
from app.content.library import Aid, Kind, LibraryEntry, LibraryGroup, Reference, Review, SectionKey, section_key
from app.content.modules import RawModule
from app.content.phrases import phrases
from app.content.records import (
    FINAL,
    MENDING,
    CertificateText,
    Claim,
    Course,
    FinalTest,
    Harm,
    Misconception,
    Module,
    Objective,
    Quiz,
    Section,
    Term,
    Vignette,
)
from app.content.rendering import Renderer
from app.content.schemas import (
    AidMatter,
    ClaimsFile,
    CourseFile,
    FinalFile,
    FrontMatter,
    GlossaryFile,
    KindsFile,
    LibraryEntryEntry,
    LibraryFile,
    MendingFile,
    MisconceptionsFile,
    QuizFile,
    ReferencesFile,
    VignetteEntry,
)
from app.content.session_schemas import TranscriptFile, VideoFile
from app.content.strict_yaml import Document
from app.content.transcripts import Transcript
from app.questions.scenario import Scenario

Model = TypeVar("Model", bound=BaseModel)


def build(gathered: Gathered, pictures: dict[str, str]) -> Course:
    """`pictures`: figure id -> SVG as it stands in a page."""
    head = _read(gathered.lists["course"], CourseFile)
    references = {
        entry.id: bibliography.build(entry) for entry in _read(gathered.lists["references"], ReferencesFile).root
    }
    glossary = _read(gathered.lists["glossary"], GlossaryFile).root
    renderer = Renderer(
        references,
        {entry.id: entry for entry in glossary},
        {id: (svg, gathered.words[id].text) for id, svg in pictures.items()},
        gathered.known,
        phrases(head.language),
    )
    definitions = renderer.define()
    modules = tuple(
        _module(number, gathered.modules[id], head, gathered, renderer) for number, id in enumerate(head.modules)
    )
    quizzes = {id: _quiz(id, gathered.quizzes[id], modules) for id in head.modules if id in gathered.quizzes}
    final = _final(gathered.quizzes[FINAL]) if FINAL in gathered.quizzes else None
    questions = QUESTIONS_PER_VIGNETTE * head.attempt.vignettes * len(quizzes) + (final.questions if final else 0)
    words = sum(section.words for module in modules for section in module.sections)
    misconceptions = _read(gathered.lists["misconceptions"], MisconceptionsFile)
    return Course(
        title=head.title,
        subtitle=head.subtitle,
        edition=head.edition,
        authors=head.authors,
        language=head.language,
        pass_mark=head.pass_mark,
        attempt_vignettes=head.attempt.vignettes,
        attempt_formats=head.attempt.formats,
        modules=modules,
        quizzes=quizzes,
        final=final,
        mending=_mending(gathered.quizzes[MENDING]) if MENDING in gathered.quizzes else (),
        scenarios=_scenarios(gathered, head.modules),
        transcripts=_transcripts(gathered, modules, references),
        videos={id: videos.build(_read(document, VideoFile)) for id, document in gathered.videos.items()},
        references=references,
        glossary={
            entry.id: Term(entry.id, entry.term, definitions[entry.id], entry.see, _users(entry.id, modules))
            for entry in glossary
        },
        library=_library(_read(gathered.lists["library"], LibraryFile), references, renderer),
        kinds=tuple(
            Kind(entry.id, entry.title, renderer.short(entry.intro))
            for entry in _read(gathered.lists["kinds"], KindsFile).root
        ),
        aids=tuple(_aid(raw, gathered, renderer) for raw in gathered.aids.values()),
        misconceptions={
            entry.id: Misconception(
                entry.id,
                entry.text,
                renderer.short(entry.correction),
                entry.sources,
                tuple(section_key(section) for section in entry.sections),
                entry.discuss,
            )
            for entry in misconceptions.misconceptions
        },
        harms={entry.id: Harm(entry.id, entry.text, section_key(entry.section)) for entry in misconceptions.harms},
        claims={
            entry.id: Claim(**{**entry.model_dump(), "taught": tuple(section_key(section) for section in entry.taught)})
            for entry in _read(gathered.lists["claims"], ClaimsFile).root
        },
        contact_hours=contact_hours(words, questions, head.difficulty),
        certificate=CertificateText(head.certificate.title, head.certificate.statement),
        digest=files.digest(gathered.root),
    )


def _read(document: Document | None, model: type[Model]) -> Model:
    assert document is not None, "a course without faults has all its files"
    return model.model_validate(document.data)


def _users(term: str, modules: tuple[Module, ...]) -> tuple[SectionKey, ...]:
    return tuple((module.id, section.id) for module in modules for section in module.sections if term in section.terms)


def _module(number: int, raw: RawModule, head: CourseFile, gathered: Gathered, renderer: Renderer) -> Module:
    front = _read(raw.front, FrontMatter)
    return Module(
        id=raw.id,
        number=number,
        title=front.title,
        summary=front.summary,
        minutes=front.minutes,
        content_note=front.content_note,
        objectives=tuple(Objective(entry.id, entry.text, entry.sections) for entry in front.objectives),
        sections=tuple(_sections(raw, front.minutes, gathered, renderer)),
        quiz_id=raw.id if raw.id in gathered.quizzes else None,
        review=_review(head.review.get(raw.id)),
    )


def _review(entry: ReviewEntry | None) -> Review | None:
    return Review(entry.by, entry.on) if entry else None


def _aid(raw: RawAid, gathered: Gathered, renderer: Renderer) -> Aid:
    front = _read(raw.front, AidMatter)
    lead, parts = render_aid(raw, renderer)
    return Aid(
        id=raw.id,
        title=front.title,
        summary=front.summary,
        columns=front.columns,
        size=front.size,
        lead_html=lead,
        parts=parts,
        sources=tuple(sorted(aid_rules.aid_uses(raw, gathered, []).references)),
        sections=tuple(section_key(section) for section in front.sections),
        review=_review(front.review),
    )


def _sections(raw: RawModule, minutes: int, gathered: Gathered, renderer: Renderer) -> list[Section]:
    shares = shared_minutes(minutes, tuple(section.words for section in raw.sections))
    found = []
    for number, (section, share) in enumerate(zip(raw.sections, shares, strict=True), 1):
        nothing: list[Fault] = []
        uses = module_rules.section_uses(raw.path, section, gathered, nothing)
        found.append(
            Section(
                id=section.id,
                module_id=raw.id,
                number=number,
                title=section.title,
                html=renderer.section(raw.id, section),
                words=section.words,
                minutes=share,
                sources=tuple(sorted(uses.references)),
                terms=tuple(uses.terms),
            )
        )
    return found


def _quiz(id: str, document: Document | None, modules: tuple[Module, ...]) -> Quiz:
    title = next(module.title for module in modules if module.id == id)
    read = _read(document, QuizFile)
    return Quiz(
        id=id,
        module_id=id,
        title=title,
        vignettes=tuple(_vignette(entry) for entry in read.vignettes),
        before={"A": read.before.A, "B": read.before.B} if read.before else {},
    )


def _final(document: Document | None) -> FinalTest:
    read = _read(document, FinalFile)
    return FinalTest({"A": read.forms.A, "B": read.forms.B}, tuple(_vignette(entry) for entry in read.vignettes))


def _mending(document: Document | None) -> tuple[Vignette, ...]:
    return tuple(_vignette(entry) for entry in _read(document, MendingFile).mending)


def _vignette(entry: VignetteEntry) -> Vignette:
    values = {name: getattr(entry, name) for name in VignetteEntry.model_fields}
    return Vignette(**values)


def _scenarios(gathered: Gathered, modules: tuple[str, ...]) -> dict[str, Scenario]:
    """In the order of the module that each one's first objective belongs to; one that follows another, after that."""
    read = {id: _read(document, Scenario) for id, document in gathered.scenarios.items()}

    def place(scenario: Scenario) -> tuple[int, str, bool]:
        first = read[scenario.follows.scenario] if scenario.follows else scenario
        return modules.index(first.objectives[0].rpartition(".")[0]), first.id, scenario is not first

    return {scenario.id: scenario for scenario in sorted(read.values(), key=place)}


def _transcripts(
    gathered: Gathered, modules: tuple[Module, ...], references: dict[str, Reference]
) -> dict[str, Transcript]:
    """In the order of the section that each one belongs to first."""
    order = [(section.module_id, section.id) for module in modules for section in module.sections]
    files = (_read(document, TranscriptFile) for document in gathered.transcripts.values())
    built = [transcripts.build(file, references) for file in files]
    built.sort(key=lambda one: (order.index(one.sections[0]), one.id))
    return {one.id: one for one in built}


def _library(groups: LibraryFile, references: dict[str, Reference], renderer: Renderer) -> tuple[LibraryGroup, ...]:
    return tuple(
        LibraryGroup(
            group.id,
            group.title,
            renderer.short(group.intro),
            group.dated,
            tuple(_library_entry(entry, references, renderer) for entry in group.entries),
        )
        for group in groups.root
    )


def _library_entry(entry: LibraryEntryEntry, references: dict[str, Reference], renderer: Renderer) -> LibraryEntry:
    reference = references[entry.reference] if entry.reference else None
    return LibraryEntry(
        reference=reference,
        title=reference.title if reference else entry.title or "",
        url=reference.href if reference else entry.url,
        design=entry.design,
        kind=entry.kind,
        adds_html=renderer.line(entry.adds),
        checked=entry.checked,
    )


def draw_figures(gathered: Gathered, faults: list[Fault]) -> dict[str, str]:
    return {id: figure_svg(id, source, faults) for id, source in gathered.pictures.items()}
