"""Checks one text, whatever file it stands in: what is raw, unsafe, unknown or out of place, each with its line."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from app.content import syntax
from app.content.faults import Fault
from app.content.known import Broken, Known, lacks, resolve
from app.questions.fields import Written
from app.questions.reasons import Place

FIGURE_MARK = "![Caption.](figure:id)"
LEFT_OVER = (
    (re.compile(r"(?<!\\)!\["), "This picture cannot be read.", f"Write `{FIGURE_MARK}`, alone in a paragraph."),
    (re.compile(r"(?<!\\)\[@"), "This citation cannot be read.", "Write `[@id]` or `[@id, note; @id]`."),
    (re.compile(r"(?<!\\)\[\[|\]\]"), "This term cannot be read.", "Write `[[id]]` or `[[id|other words]]`."),
    (re.compile(r"\]\("), "This link cannot be read.", "Write `[words](address)`, without a title."),
    (re.compile(r"\]\s?\["), "Links by reference are not used.", "Write `[words](address)`."),
    (re.compile(r"^ {0,3}\[[^\]]*\]:", re.MULTILINE), "Links by reference are not used.", "Write `[words](address)`."),
    (re.compile(r"(?<!\\)\[[^\[\]]*@[a-z]"), "`@` stands inside brackets.", "Begin a citation with it: `[@id]`."),
    (re.compile(r"[{}]"), "Braces have no use here.", "Only a heading ends with `{#id}`."),
    (re.compile(r"(?<!\\)`"), "Backticks have no use here.", "Use quotation marks or emphasis."),
    (re.compile(r"^\s*:::", re.MULTILINE), "A call-out cannot stand here.", "Put it in a section, at the margin."),
    (re.compile(r"[\ue000-\uf8ff]"), "A character of private use stands here.", "Type the character that was meant."),
)  # fmt: skip
SUBHEADING_ID = re.compile(r"^(#{1,6} .*)\{#[a-z0-9]+(?:-[a-z0-9]+)*\}(?= *$)", re.MULTILINE)
NOT_HERE = (
    (syntax.CITATION, "Citations"),
    (syntax.TERM, "Terms"),
    (syntax.LINK, "Links"),
    (syntax.PICTURE, "Pictures"),
)


@dataclass(slots=True)
class Uses:
    """What the texts refer to."""

    references: set[str] = field(default_factory=set)
    terms: list[str] = field(default_factory=list)

    def add(self, other: "Uses") -> None:
        self.references |= other.references
        self.terms.extend(term for term in other.terms if term not in self.terms)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands: its file, and the line of each of its characters."""

    path: str
    line: Callable[[int], int]

    def fault(self, offset: int, message: str, mend: str) -> Fault:
        return Fault(self.path, self.line(offset), message, mend)


def spot_from(path: str, first_line: int, text: str) -> Spot:
    return Spot(path, lambda offset: first_line + text.count("\n", 0, offset))


def check(text: str, written: Written, spot: Spot, known: Known, faults: list[Fault]) -> Uses:
    for match in syntax.HTML.finditer(text):
        mend = "Use Markdown; for a sign write “less than”, or put a space after `<`."
        faults.append(spot.fault(match.start(), "Raw HTML is not used.", mend))
    if written.markup == "none":
        faults.extend(_plain_faults(text, spot))
        return Uses()
    faults.extend(_block_faults(text, written, spot))
    if written.markup == "emphasis":
        faults.extend(_emphasis_faults(text, spot))
        return Uses()
    uses = Uses()
    faults.extend(_citation_faults(text, spot, known, uses))
    faults.extend(_term_faults(text, spot, known, uses))
    faults.extend(_link_faults(text, spot, known))
    faults.extend(_picture_faults(text, spot))
    faults.extend(_left_over(text, spot))
    return uses


def unknown(
    listings: Iterable[tuple[Iterable[tuple[Place, str]], Collection[str] | None, str, str]],
) -> Iterator[tuple[Place, str, str]]:
    """(place, message, mend) of each id that is not among those known. `listings`: (placed ids, known or None, what one
    is called, the file that lists them)."""
    for pairs, ids, what, file in listings:
        for place, id in pairs:
            if ids is not None and id not in ids:
                yield place, f"There is no {what} `{id}`.", f"{closest(id, ids)} Or add it to {file}."


def closest(id: str, ids: Collection[str]) -> str:
    found = get_close_matches(id, list(ids), 1)
    return f"Did you mean `{found[0]}`?" if found else "Check the id."


def _plain_faults(text: str, spot: Spot) -> Iterator[Fault]:
    for pattern, what in NOT_HERE:
        for match in pattern.finditer(text):
            yield spot.fault(match.start(), f"{what} do not work here, where text is shown as it is.", "Use words.")


def _emphasis_faults(text: str, spot: Spot) -> Iterator[Fault]:
    for pattern, what in NOT_HERE:
        for match in pattern.finditer(text):
            mend = "Say it in words; sources stand under `sources`." if what == "Citations" else "Say it in words."
            yield spot.fault(match.start(), f"{what} do not work in a quiz.", mend)
    yield from _left_over(text, spot)


