"""Addresses outside the course: written in full, whole pages, each listed once; `imrs check --strict` enforces it.

Whether one still answers no check without a network can say; `checked` in library.yaml says when somebody looked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.content import syntax
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.module_shape import flat
from app.content.modules import CallOut, Figure, RawSection
from app.content.schemas import LibraryGroupEntry, ReferenceEntry
from app.content.validation import items


@dataclass(frozen=True, slots=True)
class Address:
    path: str
    line: int
    address: str
    listed: bool
    """In the bibliography or the library, where each stands once."""


def check_addresses(gathered: Gathered) -> Iterator[Fault]:
    first: dict[str, Address] = {}
    for found in (*_references(gathered), *_library(gathered), *_linked(gathered)):
        if urlsplit(found.address).fragment:
            mend = "Link to the page: nobody notices when a place on somebody else’s page is gone."
            yield Fault(found.path, found.line, f"`{found.address}` points to a place on a page.", mend)
        other = first.setdefault(_plain(found.address), found) if found.listed else found
        if other is not found:
            what = f"`{found.address}` stands in {other.path}:{other.line} already."
            yield Fault(found.path, found.line, what, "List it once; an entry of the library can name a `reference`.")


def _plain(address: str) -> str:
    """Two addresses that differ only so lead to the same page."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("dx.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}".lower()


def _references(gathered: Gathered) -> Iterator[Address]:
    document = gathered.lists["references"]
    for number, entry in items(document, (), ReferenceEntry) if document else ():
        doi = f"https://doi.org/{entry.doi}" if entry.doi else ""
        for key, value in (("doi", doi), ("url", entry.url)):
            if document and value and (key == "doi" or _plain(value) != _plain(doi)):
                yield Address(document.path, document.line((number, key)), value, True)


def _library(gathered: Gathered) -> Iterator[Address]:
    document = gathered.lists["library"]
    for number, group in items(document, (), LibraryGroupEntry) if document else ():
        for index, entry in enumerate(group.entries):
            if entry.url and document:
                yield Address(document.path, document.line((number, "entries", index, "url")), entry.url, True)


def _linked(gathered: Gathered) -> Iterator[Address]:
    """In the text of modules, where a page may be linked to as often as it helps."""
    for module in gathered.modules.values():
        for section in module.sections:
            for line, text in _texts(section):
                for match in re.finditer(syntax.LINK, text):
                    if match[2].startswith("https:"):
                        yield Address(module.path, line + text.count("\n", 0, match.start()), match[2], False)


def _texts(section: RawSection) -> Iterator[tuple[int, str]]:
    for block in flat(section.blocks):
        if isinstance(block, CallOut):
            yield block.line, block.title
        else:
            yield block.line, block.caption if isinstance(block, Figure) else block.text
