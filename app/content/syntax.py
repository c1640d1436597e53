"""The course's own marks in Markdown: citations, terms, links, figures, call-outs."""

import re
from dataclasses import dataclass

CITATION = re.compile(r"(?<!\\)\[@([^\[\]]*)\]")
SOURCE = re.compile(r"^@(?P<id>[a-z0-9]+(?:[-_][a-z0-9]+)*)(?:,\s*(?P<note>\S.*))?$", re.DOTALL)
TERM = re.compile(r"(?<!\\)\[\[([^\[\]|\ue000]*)(?:[|\ue000]([^\[\]|\ue000]*))?\]\]")
LINK = re.compile(r"(?<!\\)(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
FIGURE = re.compile(r"^!\[(?P<caption>.*)\]\(figure:(?P<id>[^()\s]*)\)$", re.DOTALL)
PICTURE = re.compile(r"(?<!\\)!\[(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*\]\(([^()]*)\)")
FENCE = re.compile(r"^:::\s*(?P<kind>[A-Za-z-]*)\s*(?P<title>.*?)\s*$")
HEADING = re.compile(r"^(?P<level>#{1,6})(?!#)\s*(?P<title>.*?)\s*(?:\{(?P<attributes>[^{}]*)\}\s*)?$")
NESTED_HEADING = re.compile(r"^(?: |>|[-*+] |[0-9]+\. )+#")
LIST_ITEM = re.compile(r"^(?P<indent> *)(?:[-*+]|[0-9]{1,2}\.) +\S")
RULE = re.compile(r"^\s*(?:(?:-\s*){2,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$")
TABLE_RULE = re.compile(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
HTML = re.compile(r"<(?=[A-Za-z/!?])")
WORD = re.compile(r"[^\W_]+(?:[’'.,\-‑][^\W_]+)*")

CALL_OUTS = ("evidence", "convention", "debate", "obstacle", "pause", "content")


@dataclass(frozen=True, slots=True)
class Cited:
    id: str
    note: str | None


def cited(inside: str) -> tuple[Cited, ...] | None:
    """The sources between `[@` and `]`; None if they are not written as they should be."""
    sources = []
    for part in re.split(r";\s*(?=@)", f"@{inside}"):
        match = SOURCE.match(part.strip())
        if match is None:
            return None
        sources.append(Cited(match["id"], " ".join(match["note"].split()) if match["note"] else None))
    return tuple(sources)


def plain(markdown: str) -> str:
    """What a reader reads, without references and marks."""
    text = CITATION.sub("", markdown)
    text = TERM.sub(lambda match: match[2] or match[1].replace("-", " "), text)
    text = PICTURE.sub(lambda match: match[0][2:].rpartition("](")[0], text)
    text = LINK.sub(r"\1", text)
    text = re.sub(r"^:::\s*[A-Za-z-]*", "", text, flags=re.MULTILINE)
    return re.sub(r"\{#[^{}]*\}", "", text)


def count_words(markdown: str) -> int:
    return len(WORD.findall(plain(markdown)))
