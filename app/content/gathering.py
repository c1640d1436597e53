"""Every file of the course, read and taken apart; ids are gathered from faulty files too."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content import files, strict_yaml, validation
from app.content.faults import Fault
from app.content.files import Source
from app.content.known import Known
from app.content.modules import RawModule, take_apart
from app.content.schemas import LISTS
from app.content.strict_yaml import Document

NAMED: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "references": ("references", (), "reference"),
    "terms": ("glossary", (), "term"),
    "library": ("library", (), "group"),
    "claims": ("claims", (), "claim"),
    "misconceptions": ("misconceptions", ("misconceptions",), "misconception"),
    "harms": ("misconceptions", ("harms",), "harm"),
}
"""What has ids -> its file, its place there, and what one of it is called."""


@dataclass(frozen=True, slots=True)
class Gathered:
    root: Path
    lists: Mapping[str, Document | None]
    """By the names in `schemas.LISTS`."""
    modules: Mapping[str, RawModule]
    """In the order of the course; a listed module without a file is not here."""
    quizzes: Mapping[str, Document | None]
    """By the name of the file."""
    scenarios: Mapping[str, Document | None]
    """As `quizzes`: simulated sessions."""
    pictures: Mapping[str, Source]
    words: Mapping[str, Source]
    """Figure id -> its text equivalent."""
    known: Known

    @property
    def whole(self) -> bool:
        """Every file could be taken apart: what nothing uses is unused."""
        documents = (*self.lists.values(), *self.quizzes.values(), *self.scenarios.values())
        return None not in (*documents, *self.known.sections.values())


def gather(root: Path, faults: list[Fault]) -> Gathered:
    lists = {name: _document(root, f"course/{name}.yaml", faults) for name in LISTS}
    modules = _modules(root, lists["course"], faults)
    quizzes = _documents(root, "quizzes", faults)
    scenarios = _documents(root, "quizzes/scenarios", faults)
    pictures = _sources(root, "svg", faults)
    words = _sources(root, "md", faults)
    ids = _ids(lists, faults)
    known = Known(
        references=ids["references"],
        terms=ids["terms"],
        library=ids["library"],
        misconceptions=ids["misconceptions"],
        harms=ids["harms"],
        claims=ids["claims"],
        sections=_known_sections(lists["course"], modules),
        quizzes=quizzes,
        scenarios=scenarios,
    )
    return Gathered(root, lists, modules, quizzes, scenarios, pictures, words, known)


def listed_modules(course: Document | None) -> list[tuple[int, str]]:
    found = validation.value_at(course, ("modules",)) if course else None
    return [(place, id) for place, id in enumerate(found if isinstance(found, list) else []) if isinstance(id, str)]


def _document(root: Path, name: str, faults: list[Fault]) -> Document | None:
    source = files.read(root, root / name, faults)
    return strict_yaml.parse(name, source.text, faults) if source else None


def _documents(root: Path, folder: str, faults: list[Fault]) -> dict[str, Document | None]:
    return {path.stem: _document(root, f"{folder}/{path.name}", faults) for path in _found(root, folder, "yaml")}


def _found(root: Path, folder: str, suffix: str) -> list[Path]:
    return [path for path in sorted((root / folder).glob(f"*.{suffix}")) if not path.name.startswith(".")]


def _sources(root: Path, suffix: str, faults: list[Fault]) -> dict[str, Source]:
    read = {path.stem: files.read(root, path, faults) for path in _found(root, "course/figures", suffix)}
    return {id: source for id, source in read.items() if source}


def _modules(root: Path, course: Document | None, faults: list[Fault]) -> dict[str, RawModule]:
    paths = {path.stem: path for path in _found(root, "modules", "md")}
    listed = listed_modules(course)
    order: list[str] = []
    for place, id in listed:
        line = course.line(("modules", place)) if course else 1
        if id in order:
            faults.append(Fault("course/course.yaml", line, f"The module `{id}` is listed twice.", "Keep one."))
        elif id not in paths:
            what = f"The module `{id}` is listed, but modules/{id}.md is missing."
            faults.append(Fault("course/course.yaml", line, what, "Write the file, or take the module off the list."))
        order.append(id)
    for id in paths:
        if course and id not in order:
            mend = f"Add `{id}` to `modules` in course/course.yaml, or remove the file."
            faults.append(Fault(f"modules/{id}.md", 1, "This module is not listed.", mend))
    names = [id for id in [*order, *paths] if id in paths]
    sources = {id: files.read(root, paths[id], faults) for id in dict.fromkeys(names)}
    return {id: take_apart(id, source, faults) for id, source in sources.items() if source}


def _ids(lists: Mapping[str, Document | None], faults: list[Fault]) -> dict[str, dict[str, int] | None]:
    """None where there is no list to look at."""
    found: dict[str, dict[str, int] | None] = {}
    for name, (file, place, what) in NAMED.items():
        document = lists[file]
        there = document is not None and isinstance(validation.value_at(document, place), list)
        found[name] = validation.ids(document, place, faults, what) if document and there else None
    return found


def _known_sections(course: Document | None, modules: Mapping[str, RawModule]) -> dict[str, frozenset[str] | None]:
    found: dict[str, frozenset[str] | None] = {id: None for _, id in listed_modules(course)}
    for id, module in modules.items():
        found[id] = frozenset(section.id for section in module.sections if section.id)
    return found
