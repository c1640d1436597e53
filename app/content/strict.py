"""Everything that `imrs check --strict` asks of a course that is sound, and the report it prints."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.content import guesser, likeness
from app.content.address_rules import check_addresses
from app.content.bank_rules import check_banks
from app.content.coverage import check_misconceptions, claims_page, misconceptions, objectives_page
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.label_rules import check_labels
from app.content.module_shape import check_modules, measured
from app.content.readability import Measured
from app.content.records import Course
from app.content.tables import table
from app.content.term_rules import check_terms

GENERATED = "*Written by `imrs check --strict --write docs/course`; not to be edited.*"
MOST_ALIKE = 5
"""So many pairs of cases are named in the report."""


@dataclass(frozen=True, slots=True)
class Examination:
    faults: tuple[Fault, ...]
    report: str
    """Markdown, to be read as it is in a terminal too."""


def examine(gathered: Gathered, course: Course) -> Examination:
    played = guesser.play(guesser.graded(gathered))
    cases = likeness.cases(gathered)
    alike = likeness.alike(cases)
    faults = {
        *check_banks(gathered),
        *check_modules(gathered),
        *check_terms(gathered),
        *check_labels(gathered),
        *check_addresses(gathered),
        *check_misconceptions(gathered, course),
        *guesser.faults(played),
        *likeness.faults(alike),
    }
    parts = {
        "The test-wise guesser": guesser.report(played),
        "Cases told alike": _alike(len(cases), alike),
        "Length and readability": _reading(gathered),
        "Misconceptions": _misconceptions(course),
    }
    return Examination(tuple(sorted(faults)), "\n\n".join(f"## {title}\n\n{part}" for title, part in parts.items()))


def _alike(cases: int, alike: Sequence[likeness.Alike]) -> str:
    rows = [(f"`{pair.then.id}`", f"`{pair.first.id}`", f"{float(pair.share):.0%}", pair.run) for pair in alike]
    return (
        f"Of {cases * (cases - 1) // 2:,} pairs of {cases} cases {len(alike)} share a run of {likeness.RUN} words. "
        f"Of the shorter one’s runs {float(likeness.MOST):.0%} may be shared.\n\n"
        + table(("Case", "told like", "shared", "such as"), rows[:MOST_ALIKE])
    )


def _reading(gathered: Gathered) -> str:
    return (
        "Minutes of silent reading at 238 words a minute; grade by the Coleman–Liau index, a rough measure that counts "
        "letters and sentences.\n\n"
        + table(("Section", "Words", "Minutes", "Words a sentence", "Grade"), _read(gathered))
    )


def _read(gathered: Gathered) -> Iterator[Sequence[object]]:
    for module in gathered.modules.values():
        texts = {section: measured(section) for section in module.sections}
        whole = sum(texts.values(), Measured(0, 0, 0))
        yield f"**{module.id}**", sum(one.words for one in module.sections), *_rounded(whole)
        for section, text in texts.items():
            yield f"`{module.id}#{section.id}`", section.words, *_rounded(text)


def _rounded(text: Measured) -> tuple[str, str, str]:
    return f"{text.minutes:.1f}", f"{text.words_a_sentence:.1f}", f"{text.grade:.1f}"


def _misconceptions(course: Course) -> str:
    asked: Counter[str] = misconceptions(course)
    return table(("Misconception", "Questions"), ((f"`{id}`", asked[id]) for id in course.misconceptions))


def write_pages(folder: Path, course: Course, examined: Examination) -> None:
    """check.md, claims.md and objectives.md."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(course, examined).items():
        (folder / name).write_text(text, encoding="utf-8")


def pages(course: Course, examined: Examination) -> dict[str, str]:
    found = "\n".join(f"- {fault}" for fault in examined.faults) or "None."
    return {
        "check.md": f"# The strict check\n\n{GENERATED}\n\n{examined.report}\n\n## Faults\n\n{found}\n",
        "claims.md": f"# Claims, sections and questions\n\n{GENERATED}\n\n{claims_page(course)}\n",
        "objectives.md": f"# Objectives, sections and questions\n\n{GENERATED}\n\n{objectives_page(course)}\n",
    }
