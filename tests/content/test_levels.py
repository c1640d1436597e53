"""What an author is told of a bank that cannot be drawn from, of the sets before and after reading, and of the final
test."""

from pathlib import Path

import pytest

from app.content import load_course
from tests.content.conftest import SAMPLE, Spoil, faults_of

BEFORE = "before:\n  A: [serving-vera-ask, serving-vera-hand, serving-wim-ask]\n"
QUIZ, TEST = "quizzes/serving.yaml", "quizzes/final.yaml"

FAULTS = [
    pytest.param(
        QUIZ,
        "serving-wim-ask]",
        "serving-win-ask]",
        [
            "quizzes/serving.yaml:{a}: Set A asks after `serving.1`, `serving.2`, set B after `serving.1` × `2`, "
            "`serving.2`. Two sets are parallel: let both ask after the same objectives, equally often.",
            "quizzes/serving.yaml:{a}: There is no question `serving-win-ask` in this quiz. Name one of its questions.",
        ],
        id="set-unknown-question",
    ),
    pytest.param(
        QUIZ,
        BEFORE,
        BEFORE.replace("-hand, serving-wim", "-hand, serving-xena"),
        [
            "quizzes/serving.yaml:{b}: The question `serving-xena-ask` stands in `before` twice. "
            "Name each question once.",
            "quizzes/serving.yaml:{b}: The vignette `serving-xena` serves both sets. "
            "Take the questions of one vignette into one set only.",
        ],
        id="set-question-twice",
    ),
    pytest.param(
        QUIZ,
        "serving-yara-ask]",
        "serving-wim-hand]",
        [
            "quizzes/serving.yaml:{a}: Set A asks after `serving.1` × `2`, `serving.2`, set B after `serving.1`, "
            "`serving.2` × `2`. Two sets are parallel: let both ask after the same objectives, equally often.",
            "quizzes/serving.yaml:{b}: The vignette `serving-wim` serves both sets. "
            "Take the questions of one vignette into one set only.",
        ],
        id="set-vignette-in-both",
    ),
    pytest.param(
        QUIZ,
        ", serving-wim-ask]",
        "]",
        ["quizzes/serving.yaml:{a}: `A` wants at least 3 items, not 2. Add or remove items."],
        id="set-too-short",
    ),
    pytest.param(
        QUIZ,
        "    title: Vera, 41\n",
        "    title: Vera, 41\n    content_note: A burnt hand.\n    neutral: serving-gil\n",
        [
            "quizzes/serving.yaml:{a}: The vignette `serving-vera` has a content note. "
            "Before reading, a case needs no warning: name a question of a neutral one.",
        ],
        id="set-content-note",
    ),
    pytest.param(
        QUIZ,
        "neutral: serving-ivo",
        "neutral: serving-vera",
        [
            "quizzes/serving.yaml:{neutral}: `serving-vera` is kept for before and after reading. "
            "Name a vignette that the quiz may draw.",
        ],
        id="set-neutral-twin",
    ),
    pytest.param(
        TEST,
        "quiz: final",
        "quiz: finale",
        ["quizzes/final.yaml:1: `quiz: finale` is not known. Write `final`."],
        id="final-name",
    ),
    pytest.param(
        TEST,
        "B: [final-oz, final-pia]",
        "B: [final-oz, final-pea]",
        [
            "quizzes/final.yaml:3: Form A asks `brewing.2` × 1, `serving.2` × 1 more, form B nothing. "
            "Let both forms ask after the same objectives, equally often.",
            "quizzes/final.yaml:3: Form A asks `choice` × 1, `order` × 1 more, form B nothing. "
            "Let both forms use the same formats, equally often.",
            "quizzes/final.yaml:4: There is no vignette `final-pea` here. Did you mean `final-pia`?",
            "quizzes/final.yaml:91: The vignette `final-pia` stands in no form. "
            "Add it to one; only the neutral twin of a case in a form stands in none.",
        ],
        id="final-unknown-vignette",
    ),
    pytest.param(
        TEST,
        "B: [final-oz, final-pia]",
        "B: [final-oz, final-pia, final-mo]",
        [
            "quizzes/final.yaml:3: Form A asks nothing more, form B `brewing.1` × 1, `serving.1` × 1. "
            "Let both forms ask after the same objectives, equally often.",
            "quizzes/final.yaml:3: Form A asks nothing more, form B `choice` × 2. "
            "Let both forms use the same formats, equally often.",
            "quizzes/final.yaml:4: The vignette `final-mo` stands in form A already. "
            "Each vignette belongs to one form.",
        ],
        id="final-vignette-in-both",
    ),
    pytest.param(
        TEST,
        "neutral: final-quin",
        "neutral: final-pia",
        [
            "quizzes/final.yaml:38: The twin `final-pia` is asked already. "
            "Give it a twin of its own that stands in no form.",
            "quizzes/final.yaml:122: The vignette `final-quin` stands in no form. "
            "Add it to one; only the neutral twin of a case in a form stands in none.",
        ],
        id="final-twin-in-a-form",
    ),
    pytest.param(
        TEST,
        "objective: serving.2",
        "objective: serving.9",
        [
            "quizzes/final.yaml:3: Form A asks `serving.9` × 1 more, form B `serving.2` × 1. "
            "Let both forms ask after the same objectives, equally often.",
            "quizzes/final.yaml:38: `final-quin` asks after `brewing.2`, `serving.2`, `final-nia` after `brewing.2`, "
            "`serving.9`. Name a vignette with the same objectives.",
            "quizzes/final.yaml:53: There is no objective `serving.9`. Did you mean `serving.2`?",
        ],
        id="final-unknown-objective",
    ),
    pytest.param(
        TEST,
        "id: final-mo-water",
        "id: serving-gil-ask",
        [
            "quizzes/serving.yaml:13: The question id `serving-gil-ask` is taken in quizzes/final.yaml:14. "
            "Ids of vignettes and questions are unique in the whole course.",
        ],
        id="final-question-of-a-module",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "wanted"), FAULTS)
