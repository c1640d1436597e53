"""Ids of the shipped course that are permanent since edition 1.0: answers, reading records and printed addresses refer
to them.

Usage: python -m tools.frozen_ids
Adds the course's new ids to tests/content/frozen_ids.txt. One that is gone is named, and stays on the list.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from app.content import Course, load_course
from app.content.records import Vignette
from app.questions import BaseQuestion

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "content" / "frozen_ids.txt"


def ids(course: Course) -> Iterator[str]:
    """Each as `kind whole/part`."""
    for module in course.modules:
        yield f"module {module.id}"
        yield from (f"objective {objective.id}" for objective in module.objectives)
        yield from (f"section {module.id}#{section.id}" for section in module.sections)
    for quiz in course.quizzes.values():
        yield from _cases(quiz.id, quiz.vignettes)
        for form, questions in quiz.before.items():
            yield from (f"before {quiz.id} {form} {id}" for id in questions)
    if course.final:
        yield from _cases(course.final.id, course.final.vignettes)
        for form, cases in course.final.forms.items():
            yield from (f"form {form} {id}" for id in cases)
    yield from _cases("mending", course.mending)
    for scenario in course.scenarios.values():
        for node in scenario.nodes:
            yield from (f"move {scenario.id}/{node.id}.{move.id}" for move in node.moves)
        yield from (f"ending {scenario.id}/{ending.id}" for ending in scenario.endings)
    for transcript in course.transcripts.values():
        yield from (f"line {transcript.id}/{line.id}" for line in transcript.lines)
    yield from (f"aid {aid.id}" for aid in course.aids)
    yield from (f"reference {id}" for id in course.references)
    yield from (f"term {id}" for id in course.glossary)
    yield from (f"claim {id}" for id in course.claims)
    yield from (f"misconception {id}" for id in course.misconceptions)
    yield from (f"harm {id}" for id in course.harms)


def _cases(quiz: str, cases: tuple[Vignette, ...]) -> Iterator[str]:
    for case in cases:
        for question in case.questions:
            yield f"question {quiz}/{case.id}/{question.id}"
            yield from (f"answer {question.id}/{part}" for part in _parts(question))


def _parts(question: BaseQuestion) -> Iterator[str]:
    """What answers are stored by: options, steps, prompts, answers, lines, criteria."""
    for name in type(question).model_fields:
        value = getattr(question, name)
        for item in value if isinstance(value, tuple) else ():
            if id := getattr(item, "id", None):
                yield f"{name}/{id}"


def frozen() -> set[str]:
    return set(LIST.read_text(encoding="utf-8").splitlines()) if LIST.exists() else set()


def main() -> int:
    now, before = set(ids(load_course(ROOT))), frozen()
    LIST.write_text("\n".join(sorted(now | before)) + "\n", encoding="utf-8")
    for id in sorted(before - now):
        print(f"Gone from the course: {id}")
    print(f"{len(now - before)} added, {len(now | before)} in {LIST.relative_to(ROOT)}.")
    return int(bool(before - now))


if __name__ == "__main__":
    sys.exit(main())
