"""How a reference is named and printed."""

import re
from html import escape

from app.content.library import Reference
from app.content.schemas import ReferenceEntry


def build(entry: ReferenceEntry) -> Reference:
    href = f"https://doi.org/{entry.doi}" if entry.doi else entry.url
    return Reference(**entry.model_dump(), label=_label(entry), href=href, html=_printed(entry, href))


def in_brackets(reference: Reference) -> str:
    """`Dibbets & Arntz (2016)` as it stands inside brackets: `Dibbets & Arntz, 2016`."""
    return re.sub(r" \(([^()]*)\)$", r", \1", reference.label)


def place(reference: Reference) -> str:
    """`<i>Memory</i> 24(5)`, as far as it is known; HTML."""
    if not reference.container:
        return ""
    number = (reference.volume or "") + (f"({reference.issue})" if reference.issue and reference.volume else "")
    return f"<i>{escape(reference.container, quote=False)}</i>" + (f" {escape(number)}" if number else "")


def _label(entry: ReferenceEntry) -> str:
    names = [_surname(author) for author in entry.authors if not author.startswith("et al")]
    all_named = len(names) == len(entry.authors)
    who = " & ".join(names) if all_named and len(names) < 3 else f"{names[0]} et al."
    return f"{who} ({entry.year or 'n.d.'})"


def _surname(author: str) -> str:
    return re.sub(r"\s*\([^()]*\)$", "", author.split(", ")[0])


def _printed(entry: ReferenceEntry, href: str | None) -> str:
    authors = list(entry.authors)
    who = authors[0] if len(authors) == 1 else f"{', '.join(authors[:-1])}, & {authors[-1]}"
    parts = [_text(who), f"({entry.year or 'n.d.'}).", f"{_text(entry.title)}{_stop(entry.title)}"]
    if entry.container:
        parts.append(_container(entry))
    if href:
        parts.append(f'<a href="{escape(href)}">{_text(href)}</a>')
    return " ".join(parts)


def _container(entry: ReferenceEntry) -> str:
    where = f"<i>{_text(entry.container or '')}</i>"
    if entry.volume:
        where += f", <i>{_text(entry.volume)}</i>" + (f"({_text(entry.issue)})" if entry.issue else "")
    if entry.pages:
        where += f", {_text(re.sub(r'(?<=[0-9])-(?=[0-9])', '–', entry.pages))}"
    return where + "."


def _text(text: str) -> str:
    return escape(text, quote=False)


def _stop(text: str) -> str:
    return "" if text.endswith((".", "?", "!")) else "."