def test_fault_of_a_level_has_file_line_and_mend(
    spoil: Spoil, file: str, old: str, new: str, wanted: list[str]
) -> None:
    lines = (SAMPLE / QUIZ).read_text(encoding="utf-8").splitlines()
    before = lines.index("before:") + 1
    places = {"a": before + 1, "b": before + 2}
    places["neutral"] = lines.index("    neutral: serving-ivo") + 1

    found = [str(fault) for fault in spoil(file, old, new)]

    moved = new.count("\n") - old.count("\n")
    expected = [_moved(line, places, moved if file == QUIZ else 0) for line in wanted]
    assert found == expected


def _moved(line: str, places: dict[str, int], by: int) -> str:
    """Lines behind an edit stand `by` lower."""
    return line.format(**{name: place + by for name, place in places.items()}) if "{" in line else line


def test_bank_that_cannot_fulfil_its_blueprint(spoil: Spoil) -> None:
    """Of brewing's cases every one holds a choice, one an order, one a match."""
    found = [str(fault) for fault in spoil("course/course.yaml", "{vignettes: 3}", "{vignettes: 2, formats: 4}")]

    assert [line for line in found if line.startswith("quizzes/brewing.yaml")] == [
        "quizzes/brewing.yaml:3: No attempt of 2 vignettes asks after 2 objectives in 4 formats; the most is 2 "
        "objectives in 3. Write vignettes that ask after two objectives, or in other formats; or lower `attempt` in "
        "course/course.yaml."
    ]


def test_objective_that_only_kept_cases_serve(spoil: Spoil, root: Path) -> None:
    path = root / QUIZ
    words, kept = path.read_text(encoding="utf-8").split("  - id: serving-vera\n")
    path.write_text(words.replace("serving.2", "serving.1") + "  - id: serving-vera\n" + kept, encoding="utf-8")

    assert [str(fault) for fault in faults_of(root)] == [
        "quizzes/serving.yaml:3: No graded question that an attempt can draw serves `serving.2`. "
        "Write one; what is kept for before and after reading is not drawn."
    ]


def without_question(root: Path, id: str) -> None:
    """Takes a question out of the quiz: from its id to the next id at that depth or less."""
    lines = (root / QUIZ).read_text(encoding="utf-8").splitlines(keepends=True)
    start = lines.index(f"      - id: {id}\n")
    end = next(place for place in range(start + 1, len(lines)) if not lines[place].startswith("        "))
    (root / QUIZ).write_text("".join(lines[:start] + lines[end:]), encoding="utf-8")


def test_kept_case_may_have_one_graded_question(root: Path) -> None:
    without_question(root, "serving-wim-hand")

    assert faults_of(root) == ()
    assert len(load_course(root).quizzes["serving"].vignette("serving-wim").questions) == 1


def test_drawn_case_has_two_graded_questions(root: Path) -> None:
    without_question(root, "serving-gil-hand")

    assert [fault.message for fault in faults_of(root) if "graded" in fault.message] == [
        "`serving-gil` has 1 graded questions; every case has 2."
    ]


def test_course_without_a_final_test_is_sound_and_has_none(root: Path) -> None:
    (root / TEST).unlink()

    assert faults_of(root) == ()
    assert load_course(root).final is None


def test_final_test_that_leaves_a_module_out(root: Path) -> None:
    path = root / TEST
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("serving.1", "brewing.1").replace("serving.2", "brewing.2"), encoding="utf-8")

    assert [str(fault) for fault in faults_of(root)] == [
        "quizzes/final.yaml:6: Nothing here asks after `serving`. "
        "Every module with a quiz has a part in the final test."
    ]


def test_module_called_as_the_final_test_is(root: Path) -> None:
    for file in ("modules/welcome.md", "course/course.yaml"):
        words = (root / file).read_text(encoding="utf-8")
        (root / file).write_text(words.replace("welcome", "final"), encoding="utf-8")
    (root / "modules/welcome.md").rename(root / "modules/final.md")

    assert "quizzes/final.yaml:1: A module is called `final`, as the final test is. Give the module another id." in [
        str(fault) for fault in faults_of(root)
    ]


def test_sets_and_forms_are_read() -> None:
    course = load_course(SAMPLE)
    quiz, final = course.quizzes["serving"], course.final

    assert [question.id for _, question in quiz.set_of("B")] == [
        "serving-xena-ask",
        "serving-xena-hand",
        "serving-yara-ask",
    ]
    assert len(quiz.bank) == len(quiz.vignettes) - 4
    assert final is not None
    assert [case.id for case in final.form("B")] == ["final-oz", "final-pia"]
    assert (final.questions, course.attempt_formats) == (4, 1)
