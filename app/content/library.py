"""What stands in the library: references, what each adds, and aids to print."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

SectionKey: TypeAlias = tuple[str, str]
"""(module id, section id)"""


def section_key(ref: str) -> SectionKey:
    """Of `module#section`."""
    module, _, id = ref.partition("#")
    return module, id


@dataclass(frozen=True, slots=True)
class Review:
    by: str
    on: date


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
class LibraryEntry:
    reference: Reference | None
    title: str
    url: str | None
    design: str | None
    """In words: "film study"."""
    kind: str | None
    """The id of a `Kind`."""
    adds_html: str
    checked: date | None


@dataclass(frozen=True, slots=True)
class LibraryGroup:
    id: str
    title: str
    intro_html: str
    dated: bool
    """Its entries are addresses that change: each says when it was last checked, or that it never was."""
    entries: tuple[LibraryEntry, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of study or of text, with how to read such."""

    id: str
    title: str
    intro_html: str


@dataclass(frozen=True, slots=True)
class AidPart:
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Aid:
    """One page to print, with boxes to tick and lines to write on."""

    id: str
    title: str
    summary: str
    columns: int
    """1 or 2, on paper and on wide screens."""
    size: int
    """Of the type on paper, in points."""
    lead_html: str
    """What stands above the parts; may be empty."""
    parts: tuple[AidPart, ...]
    sources: tuple[str, ...]
    sections: tuple[SectionKey, ...]
    """Where it helps: those sections point to it."""
    review: Review | None
    """None: awaiting clinical review."""

    @property
    def url(self) -> str:
        return f"/aids/{self.id}"
