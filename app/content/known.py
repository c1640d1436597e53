"""Which ids the course has, and what a link may point to."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

PAGES = frozenset({
    "/", "/aids", "/course", "/course/print", "/scenarios", "/library", "/references", "/glossary", "/search",
    "/certificate",
})  # fmt: skip
EXTERNAL = re.compile(r"^https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?(?:[/?#][^\s<>\"'`\\]*)?$")
MAIL = re.compile(r"^mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$")
PART = re.compile(r"^(?P<module>[^/#:]+)\.md(?:#(?P<section>.*))?$")
PAGE = re.compile(r"^(?P<page>/[a-z0-9/-]*)(?:#(?P<id>.*))?$")


@dataclass(frozen=True, slots=True)
class Known:
    """Ids by kind. None where a file cannot be read: then nothing is said about it twice."""

    references: Mapping[str, int] | None = None
    """Here and below: id -> line in its file."""
    terms: Mapping[str, int] | None = None
    library: Collection[str] | None = None
    kinds: Mapping[str, int] | None = None
    aids: Collection[str] = ()
    misconceptions: Collection[str] | None = None
    harms: Collection[str] | None = None
    claims: Collection[str] | None = None
    sections: Mapping[str, Collection[str] | None] = field(default_factory=dict)
    """module id -> ids of its sections"""
    quizzes: Collection[str] = ()
    exercises: Collection[str] | None = ()
    """Transcripts to mend."""
    scenarios: Collection[str] = ()
    transcripts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    message: str
    mend: str


def lacks(ids: Collection[str] | None, id: str) -> bool:
    return ids is not None and id not in ids


def section_fault(module: str, section: str, known: Known) -> Broken | None:
    if module not in known.sections:
        return Broken(f"There is no module `{module}`.", f"The modules are {listed(known.sections)}.")
    sections = known.sections[module]
    if sections is not None and section not in sections:
        return Broken(f"Module `{module}` has no section `{section}`.", f"Its sections are {listed(sections)}.")
    return None


def ref_fault(ref: str, known: Known) -> Broken | None:
    """Of `module#section`."""
    module, _, section = ref.partition("#")
    return section_fault(module, section, known)


def resolve(target: str, known: Known) -> str | Broken:
    """The address that a link written in the course leads to."""
    if EXTERNAL.match(target) or MAIL.match(target):
        return target
    if part := PART.match(target):
        return _part(part["module"], part["section"], known)
    if page := PAGE.match(target):
        return _page(target, page["page"], page["id"], known)
    if target.startswith("figure:"):
        return Broken(f"`{target}` is a figure, not a link.", "Write `![Caption.](figure:id)` alone in a paragraph.")
    mend = "Use `https://…`, `mailto:…`, `module.md#section` or a page such as `/library`."
    if re.match(r"^(?:[a-z][a-z0-9+.-]*:|//)", target, re.IGNORECASE):
        return Broken(f"The link `{target}` is not safe.", mend)
    return Broken(f"The link `{target}` leads nowhere.", mend)


def _part(module: str, section: str | None, known: Known) -> str | Broken:
    if section is None and module in known.sections:
        return f"/modules/{module}"
    return section_fault(module, section or "", known) or f"/modules/{module}/{section}"


def _page(target: str, page: str, id: str | None, known: Known) -> str | Broken:
    lists = {"/glossary": known.terms, "/references": known.references, "/library": known.library}
    if page.startswith("/modules/"):
        return Broken(f"`{target}` is the address of a part.", "Write `module.md#section`, which is checked.")
    for start, ids, what in (
        ("/quizzes/", known.quizzes, "quiz"),
        ("/mend/", known.exercises, "exercise"),
        ("/scenarios/", known.scenarios, "session"),
        ("/transcripts/", known.transcripts, "transcript"),
        ("/aids/", known.aids, "aid"),
    ):
        if page.startswith(start):
            if not lacks(ids, page.removeprefix(start)) and id is None:
                return target
            plural = "quizzes" if what == "quiz" else f"{what}s"
            return Broken(f"There is no {what} at `{target}`.", f"The {plural} are {listed(ids or ())}.")
    if page not in PAGES:
        return Broken(f"There is no page `{target}`.", f"The pages are {listed(PAGES)}.")
    if id is not None and (page not in lists or lacks(lists[page], id)):
        return Broken(f"The page `{page}` has no place `#{id}`.", "Check the id.")
    return target


def listed(ids: Collection[str]) -> str:
    return ", ".join(f"`{id}`" for id in sorted(ids)) or "none"
