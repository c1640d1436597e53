"""The course as everybody sees it: frozen, checked, rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.content.blueprint import Blueprint, blueprint_of
from app.content.library import Aid, Kind, LibraryGroup, Reference, Review, SectionKey
from app.content.transcripts import Transcript
from app.content.videos import Video
from app.questions import BaseQuestion
from app.questions.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Objective:
    id: str
    text: str
    sections: tuple[str, ...]
    """Section ids in the objective's own module."""


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    module_id: str
    number: int
    """From 1."""
    title: str
    html: str
    words: int
    """Without references and without the figures in words."""
    minutes: int
    sources: tuple[str, ...]
    terms: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"/modules/{self.module_id}/{self.id}"


@dataclass(frozen=True, slots=True)
class Module:
    id: str
    number: int
    """Its place in course.yaml, from 0."""
    title: str
    summary: str
    minutes: int
    content_note: str | None
    objectives: tuple[Objective, ...]
    sections: tuple[Section, ...]
    quiz_id: str | None
    review: Review | None
    """None: awaiting clinical review."""

    @property
    def url(self) -> str:
        return f"/modules/{self.id}"


@dataclass(frozen=True, slots=True)
class Vignette:
    id: str
    title: str
    condition: str
    phase: str
    setting: str
    content_note: str | None
    neutral: str | None
    text: str
    """Markdown; `pinning.pin` and then `questions.load` make it HTML."""
    questions: tuple[BaseQuestion, ...]

    @property
    def objectives(self) -> frozenset[str]:
        return frozenset(question.objective for question in self.questions)


