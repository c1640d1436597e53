"""Every file of the course, read and taken apart; ids are gathered from faulty files too."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content import files, strict_yaml, validation
from app.content.aids import RawAid, take_aid_apart
from app.content.faults import Fault
from app.content.files import Source
from app.content.known import Known
from app.content.modules import RawModule, take_apart
from app.content.records import MENDING
from app.content.schemas import LISTS, OPTIONAL
from app.content.strict_yaml import Document


@dataclass(frozen=True, slots=True)
class Ordered:
    """Markdown files whose order stands in course.yaml."""

    key: str
    folder: str
    what: str


MODULES = Ordered("modules", "modules", "module")
AIDS = Ordered("aids", "course/aids", "aid")
NAMED: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "references": ("references", (), "reference"),
    "terms": ("glossary", (), "term"),
    "library": ("library", (), "group"),
    "kinds": ("kinds", (), "kind"),
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
    aids: Mapping[str, RawAid]
    """As `modules`."""
    quizzes: Mapping[str, Document | None]
    """By the name of the file."""
    scenarios: Mapping[str, Document | None]
    """As `quizzes`: simulated sessions."""
    transcripts: Mapping[str, Document | None]
    """As `quizzes`: sessions to read."""
    videos: Mapping[str, Document | None]
    """As `quizzes`."""
    pictures: Mapping[str, Source]
    words: Mapping[str, Source]
    """Figure id -> its text equivalent."""
    known: Known

    @property
    def whole(self) -> bool:
        """Every file could be taken apart: what nothing uses is unused."""
        files = (self.lists, self.quizzes, self.scenarios, self.transcripts, self.videos, self.known.sections)
        return all(None not in some.values() for some in files)


def gather(root: Path, faults: list[Fault]) -> Gathered:
    lists = {name: _list(root, name, faults) for name in LISTS}
    modules = {id: take_apart(id, source, faults) for id, source in _ordered(root, lists["course"], MODULES, faults)}
    aids = {id: take_aid_apart(id, source, faults) for id, source in _ordered(root, lists["course"], AIDS, faults)}
    quizzes = _documents(root, "quizzes", faults)
    scenarios = _documents(root, "quizzes/scenarios", faults)
    transcripts = _documents(root, "course/transcripts", faults)
    videos = _documents(root, "course/videos", faults)
    pictures = _sources(root, "svg", faults)
    words = _sources(root, "md", faults)
    ids = _ids(lists, faults)
    known = Known(
        references=ids["references"],
        terms=ids["terms"],
        library=ids["library"],
        kinds=ids["kinds"],
        aids=aids,
        misconceptions=ids["misconceptions"],
        harms=ids["harms"],
        claims=ids["claims"],
        sections=_known_sections(lists["course"], modules),
        quizzes=[id for id in quizzes if id != MENDING],
        exercises=_exercises(quizzes),
        scenarios=scenarios,
        transcripts=transcripts,
    )
    return Gathered(root, lists, modules, aids, quizzes, scenarios, transcripts, videos, pictures, words, known)


def listed_modules(course: Document | None) -> list[tuple[int, str]]:
    return _listed(course, "modules")


def _listed(course: Document | None, key: str) -> list[tuple[int, str]]:
    found = validation.value_at(course, (key,)) if course else None
    return [(place, id) for place, id in enumerate(found if isinstance(found, list) else []) if isinstance(id, str)]


def _list(root: Path, name: str, faults: list[Fault]) -> Document | None:
    path = f"course/{name}.yaml"
    if name in OPTIONAL and not (root / path).exists():
        return strict_yaml.parse(path, "[]", faults)
    return _document(root, path, faults)


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


def _ordered(root: Path, course: Document | None, kind: Ordered, faults: list[Fault]) -> Iterator[tuple[str, Source]]:
    """Those that can be read, in the order of the course; whatever is not listed comes last."""
    paths = {path.stem: path for path in _found(root, kind.folder, "md")}
    order: list[str] = []
    for place, id in _listed(course, kind.key):
        line = course.line((kind.key, place)) if course else 1
        if id in order:
            what = f"The {kind.what} `{id}` is listed twice."
            faults.append(Fault("course/course.yaml", line, what, "Keep one."))
        elif id not in paths:
            what = f"The {kind.what} `{id}` is listed, but {kind.folder}/{id}.md is missing."
            mend = f"Write the file, or take the {kind.what} off the list."
            faults.append(Fault("course/course.yaml", line, what, mend))
        order.append(id)
    for id in paths:
        if course and id not in order:
            mend = f"Add `{id}` to `{kind.key}` in course/course.yaml, or remove the file."
            faults.append(Fault(f"{kind.folder}/{id}.md", 1, f"This {kind.what} is not listed.", mend))
    names = [id for id in [*order, *paths] if id in paths]
    for id in dict.fromkeys(names):
        if source := files.read(root, paths[id], faults):
            yield id, source


def _ids(lists: Mapping[str, Document | None], faults: list[Fault]) -> dict[str, dict[str, int] | None]:
    """None where there is no list to look at."""
    found: dict[str, dict[str, int] | None] = {}
    for name, (file, place, what) in NAMED.items():
        document = lists[file]
        there = document is not None and isinstance(validation.value_at(document, place), list)
        found[name] = validation.ids(document, place, faults, what) if document and there else None
    return found


def _exercises(quizzes: Mapping[str, Document | None]) -> Collection[str] | None:
    """Ids of transcripts to mend; that none is given twice is looked at with those of all quizzes."""
    document = quizzes.get(MENDING)
    if document is None:
        return None if MENDING in quizzes else ()
    return validation.ids(document, (MENDING,), [], "vignette")


def _known_sections(course: Document | None, modules: Mapping[str, RawModule]) -> dict[str, frozenset[str] | None]:
    found: dict[str, frozenset[str] | None] = {id: None for _, id in listed_modules(course)}
    for id, module in modules.items():
        found[id] = frozenset(section.id for section in module.sections if section.id)
    return found
