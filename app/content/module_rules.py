"""What modules and figures must keep to: their texts, their objectives, a picture and words for each figure."""

import re
from collections.abc import Iterable

from app.content import prose, validation
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.known import listed
from app.content.modules import Block, CallOut, Figure, Prose, RawModule, RawSection
from app.content.prose import Uses, spot_from
from app.content.schemas import FrontMatter, ObjectiveEntry
from app.content.strict_yaml import Document
from app.questions.fields import ID_PATTERN, Written

FULL = Written("full", line=False)
LINE = Written("full")
Place = tuple[str | int, ...]


def module_uses(gathered: Gathered, faults: list[Fault]) -> Iterable[Uses]:
    shown: dict[str, str] = {}
    for module in gathered.modules.values():
        if module.front:
            front = validation.read(module.front, FrontMatter, faults)
            if front:
                validation.check_texts(module.front, front, (), gathered.known, faults)
            _check_objectives(module, module.front, gathered, faults)
        for section in module.sections:
            yield section_uses(module.path, section, gathered, faults)
            _check_figures(module.path, section, gathered, shown, faults)
    for source in gathered.words.values():
        yield prose.check(source.text, FULL, spot_from(source.path, 1, source.text), gathered.known, faults)
    _check_figure_files(gathered, shown, faults)


def section_uses(path: str, section: RawSection, gathered: Gathered, faults: list[Fault]) -> Uses:
    uses = Uses()
    title = Written("none")
    prose.check(section.title, title, spot_from(path, section.line, section.title), gathered.known, faults)
    for line, text, written in _texts(section.blocks):
        uses.add(prose.check(text, written, spot_from(path, line, text), gathered.known, faults))
    return uses


def _texts(blocks: Iterable[Block]) -> Iterable[tuple[int, str, Written]]:
    for block in blocks:
        if isinstance(block, Prose):
            yield block.line, block.text, FULL
        elif isinstance(block, Figure):
            yield block.line, block.caption, LINE
        else:
            yield block.line, block.title, LINE
            yield from _texts(block.blocks)


def _figures(blocks: Iterable[Block]) -> Iterable[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, CallOut):
            yield from _figures(block.blocks)


def _check_figures(
    path: str, section: RawSection, gathered: Gathered, shown: dict[str, str], faults: list[Fault]
) -> None:
    for line, text, _ in _texts(section.blocks):
        for match in re.finditer(r"\(figure:([a-z0-9-]+)\)", text):
            shown.setdefault(match[1], f"{path}:{line}")
    for figure in _figures(section.blocks):
        if not figure.caption:
            faults.append(Fault(path, figure.line, f"The figure `{figure.id}` has no caption.", "Write a sentence."))
        if figure.id in shown:
            what = f"The figure `{figure.id}` is already shown in {shown[figure.id]}."
            faults.append(Fault(path, figure.line, what, "Link to that section instead."))
        elif not re.match(ID_PATTERN, figure.id) or figure.id not in set(gathered.pictures) | set(gathered.words):
            mend = f"Draw course/figures/{figure.id}.svg and tell it in course/figures/{figure.id}.md."
            faults.append(Fault(path, figure.line, f"There is no figure `{figure.id}`.", mend))
        shown.setdefault(figure.id, f"{path}:{figure.line}")


def _check_figure_files(gathered: Gathered, shown: dict[str, str], faults: list[Fault]) -> None:
    for id, source in gathered.pictures.items():
        if id not in gathered.words:
            mend = f"Tell in course/figures/{id}.md all that the picture shows."
            faults.append(Fault(source.path, 1, "The figure has no text equivalent.", mend))
        if id not in shown and gathered.modules:
            mend = f"Write `![Caption.](figure:{id})` in a section, or remove the file."
            faults.append(Fault(source.path, 1, "No section shows this figure.", mend))
    for id, source in gathered.words.items():
        if id not in gathered.pictures:
            what = "This text equivalent has no picture."
            faults.append(Fault(source.path, 1, what, f"Draw course/figures/{id}.svg."))
        if not source.text.strip():
            faults.append(Fault(source.path, 1, "The text equivalent is empty.", "Tell all that the picture shows."))


def _check_objectives(module: RawModule, front: Document, gathered: Gathered, faults: list[Fault]) -> None:
    validation.ids(front, ("objectives",), faults, "objective")
    sections = {section.id for section in module.sections if section.id}
    for number, objective in validation.items(front, ("objectives",), ObjectiveEntry):
        place: Place = ("objectives", number)
        if objective.id.rpartition(".")[0] != module.id:
            line = front.line((*place, "id"))
            mend = f"Its id is `{module.id}.<number>`."
            faults.append(Fault(front.path, line, f"The objective `{objective.id}` names another module.", mend))
        for index, section in enumerate(objective.sections):
            if section not in sections:
                line = front.line((*place, "sections", index))
                mend = f"The sections here are {listed(sections)}."
                what = f"The objective `{objective.id}` names the section `{section}`, which this module lacks."
                faults.append(Fault(front.path, line, what, mend))
