"""A module's file taken apart: front matter, sections, and in a section text, call-outs and figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.content import strict_yaml, syntax
from app.content.faults import Fault
from app.content.files import Source
from app.questions.fields import ID_PATTERN

LEDE_WORDS = 60
Lines: TypeAlias = Sequence[tuple[int, str]]
"""(line in the file, text)"""


@dataclass(frozen=True, slots=True)
class Prose:
    line: int
    text: str
    lede: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    line: int
    id: str
    caption: str


@dataclass(frozen=True, slots=True)
class CallOut:
    line: int
    kind: str
    title: str
    blocks: tuple["Prose | Figure", ...]


Block: TypeAlias = Prose | Figure | CallOut


@dataclass(frozen=True, slots=True)
class RawSection:
    id: str
    """Empty, with a fault, if it has none of its own."""
    title: str
    line: int
    blocks: tuple[Block, ...]
    words: int


@dataclass(frozen=True, slots=True)
class RawModule:
    id: str
    path: str
    front: strict_yaml.Document | None
    sections: tuple[RawSection, ...]


def take_apart(id: str, source: Source, faults: list[Fault]) -> RawModule:
    front, body = split_front(source, faults)
    return RawModule(id, source.path, front, tuple(_sections(source.path, body, faults)))


def split_front(source: Source, faults: list[Fault]) -> tuple[strict_yaml.Document | None, list[tuple[int, str]]]:
    """The front matter, and the lines below it."""
    lines = source.text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
        mend = "Begin the file with `---`, the keys, and `---` again."
        faults.append(Fault(source.path, 1, "The front matter is missing.", mend))
        return None, list(enumerate(lines, 1))
    front = strict_yaml.parse(source.path, "\n".join(lines[1:end]), faults, first_line=2)
    return front, list(enumerate(lines[end + 1 :], end + 2))


def _sections(path: str, body: Lines, faults: list[Fault]) -> Iterator[RawSection]:
    starts = [place for place, (_, text) in enumerate(body) if re.match(r"##(?!#)", text)]
    for number, text in body[: starts[0] if starts else len(body)]:
        if text.strip():
            mend = "Begin the first section with `## Title {#id}` above it."
            faults.append(Fault(path, number, "This text stands in no section.", mend))
            break
    if not starts:
        faults.append(Fault(path, 1, "The module has no section.", "Write `## Title {#id}` and its text."))
    seen: dict[str, int] = {}
    for start, end in zip(starts, [*starts, len(body)][1:], strict=True):
        line, heading = body[start]
        title, id = _heading(path, line, heading, faults)
        if id in seen:
            what = f"The section id `{id}` stands here twice; first in line {seen[id]}."
            faults.append(Fault(path, line, what, "Give each section its own id."))
            id = ""
        elif id:
            seen[id] = line
        yield _section(path, id, title, line, body[start + 1 : end], faults)


def _heading(path: str, line: int, heading: str, faults: list[Fault]) -> tuple[str, str]:
    match = syntax.HEADING.match(heading)
    title, attributes = (match["title"], match["attributes"] or "") if match else ("", "")
    id = attributes.strip().removeprefix("#")
    if not title:
        faults.append(Fault(path, line, "The section has no title.", "Write `## Title {#id}`."))
    if not attributes.strip().startswith("#") or not re.match(ID_PATTERN, id):
        what = f"The section “{title}” has no id." if not attributes else f"`{{{attributes}}}` is not an id."
        faults.append(Fault(path, line, what, "End the heading with `{#id}`: lower-case letters, digits and hyphens."))
        return title, ""
    return title, id


def _section(path: str, id: str, title: str, line: int, lines: Lines, faults: list[Fault]) -> RawSection:
    words = syntax.count_words("\n".join(text for _, text in lines))
    blocks = list(take_blocks(path, lines, faults))
    _mark_lede(path, line, blocks, faults)
    return RawSection(id, title, line, tuple(blocks), words)


def _mark_lede(path: str, line: int, blocks: list[Block], faults: list[Fault]) -> None:
    """A content note may stand before the lede, and nothing else."""
    place = next((n for n, one in enumerate(blocks) if not (isinstance(one, CallOut) and one.kind == "content")), None)
    found = blocks[place] if place is not None else None
    if place is None or not isinstance(found, Prose) or re.match(r"[#>|]", found.text) or _is_list(found.text):
        mend = f"Begin with a paragraph of at most {LEDE_WORDS} words."
        faults.append(Fault(path, found.line if found else line, "The section has no lede.", mend))
        return
    lede = found.text.split("\n\n")[0]
    words = syntax.count_words(lede)
    if words > LEDE_WORDS:
        what = f"The lede has {words} words; it may have {LEDE_WORDS}."
        faults.append(Fault(path, found.line, what, "Shorten it, or move a sentence into the next paragraph."))
    if match := syntax.CITATION.search(lede):
        at = found.line + lede.count("\n", 0, match.start())
        faults.append(Fault(path, at, "A citation stands in the lede.", "Move it to the text below."))
    blocks[place] = Prose(found.line, found.text, lede=True)


def _is_list(text: str) -> bool:
    return syntax.LIST_ITEM.match(text) is not None


def take_blocks(path: str, lines: Lines, faults: list[Fault]) -> Iterator[Block]:
    """What stands below a heading: runs of paragraphs, call-outs and figures."""
    rest = list(lines)
    while rest:
        fence = next((n for n, (_, text) in enumerate(rest) if syntax.FENCE.match(text)), len(rest))
        yield from _paragraphs(rest[:fence])
        rest = rest[fence:]
        if not rest:
            return
        end = next((n for n, (_, text) in enumerate(rest[1:], 1) if syntax.FENCE.match(text)), len(rest))
        closed = end < len(rest) and not _opens(rest[end][1])
        yield from _call_out(path, rest[:end], closed, faults)
        rest = rest[end + 1 :] if closed else rest[end:]


def _opens(line: str) -> bool:
    match = syntax.FENCE.match(line)
    return bool(match and match["kind"])


def _call_out(path: str, lines: Lines, closed: bool, faults: list[Fault]) -> Iterator[CallOut]:
    line, opening = lines[0]
    match = syntax.FENCE.match(opening)
    kind = match["kind"] if match else ""
    kinds = ", ".join(syntax.CALL_OUTS)
    if not kind:
        mend = f"Remove it, or write the kind after it: {kinds}."
        faults.append(Fault(path, line, "`:::` closes no call-out here.", mend))
        return
    if kind not in syntax.CALL_OUTS:
        faults.append(Fault(path, line, f"There is no call-out `{kind}`.", f"The kinds are {kinds}."))
    if not closed:
        faults.append(Fault(path, line, "The call-out is not closed.", "End it with a line `:::` before the next one."))
    blocks = tuple(_paragraphs(lines[1:]))
    if not blocks:
        faults.append(Fault(path, line, "The call-out is empty.", "Write its text between the two `:::`."))
    yield CallOut(line, kind, match["title"] if match else "", blocks)


def _paragraphs(lines: Lines) -> Iterator[Prose | Figure]:
    """Runs of paragraphs between figures."""
    run: list[tuple[int, str]] = []
    for paragraph in split_paragraphs(lines):
        text = "\n".join(line for _, line in paragraph).strip()
        figure = syntax.FIGURE.match(text) if text.startswith("![") else None
        if figure and "![" not in figure["caption"]:
            yield from _prose(run)
            run = []
            yield Figure(paragraph[0][0], figure["id"], " ".join(figure["caption"].split()))
            continue
        run.extend(_gap(run, paragraph[0][0]))
        run.extend(paragraph)
    yield from _prose(run)


def _gap(run: Lines, line: int) -> Iterator[tuple[int, str]]:
    if run:
        yield from ((number, "") for number in range(run[-1][0] + 1, line))


def split_paragraphs(lines: Lines) -> Iterator[list[tuple[int, str]]]:
    """The lines between empty ones."""
    paragraph: list[tuple[int, str]] = []
    for number, text in lines:
        if text.strip():
            paragraph.append((number, text))
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _prose(run: Lines) -> Iterator[Prose]:
    if run:
        yield Prose(run[0][0], "\n".join(text.rstrip() for _, text in run))
