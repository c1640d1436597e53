"""A term of the glossary is marked where a section first uses it; `imrs check --strict` enforces it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.content import syntax
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.module_shape import flat
from app.content.modules import Prose, RawSection
from app.content.schemas import TermEntry
from app.content.terms import ABBREVIATED
from app.content.validation import items, value_at

PASSED_OVER = re.compile(rf"{syntax.CITATION.pattern}|^#+ .*$|^>.*$|\]\([^()\s]*\)", re.MULTILINE)
"""Notes of citations, headings, quotations, the addresses of links."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a section uses the words of a term."""

    term: str
    words: str
    line: int
    marked: bool


def check_terms(gathered: Gathered) -> Iterator[Fault]:
    """What the course is called is no term of it: it would be marked in every section."""
    glossary, course = gathered.lists["glossary"], gathered.lists["course"]
    title = value_at(course, ("title",)) if course else None
    terms = [term for _, term in items(glossary, (), TermEntry)] if glossary else []
    known = patterns([term for term in terms if ABBREVIATED.sub(r"\g<name>", term.term) != title])
    for module in gathered.modules.values():
        for section in module.sections:
            first: dict[str, Use] = {}
            for use in uses(section, known):
                first.setdefault(use.term, use)
            yield from (_fault(module.path, section.id, use) for use in first.values() if not use.marked)


def _fault(path: str, section: str, use: Use) -> Fault:
    written = f"[[{use.term}]]" if use.words.lower().replace(" ", "-") == use.term else f"[[{use.term}|{use.words}]]"
    what = f"`{section}` uses “{use.words}” before the term is marked."
    return Fault(path, use.line, what, f"Write `{written}` here, or use other words.")


def patterns(terms: list[TermEntry]) -> Mapping[str, re.Pattern[str]]:
    """By id, those of many words first, so that “schema therapy” is not taken for “schema”."""
    longest_first = sorted(terms, key=lambda term: -len(term.term))
    return {term.id: _pattern(term) for term in longest_first}


def _pattern(term: TermEntry) -> re.Pattern[str]:
    """The term and its abbreviation, one or many. A word that is written in capitals only is found only so."""
    match = ABBREVIATED.match(term.term)
    names = [match["name"], match["short"]] if match else [term.term]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_form, names))})(?![\w-])")


def _form(name: str) -> str:
    *before, last = re.split(r"[\s-]+", name)
    many = rf"(?:{_word(last[:-1])}ies|{_word(last)})" if last.endswith("y") else rf"{_word(last)}(?:s|es)?"
    return r"[\s-]+".join([*map(_word, before), many])


def _word(word: str) -> str:
    return re.escape(word) if re.search(r"[A-Z].*[A-Z]", word) else rf"(?i:{re.escape(word)})"


def uses(section: RawSection, known: Mapping[str, re.Pattern[str]]) -> Iterator[Use]:
    """In the order in which they stand in the section's text, call-outs included."""
    for block in flat(section.blocks):
        if isinstance(block, Prose):
            found = sorted(_uses(block.text, known), key=lambda use: use[0])
            for offset, id, words, marked in found:
                yield Use(id, words, block.line + block.text.count("\n", 0, offset), marked)


def _uses(text: str, known: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[int, str, str, bool]]:
    """(offset, term, words, whether marked)"""
    text = PASSED_OVER.sub(_blank, text)
    for match in syntax.TERM.finditer(text):
        yield match.start(), match[1], match[2] or match[1], True
    text = syntax.TERM.sub(_blank, text)
    for id, pattern in known.items():
        for match in pattern.finditer(text):
            yield match.start(), id, " ".join(match[0].split()), False
        text = pattern.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
