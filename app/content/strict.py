"""Everything that `imrs check --strict` asks of a course that is sound, and the report it prints."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.content import guesser, likeness
from app.content.address_rules import check_addresses
from app.content.bank_rules import check_banks
from app.content.coverage import NONE, check_misconceptions, claims_page, misconceptions, objectives_page
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.label_rules import check_labels
from app.content.module_shape import check_modules, measured
from app.content.readability import Measured
from app.content.records import Course
from app.content.tables import table
from app.content.term_rules import check_terms
from app.questions.scenario import GAUGES, Scenario
from app.questions.scenario_graph import Report, explore
from app.questions.scenario_paths import overlap

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
        "Simulated sessions": sessions_page(course),
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


def sessions_page(course: Course) -> str:
    """Of every simulated session: how it is built, and in which states each of its nodes can be met."""
    return "\n\n".join(_session(scenario) for scenario in course.scenarios.values()) or "None."


def _session(scenario: Scenario) -> str:
    report = explore(scenario)
    head = [
        ("Nodes", report.nodes),
        ("Moves", report.moves),
        ("Paths", report.paths_said),
        ("Endings", ", ".join(f"`{ending.id}`" for ending in scenario.endings)),
        ("States that can arrive at a node", f"{report.situations:,}"),
        ("Decisions on the main path", len(scenario.paths.main)),
        ("Later nodes that each contrast shares with it", shared(scenario)),
        ("Moves that state opens and closes", ", ".join(f"`{step}`" for step in report.gated)),
        ("Follows", f"`{scenario.follows.scenario}`" if scenario.follows else NONE),
    ]
    nodes = (
        (
            f"`{node.id}`",
            node.checkpoint or NONE,
            len(node.moves),
            f"{report.arriving[node.id]:,}",
            *_spans(report, node.id),
        )
        for node in scenario.nodes
    )
    columns = ("Node", "Checkpoint", "Moves", "States", *GAUGES)
    said = "\n".join(f"- {name}: {value}" for name, value in head)
    return f"### {scenario.title}\n\n{said}\n\n{table(columns, nodes)}"


def _spans(report: Report, node: str) -> Iterator[str]:
    for low, high in (report.ranges[node][gauge] for gauge in GAUGES):
        yield f"{low}–{high}" if high > low else f"{low}"


def shared(scenario: Scenario) -> str:
    found = (overlap(scenario.paths.main, contrast) for contrast in scenario.paths.contrast)
    return ", ".join(f"{one.shared} of {one.later}" for one in found)


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
