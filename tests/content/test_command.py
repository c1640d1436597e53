import io
import json
from pathlib import Path

from app.content.command import check, write_schemas
from tests.content.conftest import SAMPLE


def test_check_of_a_sound_course(root: Path) -> None:
    out = io.StringIO()

    assert check(SAMPLE, out) == 0
    assert out.getvalue().splitlines()[:4] == [
        "Making Tea, edition 0.9: no faults.",
        "3 modules, 7 sections, 274 words; 2 quizzes, 16 vignettes; 3 references, 3 terms; 0.5 contact hours.",
        "Final test: two forms of 4 questions each.",
        "Transcripts to mend: 2. By phase: first cup 1, second cup 1.",
    ]


def test_check_lists_every_fault_with_its_mend(root: Path) -> None:
    path = root / "course/course.yaml"
    path.write_text(
        path.read_text().replace('edition: "0.9"', "edition: 0.9").replace("difficulty: 2", "difficulty: 9")
    )
    out = io.StringIO()

    assert check(root, out) == 1
    assert out.getvalue() == (
        "course/course.yaml:3: `edition` wants text, not the number 0.9.\n    Put it in quotes.\n"
        "course/course.yaml:6: `difficulty` is 9; it is at most 5.\n    Correct the number.\n"
        "\n2 faults. The course does not start until each is mended.\n"
    )


def test_schemas_are_written_for_every_kind_of_file(tmp_path: Path) -> None:
    write_schemas(tmp_path / "schemas")

    names = [
        "aid",
        "claims",
        "course",
        "final",
        "glossary",
        "kinds",
        "library",
        "mending",
        "misconceptions",
        "module",
        "quiz",
        "references",
        "scenario",
        "transcript",
        "video",
    ]
    assert sorted(path.name for path in (tmp_path / "schemas").iterdir()) == [f"{name}.schema.json" for name in names]
    quiz = json.loads((tmp_path / "schemas/quiz.schema.json").read_text(encoding="utf-8"))
    assert quiz["additionalProperties"] is False
    assert quiz["$defs"]["Option"]["properties"]["basis"]["enum"] == ["evidence", "convention", "debated"]
