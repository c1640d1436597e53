"""What the files must say together: nothing unknown, nothing unused, nothing that leads nowhere."""

import re
from collections.abc import Iterable

from app.content import prose, validation
from app.content.faults import Fault
from app.content.gathering import Gathered, listed_modules
from app.content.known import Broken, lacks, listed, section_fault
from app.content.modules import Block, CallOut, Figure, Prose, RawModule, RawSection
from app.content.prose import Uses, spot_from
from app.content.quiz_rules import check_quiz
from app.content.schemas import (
    LISTS,
    ClaimEntry,
    FrontMatter,
    HarmEntry,
    LibraryGroupEntry,
    MisconceptionEntry,
    ObjectiveEntry,
    TermEntry,
)
from app.content.strict_yaml import Document
from app.questions.fields import ID_PATTERN, Written

FULL = Written("full", line=False)
LINE = Written("full")
Place = tuple[str | int, ...]


def check(gathered: Gathered, faults: list[Fault]) -> None:
    references: set[str] = set()
    terms: set[str] = set()
    for uses in _module_uses(gathered, faults):
        references |= uses.references
        terms |= set(uses.terms)
    references |= _check_lists(gathered, faults)
    seen: dict[str, str] = {}
    for id, document in gathered.quizzes.items():
        if document:
            references |= check_quiz(id, document, gathered, seen, faults)
    if gathered.whole:
        _unused(gathered, references, terms, faults)


def _unused(gathered: Gathered, references: set[str], terms: set[str], faults: list[Fault]) -> None:
    for id, line in gathered.ids["references"].items():
        if id not in references:
            mend = "Cite it, list it in course/library.yaml, or remove it."
            faults.append(Fault("course/references.yaml", line, f"Nothing uses the reference `{id}`.", mend))
    for id, line in gathered.ids["glossary"].items():
        if id not in terms:
            mend = f"Mark it `[[{id}]]` where a section first uses it, or remove it."
            faults.append(Fault("course/glossary.yaml", line, f"No section uses the term `{id}`.", mend))


# Modules and figures


def _module_uses(gathered: Gathered, faults: list[Fault]) -> Iterable[Uses]:
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
    sections = {section.id for section in module.sections}
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


# Lists


def _check_lists(gathered: Gathered, faults: list[Fault]) -> set[str]:
    """Returns the references they use."""
    used: set[str] = set()
    for name, document in gathered.lists.items():
        if document is None:
            continue
        record = validation.read(document, LISTS[name], faults)
        if record:
            used |= validation.check_texts(document, record, (), gathered.known, faults).references
    used |= _check_library(gathered, faults)
    used |= _check_misconceptions(gathered, faults)
    _check_course(gathered, faults)
    _check_glossary(gathered, faults)
    _check_claims(gathered, faults)
    return used


def _check_course(gathered: Gathered, faults: list[Fault]) -> None:
    document = gathered.lists["course"]
    review = validation.value_at(document, ("review",)) if document else None
    modules = {id for _, id in listed_modules(document)}
    for id in review if isinstance(review, dict) and document else ():
        if id not in modules and document:
            line = document.key_line(("review", id))
            what = f"`review` names the module `{id}`, which is not listed."
            faults.append(Fault(document.path, line, what, f"The modules are {listed(modules)}."))


def _check_glossary(gathered: Gathered, faults: list[Fault]) -> None:
    document = gathered.lists["glossary"]
    for number, term in validation.items(document, (), TermEntry) if document else ():
        for index, id in enumerate(term.see):
            if document and lacks(gathered.known.terms, id):
                mend = prose.closest(id, gathered.ids["glossary"])
                line = document.line((number, "see", index))
                faults.append(Fault(document.path, line, f"There is no term `{id}`.", mend))


def _check_claims(gathered: Gathered, faults: list[Fault]) -> None:
    document = gathered.lists["claims"]
    for number, claim in validation.items(document, (), ClaimEntry) if document else ():
        for index, section in enumerate(claim.taught):
            if document:
                _check_section(document, (number, "taught", index), section, gathered, faults)


def _check_misconceptions(gathered: Gathered, faults: list[Fault]) -> set[str]:
    document = gathered.lists["misconceptions"]
    if document is None:
        return set()
    used: set[str] = set()
    for number, entry in validation.items(document, ("misconceptions",), MisconceptionEntry):
        place: Place = ("misconceptions", number)
        for index, section in enumerate(entry.sections):
            _check_section(document, (*place, "sections", index), section, gathered, faults)
        for index, source in enumerate(entry.sources):
            used.add(source)
            check_reference(document, (*place, "sources", index), source, gathered, faults)
    for number, harm in validation.items(document, ("harms",), HarmEntry):
        _check_section(document, ("harms", number, "section"), harm.section, gathered, faults)
    return used


def _check_library(gathered: Gathered, faults: list[Fault]) -> set[str]:
    document = gathered.lists["library"]
    used: set[str] = set()
    for number, group in validation.items(document, (), LibraryGroupEntry) if document else ():
        for index, entry in enumerate(group.entries):
            place: Place = (number, "entries", index)
            if entry.reference and document:
                used.add(entry.reference)
                check_reference(document, (*place, "reference"), entry.reference, gathered, faults)
            if document and bool(entry.reference) == bool(entry.title or entry.url):
                mend = "Give `reference` alone, or `title` and `url` for what is not in the bibliography."
                faults.append(Fault(document.path, document.line(place), "The entry names no one thing.", mend))
            elif document and not entry.reference and not (entry.title and entry.url):
                missing = "url" if entry.title else "title"
                mend = f"Add `{missing}: …`."
                faults.append(Fault(document.path, document.line(place), f"`{missing}` is missing.", mend))
    return used


def check_reference(document: Document, place: Place, id: str, gathered: Gathered, faults: list[Fault]) -> None:
    if gathered.known.references is not None and lacks(gathered.known.references, id):
        mend = f"{prose.closest(id, gathered.known.references)} Or add it to course/references.yaml."
        faults.append(Fault(document.path, document.line(place), f"There is no reference `{id}`.", mend))


def _check_section(document: Document, place: Place, ref: str, gathered: Gathered, faults: list[Fault]) -> None:
    module, _, section = ref.partition("#")
    broken = section_fault(module, section, gathered.known)
    if isinstance(broken, Broken):
        faults.append(Fault(document.path, document.line(place), broken.message, broken.mend))
