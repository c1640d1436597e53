"""Simulated sessions in a course: loaded, listed, linked to, checked and pinned."""

import io
import json
from pathlib import Path

import pytest

from app.content import Course, Fault, load_course
from app.content.command import check, write_schemas
from app.content.pinning import Version, pin_scenario
from app.questions.pinned_scenario import load_scenario
from tests.content.conftest import SAMPLE, faults_of

FILE = "quizzes/scenarios/cold-hall.yaml"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(SAMPLE)


def version(root: Path) -> Version:
    course = load_course(root)
    return pin_scenario(course, course.scenario("cold-hall"))


def edit(root: Path, old: str, new: str, name: str = FILE) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def test_course_holds_its_sessions(course: Course) -> None:
    session = course.scenario("cold-hall")

    assert list(course.scenarios) == ["cold-hall"]
    assert (session.id, session.client, session.objectives) == ("cold-hall", "Rosa", ("serving.1", "serving.2"))


def test_unknown_session_is_a_key_error(course: Course) -> None:
    with pytest.raises(KeyError):
        course.scenario("warm-hall")


def test_sessions_stand_in_the_order_of_their_modules(root: Path) -> None:
    text = (root / FILE).read_text(encoding="utf-8")
    for name, objectives in (("a-late-cup", "serving.2, brewing.1"), ("z-early-cup", "brewing.1")):
        copied = text.replace("scenario: cold-hall", f"scenario: {name}")
        copied = copied.replace("objectives: [serving.1, serving.2]", f"objectives: [{objectives}]")
        (root / f"quizzes/scenarios/{name}.yaml").write_text(copied, encoding="utf-8")

    assert list(load_course(root).scenarios) == ["z-early-cup", "a-late-cup", "cold-hall"]


def test_course_without_sessions_is_sound(root: Path) -> None:
    (root / FILE).unlink()

    assert faults_of(root) == ()
    assert dict(load_course(root).scenarios) == {}


def test_section_may_link_to_a_session(root: Path) -> None:
    edit(root, "There is no hurry.", "There is no hurry in [the hall](/scenarios/cold-hall).", "modules/welcome.md")

    html = "".join(section.html for section in load_course(root).module("welcome").sections)
    assert '<a href="/scenarios/cold-hall">the hall</a>' in html


def test_unreadable_session_is_one_fault(root: Path) -> None:
    (root / FILE).write_text("scenario: [", encoding="utf-8")

    assert [fault.path for fault in faults_of(root)] == [FILE]


def test_session_whose_reference_is_gone_is_a_fault(root: Path) -> None:
    (root / "course/references.yaml").write_text("[]\n", encoding="utf-8")

    mend = "Check the id. Or add it to course/references.yaml."
    assert Fault(FILE, 97, "There is no reference `leaf2019`.", mend) in faults_of(root)


def test_neutral_session_has_no_content_note_itself(root: Path) -> None:
    text = (root / FILE).read_text(encoding="utf-8").replace("opening: |", "content_note: Wet sleeves.\nopening: |")
    (root / "quizzes/scenarios/wet-hall.yaml").write_text(
        text.replace("scenario: cold-hall", "scenario: wet-hall"), encoding="utf-8"
    )
    edit(root, "opening: |", "content_note: Cold sleeves.\nneutral: wet-hall\nopening: |")

    message = "The neutral session `wet-hall` has a content note itself."
    assert faults_of(root) == (Fault(FILE, 12, message, "Name one without."),)


def test_check_says_what_a_session_amounts_to() -> None:
    out = io.StringIO()

    assert check(SAMPLE, out) == 0
    assert out.getvalue().splitlines()[-5:] == [
        "Session cold-hall: 18 nodes, 43 moves, 6,920 paths, 3 endings, 2,060 states that can arrive at a node.",
        "    States: arousal 0–10, presence 0–10, need 0–6, belief 1–10, control 3–10.",
        "    Later nodes that each contrast shares with the main path: 0 of 5, 0 of 3.",
        "    Moves that state opens and closes: pot.spill, wish.ask-girl, door.herself, beside.cup-for-two.",
        "    Moves that offer what is none of the needs: wish.praise (praise).",
    ]


def test_schema_for_editors_takes_both_ways_to_write_where_a_move_leads(tmp_path: Path) -> None:
    write_schemas(tmp_path)

    schema = json.loads((tmp_path / "scenario.schema.json").read_text(encoding="utf-8"))
    kinds = [kind["type"] for kind in schema["$defs"]["Move"]["properties"]["to"]["anyOf"]]
    assert (schema["additionalProperties"], kinds) == (False, ["string", "array"])


def test_version_names_what_it_is_a_copy_of() -> None:
    found = version(SAMPLE)

    assert (found.question_id, found.vignette_id, found.quiz_id) == ("cold-hall", "cold-hall", "scenarios")
    assert (found.type, found.schema_version) == ("scenario", 1)
    assert len(found.digest) == len(found.scoring_digest) == 64


def test_copy_survives_json_and_loads_without_the_course(course: Course) -> None:
    session = course.scenario("cold-hall")
    found = pin_scenario(course, session)

    assert load_scenario(1, json.loads(json.dumps(found.data))).scenario == session


def test_labels_hold_words_and_addresses() -> None:
    assert version(SAMPLE).data["labels"] == {
        "objectives": [
            {"id": "serving.1", "text": "Ask before you serve.", "sections": [["/modules/serving/asking", "Asking"]]},
            {
                "id": "serving.2",
                "text": "Hand over a cup safely.",
                "sections": [["/modules/serving/handing-over", "Handing over"]],
            },
        ],
        "sources": {"leaf2019": ["Leaf & Kettle (2019)", "https://doi.org/10.1234/jit.2019.12"]},
        "misconceptions": {"longer-is-stronger": "The longer tea steeps, the better it is."},
        "harms": {"unasked-nuts": "Serving something without asking about allergies."},
    }


def test_same_files_give_the_same_digests() -> None:
    assert version(SAMPLE) == version(SAMPLE)


@pytest.mark.parametrize(
    ("old", "new", "plays_alike"),
    [
        ("reason: The kettle is here and now.", "reason: The kettle is here.", True),
        ("led_to: Rosa nodded.", "led_to: Rosa shook her head.", True),
        ("text: “Rosa, hear the kettle. We have time.”", "text: “Rosa, hear the kettle.”", False),
        ("I stand there and count the coats.", "I stand there.", False),
        ("window: [3, 6]", "window: [4, 6]", False),
    ],
)
def test_what_plays_alike_keeps_the_scoring_digest(root: Path, old: str, new: str, plays_alike: bool) -> None:
    before = version(root)
    edit(root, old, new)
    after = version(root)

    assert after.digest != before.digest
    assert (after.scoring_digest == before.scoring_digest) == plays_alike
