"""References as BibTeX and RIS, for whoever keeps their own collection. What is unknown is left out. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from app.content.library import Reference

Format: TypeAlias = Literal["bib", "ris"]
MIME_TYPES: Mapping[Format, str] = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}

BIBTEX_TYPES = {"article-journal": "article", "book": "book", "chapter": "incollection", "manuscript": "unpublished"}
CONTAINERS = {"article": "journal", "book": "publisher", "incollection": "booktitle", "unpublished": "note"}
"""What the container is to each type of entry; elsewhere it says where a thing was published."""
RIS_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "manuscript": "UNPB",
    "webpage": "ELEC",
    "guideline": "RPRT",
}
RIS_CONTAINERS = {"BOOK": "PB", "RPRT": "PB", "UNPB": "N1"}

AND_OTHERS = re.compile(r"^et al\b")
NO_NAME = re.compile(r"^\[.*\]$")
"""A remark in place of names."""
RANGE = re.compile(r"^(?P<first>[A-Za-z]?[0-9]+)\s*[-–]\s*(?P<last>[A-Za-z]?[0-9]+)$")
TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "#": r"\#", "$": r"\$", "%": r"\%",
    "&": r"\&", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
})  # fmt: skip
ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
WORD = re.compile(r"[^\W_]+(?:[-’'/][^\W_]+)*")
SENTENCE_ENDS = (".", ":", "?", "!", "–")


def written(references: Iterable[Reference], format: Format, unconfirmed: str) -> str:
    """All of them in one file. `unconfirmed` is what to note about a record that was not confirmed in every field."""
    write = bibtex if format == "bib" else ris
    return "".join(write(one, unconfirmed if one.status == "unverified" else None) for one in references)


def bibtex(reference: Reference, remark: str | None = None) -> str:
    kind = BIBTEX_TYPES.get(reference.type, "misc")
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bibtex_fields(reference, kind, remark))
    return f"@{kind}{{{reference.id},\n{fields}}}\n\n"


def _bibtex_fields(reference: Reference, kind: str, remark: str | None) -> Iterator[tuple[str, str]]:
    place = CONTAINERS.get(kind, "howpublished")
    notes = [reference.container if place == "note" else None, remark]
    known = {
        "author": " and ".join(map(_bibtex_name, _names(reference, others="others"))),
        "title": _keeping_capitals(reference.title),
        place: _tex(reference.container),
        "year": str(reference.year or ""),
        "volume": _tex(reference.volume),
        "number": _tex(reference.issue),
        "pages": "--".join(map(_tex, _pages(reference))),
        "doi": (reference.doi or "").translate(ADDRESS),
        "url": (reference.url or "").translate(ADDRESS),
        "note": _tex("; ".join(note for note in notes if note)),
    }
    return ((name, value) for name, value in known.items() if value)


def ris(reference: Reference, remark: str | None = None) -> str:
    kind = RIS_TYPES.get(reference.type, "GEN")
    pages = _pages(reference)
    known = [
        ("ID", reference.id),
        *(("AU", name) for name in _names(reference)),
        ("TI", reference.title),
        (RIS_CONTAINERS.get(kind, "T2"), reference.container),
        ("PY", str(reference.year or "")),
        ("VL", reference.volume),
        ("IS", reference.issue),
        *zip(("SP", "EP"), pages, strict=False),
        ("DO", reference.doi),
        ("UR", reference.url),
        ("N1", remark),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in [("TY", kind), *known] if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _names(reference: Reference, others: str | None = None) -> list[str]:
    """`others` stands for those who are not named; RIS has no word for them."""
    names = [name for name in reference.authors if not NO_NAME.match(name)]
    named = [name for name in names if not AND_OTHERS.match(name)]
    return [*named, others] if others and named and len(named) < len(names) else named


def _bibtex_name(name: str) -> str:
    """Those of organisations stay whole."""
    return _tex(name) if ", " in name or name == "others" else f"{{{_tex(name)}}}"


def _pages(reference: Reference) -> tuple[str, ...]:
    """First and last, or what stands in their place."""
    pages = reference.pages or ""
    found = RANGE.match(pages)
    return (found["first"], found["last"]) if found else (pages.removeprefix("Article ").strip(),)


def _tex(text: str | None) -> str:
    return " ".join((text or "").split()).translate(TEX)


def _keeping_capitals(title: str) -> str:
    """A title whose names and abbreviations no style turns into small letters."""
    kept, end = "", 0
    for match in WORD.finditer(title):
        kept += title[end : match.start()].translate(TEX)
        before = title[: match.start()].rstrip(" “‘\"'[(")
        begins = not before or before.endswith(SENTENCE_ENDS)
        word = match[0]
        is_name = word[1:] != word[1:].lower() or (not begins and word[0].isupper())
        kept += f"{{{word}}}" if is_name else word
        end = match.end()
    return " ".join((kept + title[end:].translate(TEX)).split())
