"""What every module with a quiz is made of, and how long it may be; `imrs check --strict` enforces it."""

from collections.abc import Iterable, Iterator

from app.content import validation
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.modules import Block, CallOut, Figure, Prose, RawModule, RawSection
from app.content.readability import Measured, measure

MODULE_WORDS = range(1500, 2501)
SECTION_WORDS = range(250, 451)
SECTIONS = range(4, 9)
OBJECTIVES = range(3, 7)
KEY_POINTS = "key-points"
"""The id of the section that sums up: it may be shorter, and adds nothing to the module's length."""


def check_modules(gathered: Gathered) -> Iterator[Fault]:
    """A module without a quiz, such as what stands before the course, may have any shape."""
    for id, module in gathered.modules.items():
        if id in gathered.quizzes:
            yield from _counted(module)
            yield from _parts(module)
            for section in module.sections:
                yield from _section(module, section)


def _counted(module: RawModule) -> Iterator[Fault]:
    objectives = validation.value_at(module.front, ("objectives",)) if module.front else None
    for number, wanted, what in (
        (sum(section.words for section in module.sections if section.id != KEY_POINTS), MODULE_WORDS, "words"),
        (len(module.sections), SECTIONS, "sections"),
        (len(objectives or ()), OBJECTIVES, "objectives"),
    ):
        if number not in wanted:
            yield Fault(module.path, 1, f"The module has {number} {what}.", f"Let it have {_between(wanted)}.")


def _between(wanted: range) -> str:
    return f"{wanted[0]:,} to {wanted[-1]:,}"


def _parts(module: RawModule) -> Iterator[Fault]:
    blocks = [block for section in module.sections for block in flat(section.blocks)]
    if not any(isinstance(block, Figure) for block in blocks):
        yield Fault(module.path, 1, "The module has no figure.", "Draw one that carries meaning.")
    if not any(isinstance(block, CallOut) and block.kind == "obstacle" for block in blocks):
        mend = "Write `::: obstacle`: what goes wrong and what helps."
        yield Fault(module.path, 1, "The module names no obstacle.", mend)
    if not any(section.id == KEY_POINTS for section in module.sections):
        yield Fault(module.path, 1, "The module has no key points.", f"End it with `## Key points {{#{KEY_POINTS}}}`.")


def _section(module: RawModule, section: RawSection) -> Iterator[Fault]:
    wanted = range(SECTION_WORDS[-1] + 1) if section.id == KEY_POINTS else SECTION_WORDS
    if section.words not in wanted:
        mend = f"Let it have {_between(SECTION_WORDS)}; key points may have fewer."
        yield Fault(module.path, section.line, f"The section `{section.id}` has {section.words} words.", mend)


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """What stands in a call-out too, after it."""
    for block in blocks:
        yield block
        if isinstance(block, CallOut):
            yield from flat(block.blocks)


def measured(section: RawSection) -> Measured:
    """Of the text, without captions and titles."""
    return measure("\n\n".join(block.text for block in flat(section.blocks) if isinstance(block, Prose)))
