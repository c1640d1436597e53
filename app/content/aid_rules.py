"""What aids must keep to: their texts, and sections that are there."""

import re
from collections.abc import Iterable, Iterator

from app.content import prose, validation
from app.content.aids import LINE, AidBlock, Boxes, Fields, RawAid
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.known import ref_fault
from app.content.modules import Block, CallOut, Prose
from app.content.prose import Uses, spot_from
from app.content.schemas import AidMatter
from app.questions.fields import Written

FULL = Written("full", line=False)
ONE_LINE = Written("full")
PLAIN = Written("none")


def check_aids(gathered: Gathered, faults: list[Fault]) -> set[str]:
    """Returns the references they use."""
    used: set[str] = set()
    for aid in gathered.aids.values():
        _check_front(aid, gathered, faults)
        used |= aid_uses(aid, gathered, faults).references
    return used


def aid_uses(aid: RawAid, gathered: Gathered, faults: list[Fault]) -> Uses:
    uses = Uses()
    for part in aid.parts:
        prose.check(part.title, PLAIN, spot_from(aid.path, part.line, part.title), gathered.known, faults)
        for line, text, written in _texts(part.blocks):
            uses.add(prose.check(text, written, spot_from(aid.path, line, text), gathered.known, faults))
        _check_blocks(aid.path, part.blocks, faults)
    return uses


def _check_front(aid: RawAid, gathered: Gathered, faults: list[Fault]) -> None:
    if aid.front is None:
        return
    front = validation.read(aid.front, AidMatter, faults)
    if front is None:
        return
    validation.check_texts(aid.front, front, (), gathered.known, faults)
    for number, ref in enumerate(front.sections):
        if broken := ref_fault(ref, gathered.known):
            faults.append(Fault(aid.path, aid.front.line(("sections", number)), broken.message, broken.mend))


def _check_blocks(path: str, blocks: Iterable[AidBlock], faults: list[Fault]) -> None:
    for block in blocks:
        inside = _prose(block.blocks) if isinstance(block, CallOut) else [block] if isinstance(block, Prose) else []
        for found in inside:
            for number, text in enumerate(found.text.split("\n"), found.line):
                if text.startswith("###"):
                    mend = "Write `## Title`, or use a sentence."
                    faults.append(Fault(path, number, "Only headings of level two divide an aid.", mend))
                if isinstance(block, CallOut) and LINE.search(text):
                    what = "A line to write on cannot stand in a call-out."
                    faults.append(Fault(path, number, what, "Put it below the call-out."))
                if re.match(r"\s*[-*+] +\[.?\] ", text):
                    mend = "Put it below, with an empty line before its list."
                    faults.append(Fault(path, number, "A box cannot stand here.", mend))


def _prose(blocks: Iterable[Block]) -> list[Prose]:
    return [block for block in blocks if isinstance(block, Prose)]


def _texts(blocks: Iterable[AidBlock]) -> Iterator[tuple[int, str, Written]]:
    for block in blocks:
        if isinstance(block, Prose):
            yield block.line, block.text, FULL
        elif isinstance(block, CallOut):
            yield block.line, block.title, ONE_LINE
            yield from ((found.line, found.text, FULL) for found in _prose(block.blocks))
        elif isinstance(block, Boxes):
            yield from ((box.line, box.text, ONE_LINE) for box in block.boxes)
            yield from ((box.field.line, box.field.label, PLAIN) for box in block.boxes if box.field)
        elif isinstance(block, Fields):
            yield from ((field.line, field.label, PLAIN) for field in block.fields)
