"""What the lists in course/ must keep to beyond their schemas."""

from collections.abc import Iterator

from app.content import prose, validation
from app.content.faults import Fault
from app.content.gathering import Gathered, listed_modules
from app.content.known import lacks, listed, ref_fault
from app.content.schemas import (
    LISTS,
    ClaimEntry,
    HarmEntry,
    LibraryGroupEntry,
    MisconceptionEntry,
    TermEntry,
)
from app.content.strict_yaml import Document

Place = tuple[str | int, ...]


def check_lists(gathered: Gathered, faults: list[Fault]) -> set[str]:
    """Returns the references they use."""
    used: set[str] = set()
    for name, document in gathered.lists.items():
        if document is None:
            continue
        record = validation.read(document, LISTS[name], faults)
        if record:
            used |= validation.check_texts(document, record, (), gathered.known, faults).references
    used |= _check_library(gathered, faults)
    _check_kinds(gathered, faults)
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
                mend = prose.closest(id, gathered.known.terms or ())
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
            _check_reference(document, (*place, "sources", index), source, gathered, faults)
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
                _check_reference(document, (*place, "reference"), entry.reference, gathered, faults)
            if document and bool(entry.reference) == bool(entry.title or entry.url):
                mend = "Give `reference` alone, or `title` and `url` for what is not in the bibliography."
                faults.append(Fault(document.path, document.line(place), "The entry names no one thing.", mend))
            elif document and not entry.reference and not (entry.title and entry.url):
                missing = "url" if entry.title else "title"
                mend = f"Add `{missing}: …`."
                faults.append(Fault(document.path, document.line(place), f"`{missing}` is missing.", mend))
    return used


def _check_kinds(gathered: Gathered, faults: list[Fault]) -> None:
    document, known = gathered.lists["library"], gathered.known.kinds
    if document is None or known is None:
        return
    for place in _without_kind(document) if known else ():
        mend = f"Add `kind: …`; the kinds are {listed(known)}."
        faults.append(Fault(document.path, document.line(place), "The entry has no kind.", mend))
    used: set[str] = set()
    for place, kind in _kinds(document):
        used.add(kind)
        if kind not in known:
            mend = f"{prose.closest(kind, known)} Or add it to course/kinds.yaml."
            faults.append(Fault(document.path, document.line(place), f"There is no kind `{kind}`.", mend))
    for id, line in known.items():
        if id not in used:
            mend = f"Write `kind: {id}` at an entry, or remove it."
            faults.append(Fault("course/kinds.yaml", line, f"Nothing in the library is of the kind `{id}`.", mend))


def _without_kind(library: Document) -> Iterator[Place]:
    for number, group in validation.items(library, (), LibraryGroupEntry):
        for index, entry in enumerate(group.entries):
            if not (entry.kind or group.dated):
                yield number, "entries", index


def _kinds(library: Document) -> Iterator[tuple[Place, str]]:
    """Of entries that are faulty otherwise, too."""
    groups = library.data if isinstance(library.data, list) else []
    for number in range(len(groups)):
        entries = validation.value_at(library, (number, "entries"))
        for index in range(len(entries) if isinstance(entries, list) else 0):
            place: Place = (number, "entries", index, "kind")
            kind = validation.value_at(library, place)
            if isinstance(kind, str):
                yield place, kind


def _check_reference(document: Document, place: Place, id: str, gathered: Gathered, faults: list[Fault]) -> None:
    if gathered.known.references is not None and lacks(gathered.known.references, id):
        mend = f"{prose.closest(id, gathered.known.references)} Or add it to course/references.yaml."
        faults.append(Fault(document.path, document.line(place), f"There is no reference `{id}`.", mend))


def _check_section(document: Document, place: Place, ref: str, gathered: Gathered, faults: list[Fault]) -> None:
    broken = ref_fault(ref, gathered.known)
    if broken:
        faults.append(Fault(document.path, document.line(place), broken.message, broken.mend))
