"""The reading list: what the library lists, by what it is for or by how it was studied, as far as one asks for it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final, Literal

from app.content.library import LibraryEntry, LibraryGroup, Reference
from app.content.records import Course

LONGEST = 100
"""Letters of what is looked for."""
BY_USE: Final = "use"
BY_DESIGN: Final = "design"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see. An empty text asks for nothing."""

    words: str = ""
    use: str = ""
    design: str = ""
    by: Literal["use", "design"] = "use"

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.use or self.design)

    @property
    def parameters(self) -> dict[str, str]:
        """Of an address that asks for the same."""
        given = {"words": self.words, "use": self.use, "design": self.design}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Option:
    """One way to narrow, and how many it would leave, whatever else is asked."""

    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Shelf:
    id: str
    title: str
    intro_html: str
    entries: tuple[LibraryEntry, ...]


@dataclass(frozen=True, slots=True)
class ReadingList:
    wish: Wish
    shelves: tuple[Shelf, ...]
    uses: tuple[Option, ...]
    designs: tuple[Option, ...]
    shown: int
    total: int


def wish_from(values: Mapping[str, str], course: Course) -> Wish:
    """What an address asks for; what there is not, is not asked for."""
    uses = {group.id for group in course.library if not group.dated}
    designs = {kind.id for kind in course.kinds}
    use, design = values.get("use", ""), values.get("design", "")
    return Wish(
        words=" ".join(values.get("words", "").split())[:LONGEST],
        use=use if use in uses else "",
        design=design if design in designs else "",
        by="design" if designs and values.get("by") == BY_DESIGN else "use",
    )


def reading_list(course: Course, wish: Wish) -> ReadingList:
    groups = [group for group in course.library if not group.dated]
    with_words = [(group, entry) for group in groups for entry in group.entries if _has(entry, wish.words)]
    of_design = [(group, entry) for group, entry in with_words if wish.design in ("", entry.kind)]
    of_use = [(group, entry) for group, entry in with_words if wish.use in ("", group.id)]
    found = [(group, entry) for group, entry in of_use if wish.design in ("", entry.kind)]
    by_use = Counter(group.id for group, _ in of_design)
    by_design = Counter(entry.kind for _, entry in of_use)
    return ReadingList(
        wish=wish,
        shelves=tuple(_shelves(course, groups, found, wish)),
        uses=tuple(Option(group.id, group.title, by_use[group.id]) for group in groups),
        designs=tuple(Option(kind.id, kind.title, by_design[kind.id]) for kind in course.kinds),
        shown=len(found),
        total=sum(len(group.entries) for group in groups),
    )


def chosen(course: Course, wish: Wish) -> tuple[Reference, ...]:
    """References to download: those of the list, or all that the course has if nothing narrows it."""
    if not wish.narrows:
        return tuple(course.references.values())
    entries = (entry for shelf in reading_list(course, wish).shelves for entry in shelf.entries)
    return tuple(entry.reference for entry in entries if entry.reference)


def _shelves(
    course: Course, groups: Iterable[LibraryGroup], found: list[tuple[LibraryGroup, LibraryEntry]], wish: Wish
) -> Iterable[Shelf]:
    """Without those on which nothing stands."""
    if wish.by == BY_USE:
        for group in groups:
            if entries := tuple(entry for of, entry in found if of is group):
                yield Shelf(group.id, group.title, group.intro_html, entries)
        return
    for kind in course.kinds:
        if entries := tuple(entry for _, entry in found if entry.kind == kind.id):
            yield Shelf(kind.id, kind.title, kind.intro_html, entries)


def _has(entry: LibraryEntry, words: str) -> bool:
    """Whether every word stands in it, wherever, with or without accents."""
    reference = entry.reference
    parts = [entry.title, entry.design or "", unescape(re.sub(r"<[^>]+>", " ", entry.adds_html))]
    if reference:
        parts += [*reference.authors, str(reference.year or ""), reference.container or "", reference.label]
    text = plain(" ".join(parts))
    return all(word in text for word in plain(words).split())


def plain(text: str) -> str:
    """Small letters without accents: to find words and to sort by."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("’", "'")
