"""An aid's file taken apart: front matter, and parts of text, boxes to tick and lines to write on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.content import strict_yaml, syntax
from app.content.faults import Fault
from app.content.files import Source
from app.content.modules import CallOut, Figure, Lines, Prose, split_front, split_paragraphs, take_blocks

BOX = re.compile(r"^- \[ \] +(?P<words>\S.*)$")
LIKE_A_BOX = re.compile(r"^\s*[-*+]? *\[.?\](?!\()")
LINE = re.compile(r"_{4,}")
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Field:
    """Something to write down: what, and on how many lines."""

    line: int
    label: str
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Beside one another, where there is room."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Box:
    line: int
    text: str
    """Empty if `field` says what is ticked."""
    field: Field | None


@dataclass(frozen=True, slots=True)
class Boxes:
    boxes: tuple[Box, ...]


AidBlock: TypeAlias = Prose | CallOut | Boxes | Fields


@dataclass(frozen=True, slots=True)
class RawPart:
    title: str
    """Empty for what stands above the first heading."""
    line: int
    blocks: tuple[AidBlock, ...]


@dataclass(frozen=True, slots=True)
class RawAid:
    id: str
    path: str
    front: strict_yaml.Document | None
    parts: tuple[RawPart, ...]


def take_aid_apart(id: str, source: Source, faults: list[Fault]) -> RawAid:
    front, body = split_front(source, faults)
    starts = [place for place, (_, text) in enumerate(body) if re.match(r"##(?!#)", text)]
    if not starts:
        faults.append(
            Fault(source.path, 1, "The aid has no part.", "Write `## Title`, and below it what belongs there.")
        )
    parts = [RawPart("", 1, tuple(_blocks(source.path, body[: starts[0] if starts else len(body)], faults)))]
    for start, end in zip(starts, [*starts, len(body)][1:], strict=True):
        parts.append(_part(source.path, body[start], body[start + 1 : end], faults))
    return RawAid(id, source.path, front, tuple(part for part in parts if part.title or part.blocks))


def _part(path: str, heading: tuple[int, str], lines: Lines, faults: list[Fault]) -> RawPart:
    line, text = heading
    match = syntax.HEADING.match(text)
    title = match["title"] if match else ""
    if not title:
        faults.append(Fault(path, line, "The part has no title.", "Write `## Title`."))
    if match and match["attributes"] is not None:
        faults.append(Fault(path, line, "A part of an aid has no id.", "End the heading with its last word."))
    blocks = tuple(_blocks(path, lines, faults))
    if not blocks:
        faults.append(Fault(path, line, f"The part “{title}” is empty.", "Write what belongs there, or remove it."))
    return RawPart(title, line, blocks)


def _blocks(path: str, lines: Lines, faults: list[Fault]) -> Iterator[AidBlock]:
    for block in take_blocks(path, lines, faults):
        for figure in [block, *(block.blocks if isinstance(block, CallOut) else ())]:
            if isinstance(figure, Figure):
                faults.append(Fault(path, figure.line, "A figure cannot stand in an aid.", "Show it in a section."))
        if isinstance(block, CallOut):
            yield block
        elif isinstance(block, Prose):
            yield from _shaped(path, block, faults)


def _shaped(path: str, prose: Prose, faults: list[Fault]) -> Iterator[AidBlock]:
    """Boxes and lines to write on taken out of a run of paragraphs."""
    for paragraph in split_paragraphs(list(enumerate(prose.text.split("\n"), prose.line))):
        line, first = paragraph[0]
        text = "\n".join(part for _, part in paragraph)
        if LIKE_A_BOX.match(first):
            yield Boxes(tuple(_boxes(path, paragraph, faults)))
        elif LINE.search(text) and not first.startswith("|"):
            if syntax.LIST_ITEM.match(first):
                mend = "Write `- [ ] words ____`, or a paragraph."
                faults.append(Fault(path, line, "Only a box or a paragraph has a line to write on.", mend))
            yield Fields(tuple(_fields(path, line, text, faults)))
        else:
            yield Prose(line, text)


def _boxes(path: str, paragraph: Lines, faults: list[Fault]) -> Iterator[Box]:
    items: list[tuple[int, list[str]]] = []
    for line, text in paragraph:
        match = BOX.match(text)
        if match:
            items.append((line, [match["words"]]))
        elif items and not re.match(r"\s*[-*+] |\s*\[.?\]", text):
            items[-1][1].append(text.strip())
        else:
            faults.append(Fault(path, line, "This box cannot be read.", "Write `- [ ] words`, one box an item."))
    for line, texts in items:
        yield _box(path, line, "\n".join(texts), faults)


def _box(path: str, line: int, text: str, faults: list[Fault]) -> Box:
    if not LINE.search(text):
        return Box(line, text, None)
    fields = tuple(_fields(path, line, text, faults))
    if len(fields) > 1:
        faults.append(Fault(path, line, "A box has one thing to write down.", "Make an item of each."))
    return Box(line, "", fields[0] if fields else None)


def _fields(path: str, line: int, text: str, faults: list[Fault]) -> Iterator[Field]:
    """`Day ____ Time ____` is two; a further `____` without words before it is a further line of the one before."""
    found: list[Field] = []
    start = 0
    for match in LINE.finditer(text):
        label = text[start : match.start()].strip()
        at = line + text.count("\n", 0, match.start())
        if label:
            found.append(Field(at - label.count("\n"), " ".join(label.split())))
        elif found:
            found[-1] = replace(found[-1], rows=found[-1].rows + 1)
        else:
            what = "Nothing says what to write on this line."
            faults.append(Fault(path, at, what, "Put words before it: `My sentence ____`."))
        start = match.end()
    if text[start:].strip():
        at = line + text.count("\n")
        faults.append(Fault(path, at, "Words stand after the line to write on.", "Put them before it, or below."))
    for field in found:
        if field.rows > MOST_LINES:
            what = f"“{field.label}” has {field.rows} lines; it may have {MOST_LINES}."
            faults.append(Fault(path, field.line, what, "An aid is one page."))
    yield from found