@dataclass(frozen=True, slots=True)
class Quiz:
    id: str
    module_id: str
    title: str
    vignettes: tuple[Vignette, ...]
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A and B: ids of the questions of two parallel sets, one asked before reading and the other after. Or nothing."""

    @property
    def bank(self) -> tuple[Vignette, ...]:
        """What an attempt is drawn from: the cases that are not kept for before and after reading."""
        kept = {id for ids in self.before.values() for id in ids}
        return tuple(one for one in self.vignettes if kept.isdisjoint(question.id for question in one.questions))

    def set_of(self, form: str) -> tuple[tuple[Vignette, BaseQuestion], ...]:
        """The questions of one of the two sets, each with its case; those of one case stand together, in order."""
        ids = self.before[form]
        asked = [(case, question) for case in self.vignettes for question in case.questions if question.id in ids]
        return tuple(asked)

    def vignette(self, id: str) -> Vignette:
        """Raises KeyError."""
        for vignette in self.vignettes:
            if vignette.id == id:
                return vignette
        raise KeyError(id)


FINAL = "final"
"""The id of the final test; no module is called so."""
MENDING = "mending"
"""The name of the file with transcripts to mend; no module is called so."""


@dataclass(frozen=True, slots=True)
class FinalTest:
    """Two disjoint forms of one test, on cases that no module uses."""

    forms: Mapping[str, tuple[str, ...]]
    """A and B: ids of vignettes."""
    vignettes: tuple[Vignette, ...]
    """Of both forms, and the neutral ones that stand in for a case with a content note."""

    id = FINAL

    def form(self, name: str) -> tuple[Vignette, ...]:
        """The cases of one form, in the order of the file."""
        return tuple(one for one in self.vignettes if one.id in self.forms[name])

    @property
    def questions(self) -> int:
        """How many one form asks: both the same."""
        return sum(len(case.questions) for case in self.form("A"))


@dataclass(frozen=True, slots=True)
class Term:
    id: str
    term: str
    html: str
    see: tuple[str, ...]
    sections: tuple[SectionKey, ...]
    """Sections that use it, in the order of the course."""


@dataclass(frozen=True, slots=True)
class Misconception:
    id: str
    text: str
    correction_html: str
    sources: tuple[str, ...]
    sections: tuple[SectionKey, ...]
    discuss: tuple[str, ...] = ()
    """Questions with which a supervisor may open it to a group."""


@dataclass(frozen=True, slots=True)
class Harm:
    id: str
    text: str
    section: SectionKey


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    claim: str
    verdict: str
    taught: tuple[SectionKey, ...]
    note: str | None
    graded: bool
    """Whether a graded question may rest on it."""


@dataclass(frozen=True, slots=True)
class ContactHours:
    """Shown with the computation: minutes = 0.9 × (−22.3 + 0.00209·words + 2.78·questions + 15.5·difficulty)."""

    words: int
    questions: int
    difficulty: int
    minutes: int
    hours: str
    """Rounded down to half an hour: "4.5"."""


@dataclass(frozen=True, slots=True)
class CertificateText:
    title: str
    statement: str


@dataclass(frozen=True, slots=True)
class Course:
    title: str
    subtitle: str
    edition: str
    authors: tuple[str, ...]
    """Names as they are to stand in print; none: the course names nobody."""
    language: str
    pass_mark: int
    attempt_vignettes: int
    attempt_formats: int
    """In how many different formats, at least, an attempt at a module quiz asks."""
    modules: tuple[Module, ...]
    quizzes: Mapping[str, Quiz]
    """By the module's id; the final test is not one of them."""
    final: FinalTest | None
    mending: tuple[Vignette, ...]
    """Transcripts to mend, in the order of the file: each is an exercise of its own, outside every score."""
    scenarios: Mapping[str, Scenario]
    """Simulated sessions, in the order of the modules that they belong to."""
    transcripts: Mapping[str, Transcript]
    """Sessions to read, in the order of the sections that they belong to."""
    videos: Mapping[str, Video]
    """What an institute has added; none is shipped."""
    references: Mapping[str, Reference]
    glossary: Mapping[str, Term]
    library: tuple[LibraryGroup, ...]
    kinds: tuple[Kind, ...]
    """Of what the library lists; none if the course does not sort it so."""
    aids: tuple[Aid, ...]
    misconceptions: Mapping[str, Misconception]
    harms: Mapping[str, Harm]
    claims: Mapping[str, Claim]
    contact_hours: ContactHours
    certificate: CertificateText
    digest: str

    @property
    def awaiting_review(self) -> tuple[Module, ...]:
        """Modules that no clinician has reviewed."""
        return tuple(module for module in self.modules if module.review is None)

    def module(self, id: str) -> Module:
        """Raises KeyError."""
        for module in self.modules:
            if module.id == id:
                return module
        raise KeyError(id)

    def section(self, module_id: str, section_id: str) -> Section:
        """Raises KeyError."""
        for section in self.module(module_id).sections:
            if section.id == section_id:
                return section
        raise KeyError(f"{module_id}#{section_id}")

    def quiz(self, id: str) -> Quiz:
        """Raises KeyError."""
        return self.quizzes[id]

    def blueprint(self, quiz: Quiz) -> Blueprint:
        """What an attempt at this module quiz has to ask."""
        objectives = {objective.id for objective in self.module(quiz.module_id).objectives}
        return blueprint_of(self.attempt_vignettes, objectives, self.attempt_formats)

    def aid(self, id: str) -> Aid:
        """Raises KeyError."""
        for aid in self.aids:
            if aid.id == id:
                return aid
        raise KeyError(id)

    def aids_for(self, section: Section) -> tuple[Aid, ...]:
        """What helps with a section, printed."""
        return tuple(aid for aid in self.aids if (section.module_id, section.id) in aid.sections)

    def transcripts_for(self, section: Section) -> tuple[Transcript, ...]:
        """Sessions to read that show what a section is about."""
        here = (section.module_id, section.id)
        return tuple(one for one in self.transcripts.values() if here in one.sections)

    def exercise(self, id: str) -> Vignette:
        """A transcript to mend. Raises KeyError."""
        for exercise in self.mending:
            if exercise.id == id:
                return exercise
        raise KeyError(id)

    def videos_for(self, section: Section) -> tuple[Video, ...]:
        here = (section.module_id, section.id)
        return tuple(one for one in self.videos.values() if here in one.sections)

    def scenario(self, id: str) -> Scenario:
        """Raises KeyError."""
        return self.scenarios[id]

    def objective(self, id: str) -> Objective:
        """Raises KeyError."""
        for objective in self.module(id.rpartition(".")[0]).objectives:
            if objective.id == id:
                return objective
        raise KeyError(id)
