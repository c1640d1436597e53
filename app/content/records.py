"""The course as everybody sees it: frozen, checked, rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from app.questions import BaseQuestion

SectionKey: TypeAlias = tuple[str, str]
"""(module id, section id)"""


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
class Review:
    by: str
    on: date


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

    def vignette(self, id: str) -> Vignette:
        """Raises KeyError."""
        for vignette in self.vignettes:
            if vignette.id == id:
                return vignette
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Reference:
    id: str
    type: str
    authors: tuple[str, ...]
    year: int | None
    title: str
    container: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    doi: str | None
    url: str | None
    status: str
    note: str | None
    """For authors of the course, not for readers."""
    on_source_page: bool
    label: str
    """Dibbets & Arntz (2016)"""
    href: str | None
    html: str


@dataclass(frozen=True, slots=True)
class Term:
    id: str
    term: str
    html: str
    see: tuple[str, ...]
    sections: tuple[SectionKey, ...]
    """Sections that use it, in the order of the course."""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    reference: Reference | None
    title: str
    url: str | None
    design: str | None
    adds_html: str
    checked: date | None


@dataclass(frozen=True, slots=True)
class LibraryGroup:
    id: str
    title: str
    intro_html: str
    entries: tuple[LibraryEntry, ...]


@dataclass(frozen=True, slots=True)
class Misconception:
    id: str
    text: str
    correction_html: str
    sources: tuple[str, ...]
    sections: tuple[SectionKey, ...]


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
    language: str
    pass_mark: int
    attempt_vignettes: int
    modules: tuple[Module, ...]
    quizzes: Mapping[str, Quiz]
    references: Mapping[str, Reference]
    glossary: Mapping[str, Term]
    library: tuple[LibraryGroup, ...]
    misconceptions: Mapping[str, Misconception]
    harms: Mapping[str, Harm]
    claims: Mapping[str, Claim]
    contact_hours: ContactHours
    certificate: CertificateText
    digest: str

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

    def objective(self, id: str) -> Objective:
        """Raises KeyError."""
        for objective in self.module(id.rpartition(".")[0]).objectives:
            if objective.id == id:
                return objective
        raise KeyError(id)
