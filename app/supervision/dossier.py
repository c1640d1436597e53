"""What the accreditation dossier says about the course. Pure: everything comes from the course's own files."""

import unicodedata
from dataclasses import dataclass

from app.content.library import Reference, Review
from app.content.records import Course, Module


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One module as the dossier lists it. `cases` are in its bank; None: it has no quiz."""

    module: Module
    sources: int
    cases: int | None


@dataclass(frozen=True, slots=True)
class Hours:
    """The computation of the contact hours, term by term: 0.9 × (base + words + questions + difficulty) minutes."""

    words: int
    questions: int
    difficulty: int
    parts: tuple[str, str, str]
    """What words, questions and difficulty come to, in minutes with two decimals."""
    minutes: int
    hours: str


def module_lines(course: Course) -> tuple[ModuleLine, ...]:
    return tuple(
        ModuleLine(
            module=module,
            sources=len({source for section in module.sections for source in section.sources}),
            cases=len(course.quiz(module.quiz_id).bank) if module.quiz_id else None,
        )
        for module in course.modules
    )


def hours(course: Course) -> Hours:
    """The numbers of app.content.hours, laid out."""
    found = course.contact_hours
    parts = (0.00209 * found.words, 2.78 * found.questions, 15.5 * found.difficulty)
    words, questions, difficulty = (f"{part:.2f}" for part in parts)
    return Hours(
        words=found.words,
        questions=found.questions,
        difficulty=found.difficulty,
        parts=(words, questions, difficulty),
        minutes=found.minutes,
        hours=found.hours,
    )


def reviews(course: Course) -> tuple[tuple[Module, Review | None], ...]:
    """Each module with who reviewed it and when; None: it is awaiting clinical review."""
    return tuple((module, module.review) for module in course.modules)


def references(course: Course) -> tuple[Reference, ...]:
    """By their labels, accents aside."""
    return tuple(sorted(course.references.values(), key=lambda one: _plain(one.label)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
