"""What `imrs check` does: every fault of a course at once, and the schemas that editors use."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from app.content.faults import CourseFaults, Fault
from app.content.gathering import Gathered
from app.content.loader import read_course
from app.content.records import Course, Quiz
from app.content.schemas import SCHEMAS
from app.content.strict import examine, shared, write_pages
from app.questions.scenario import Scenario
from app.questions.scenario_graph import explore, said


def check(root: Path, out: TextIO, *, strict: bool = False, pages: Path | None = None) -> int:
    """The exit status: 1 if the course has faults; with `strict`, also if it is not what docs/author.md asks for. Then
    `pages` is the folder that the report is written to as well."""
    try:
        gathered, course = read_course(root)
    except CourseFaults as error:
        _list(error.faults, "The course does not start until each is mended.", out)
        return 1
    sections = sum(len(module.sections) for module in course.modules)
    vignettes = sum(len(quiz.vignettes) for quiz in course.quizzes.values())
    hours = course.contact_hours
    print(
        f"{course.title}, edition {course.edition}: no faults.\n"
        f"{len(course.modules)} modules, {sections} sections, {hours.words} words; "
        f"{len(course.quizzes)} quizzes, {vignettes} vignettes; "
        f"{len(course.references)} references, {len(course.glossary)} terms; {hours.hours} contact hours.",
        file=out,
    )
    if course.final:
        print(f"Final test: two forms of {course.final.questions} questions each.", file=out)
    if course.mending:
        phases = _counted(exercise.phase for exercise in course.mending)
        print(f"Transcripts to mend: {len(course.mending)}. By phase: {phases}.", file=out)
    for quiz in course.quizzes.values():
        print(_quiz(quiz), file=out)
    for scenario in course.scenarios.values():
        print(_session(scenario), file=out)
    return _strictly(gathered, course, out, pages) if strict else 0


def _strictly(gathered: Gathered, course: Course, out: TextIO, pages: Path | None) -> int:
    examined = examine(gathered, course)
    print(f"\n{examined.report}\n", file=out)
    if pages:
        write_pages(pages, course, examined)
    if examined.faults:
        _list(examined.faults, "The course can be taken; it is not yet what docs/author.md asks for.", out)
    return int(bool(examined.faults))


def _list(faults: Sequence[Fault], what_follows: str, out: TextIO) -> None:
    for fault in faults:
        print(f"{fault.path}:{fault.line}: {fault.message}\n    {fault.mend}", file=out)
    print(f"\n{len(faults)} {'fault' if len(faults) == 1 else 'faults'}. {what_follows}", file=out)


def _quiz(quiz: Quiz) -> str:
    """What a bank holds, for its author."""
    questions = [question for case in quiz.bank for question in case.questions]
    graded = [question for question in questions if question.graded]
    practice = _counted(question.type for question in questions if not question.graded)
    kept = (
        f" {len(quiz.vignettes) - len(quiz.bank)} further cases are kept for before and after reading."
        if quiz.before
        else ""
    )
    return (
        f"\nQuiz {quiz.id}: {len(quiz.bank)} cases, {len(graded)} graded questions: "
        f"{_counted(question.type for question in graded)}; not graded: {practice}.{kept}\n"
        f"    By objective: {_counted(question.objective for question in graded)}."
    )


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(Counter(names).items())) or "none"


def _session(scenario: Scenario) -> str:
    """What a session amounts to, for its author."""
    report = explore(scenario)
    beside = [
        f"{node.id}.{move.id} ({move.meets})"
        for node in scenario.nodes
        for move in node.moves
        if move.meets and move.meets not in scenario.needs
    ]
    return (
        f"\nSession {scenario.id}: {report.nodes} nodes, {report.moves} moves, {report.paths_said} paths, "
        f"{len(report.endings)} endings, {report.situations:,} states that can arrive at a node.\n"
        f"    States: {said(report.span)}.\n"
        f"    Later nodes that each contrast shares with the main path: {shared(scenario)}.\n"
        f"    Moves that state opens and closes: {', '.join(report.gated)}.\n"
        f"    Moves that offer what is none of the needs: {', '.join(beside) or 'none'}."
    )


def write_schemas(folder: Path) -> None:
    """One JSON Schema for each kind of file: course.schema.json, quiz.schema.json and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in SCHEMAS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True)
        (folder / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")