def _citation_faults(text: str, spot: Spot, known: Known, uses: Uses) -> Iterator[Fault]:
    for match in syntax.CITATION.finditer(text):
        sources = syntax.cited(match[1])
        if sources is None:
            mend = "Write `[@id]`, `[@id, note]` or `[@id; @id, note]`."
            yield spot.fault(match.start(), f"The citation `{match[0]}` cannot be read.", mend)
            continue
        for source in sources:
            uses.references.add(source.id)
            if known.references is not None and lacks(known.references, source.id):
                mend = f"{closest(source.id, known.references)} Or add it to course/references.yaml."
                yield spot.fault(match.start(), f"There is no reference `{source.id}`.", mend)


def _term_faults(text: str, spot: Spot, known: Known, uses: Uses) -> Iterator[Fault]:
    for match in syntax.TERM.finditer(text):
        id = match[1]
        if known.terms is not None and lacks(known.terms, id):
            mend = f"{closest(id, known.terms)} Or add it to course/glossary.yaml."
            yield spot.fault(match.start(), f"There is no term `{id}`.", mend)
        if match[2] is not None and not match[2].strip():
            yield spot.fault(match.start(), f"The term `{id}` has no words.", "Write `[[id]]` or `[[id|words]]`.")
        if id not in uses.terms:
            uses.terms.append(id)


def _link_faults(text: str, spot: Spot, known: Known) -> Iterator[Fault]:
    for match in syntax.LINK.finditer(text):
        if match[1].startswith("@"):
            continue
        if not match[1].strip():
            yield spot.fault(match.start(), "The link has no words.", "Write `[words](address)`.")
        found = resolve(match[2], known)
        if isinstance(found, Broken):
            yield spot.fault(match.start(), found.message, found.mend)


def _picture_faults(text: str, spot: Spot) -> Iterator[Fault]:
    """Figures in their place have been taken out before: whatever is left is not in its place."""
    for match in syntax.PICTURE.finditer(text):
        mend = f"Write `{FIGURE_MARK}` in a section, with an empty line before and after."
        yield spot.fault(match.start(), "A picture is a figure that stands alone in its paragraph.", mend)


def _left_over(text: str, spot: Spot) -> Iterator[Fault]:
    """What looks like one of our marks and is none."""
    rest = SUBHEADING_ID.sub(lambda match: match[1] + " " * (len(match[0]) - len(match[1])), text)
    for pattern in (syntax.CITATION, syntax.TERM, syntax.PICTURE, syntax.LINK):
        rest = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), rest)
    seen: set[int] = set()
    for pattern, message, mend in LEFT_OVER:
        for match in pattern.finditer(rest):
            line = spot.line(match.start())
            if line not in seen:
                seen.add(line)
                yield spot.fault(match.start(), message, mend)


def _block_faults(text: str, written: Written, spot: Spot) -> Iterator[Fault]:
    if written.line:
        if match := re.search(r"\n[ ]*\n", text.rstrip()):
            yield spot.fault(match.end(), "Only one paragraph can stand here.", "Make it one paragraph.")
        return
    offset, before, opening = 0, "", ""
    for line in text.split("\n"):
        opening = (opening or line) if line.strip() else ""
        yield from (spot.fault(offset, what, mend) for what, mend in _line_faults(line, before, opening, written))
        offset, before = offset + len(line) + 1, line


def _line_faults(line: str, before: str, opening: str, written: Written) -> Iterator[tuple[str, str]]:
    """`opening` is the first line of the block this line stands in."""
    if written.markup == "emphasis" and line.startswith("#"):
        yield "Headings do not work in a quiz.", "Make it a sentence."
    if written.markup == "emphasis" and line.startswith("|"):
        yield "Tables do not work in a quiz.", "Make it a list or sentences."
    if written.markup == "full" and line.startswith("#") and not re.match(r"###(?!#)", line):
        yield "Only headings of level three divide a section.", "Write `### Title`, or `## Title {#id}` for a section."
    if written.markup == "full" and syntax.NESTED_HEADING.match(line):
        yield "A heading stands in a list or quotation.", "Put it at the margin, or use emphasis."
    if syntax.RULE.match(line):
        yield "A line of dashes, stars or equals signs is not used.", "Use a heading, or leave an empty line."
    if item := syntax.LIST_ITEM.match(line):
        if before.strip() and not any(map(syntax.LIST_ITEM.match, (opening, before))) and opening[:4] != "    ":
            yield "A list follows a line of text.", "Put an empty line before the list."
        if len(item["indent"]) % 4:
            yield f"This item is indented by {len(item['indent'])} spaces.", "Use none, or four for each level."
    if line.startswith("|") and before.strip() and not before.startswith("|"):
        yield "A table follows a line of text.", "Put an empty line before the table."
    if line.startswith("|") and before == opening and opening != line and not syntax.TABLE_RULE.match(line):
        yield "The table has no head.", "Put the head in the first line and `|---|---|` in the second."
