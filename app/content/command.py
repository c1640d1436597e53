"""What `imrs check` does: every fault of a course at once, and the schemas that editors use."""

import json
from pathlib import Path
from typing import TextIO

from app.content.faults import CourseFaults
from app.content.loader import load_course
from app.content.schemas import SCHEMAS


def check(root: Path, out: TextIO) -> int:
    """The exit status: 1 if the course has faults."""
    try:
        course = load_course(root)
    except CourseFaults as error:
        for fault in error.faults:
            print(f"{fault.path}:{fault.line}: {fault.message}\n    {fault.mend}", file=out)
        number = len(error.faults)
        print(
            f"\n{number} {'fault' if number == 1 else 'faults'}. The course does not start until each is mended.",
            file=out,
        )
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
    return 0


def write_schemas(folder: Path) -> None:
    """One JSON Schema for each kind of file: course.schema.json, quiz.schema.json and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in SCHEMAS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True)
        (folder / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")
