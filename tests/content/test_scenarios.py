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


def test_neutral_session_is_mild_itself(root: Path) -> None:
    other(root, "wet-hall", "opening: |", "content_note: Wet sleeves.\nneutral: cold-hall\nopening: |")
    edit(root, "opening: |", "content_note: Cold sleeves.\nneutral: wet-hall\nopening: |")

    message, mend = "The session `{}` names a neutral one itself.", "Name one that is mild, so that it needs none."
    assert faults_of(root) == (
        Fault(FILE, 12, message.format("wet-hall"), mend),
        Fault("quizzes/scenarios/wet-hall.yaml", 12, message.format("cold-hall"), mend),
    )


def test_neutral_session_practises_some_of_the_same(root: Path) -> None:
    other(root, "wet-hall", "objectives: [serving.1, serving.2]", "objectives: [brewing.1]")
    edit(root, "opening: |", "content_note: Cold sleeves.\nneutral: wet-hall\nopening: |")

    message = "The session `wet-hall` serves none of these objectives."
    assert faults_of(root) == (Fault(FILE, 12, message, "Name one that shares an objective."),)


START = "{arousal: 3, presence: 7, need: 0, belief: 3, control: 5}"
FOLLOWS = f"""follows:
  scenario: cold-hall
  left:
    - {{endings: [%s], opening: She sat down at once., start: {START}}}
    - {{endings: [%s], opening: She stood at the door., start: {START}}}
opening: |"""


@pytest.mark.parametrize(
    ("first", "second", "message", "line"),
    [
        ("ENDING0", "ENDING1, ENDING2", None, 0),
        ("ENDING0", "ENDING1", "Not every ending of `cold-hall` leads on.", 14),
        ("ENDING0", "ENDING0, ENDING1, ENDING2", "The ending `ENDING0` stands here twice.", 15),
        ("ENDING0, gone", "ENDING1, ENDING2", "The session `cold-hall` has no ending `gone`.", 14),
    ],
)
def test_every_ending_of_the_session_before_leads_on_once(
    root: Path, course: Course, first: str, second: str, message: str | None, line: int
) -> None:
    for number, ending in enumerate(course.scenario("cold-hall").endings):
        first, second = (text.replace(f"ENDING{number}", ending.id) for text in (first, second))
        message = message.replace(f"ENDING{number}", ending.id) if message else None
    other(root, "cold-hall-again", "opening: |", FOLLOWS % (first, second))

    found = [(fault.line, fault.message) for fault in faults_of(root)]

    assert found == ([(line, message)] if message else [])


def test_session_follows_another_with_the_same_client(root: Path) -> None:
    other(
        root,
        "cold-hall-again",
        "client: Rosa",
        "client: Rosie\nfollows: {{scenario: cold-hall, left: [{}]}}".format(
            f"{{endings: [none], opening: She came., start: {START}}}"
        ),
    )

    messages = [fault.message for fault in faults_of(root)]

    assert "The client of `cold-hall` is Rosa, not Rosie." in messages


def test_what_is_named_as_a_path_holds_after_every_ending(root: Path, course: Course) -> None:
    ids = ", ".join(ending.id for ending in course.scenario("cold-hall").endings)
    low = "{arousal: 10, presence: 0, need: 0, belief: 0, control: 0}"
    left = f"{{endings: [{ids}], opening: She came., start: {low}}}"
    other(root, "cold-hall-again", "opening: |", f"follows: {{scenario: cold-hall, left: [{left}]}}\nopening: |")

    first = course.scenario("cold-hall").endings[0].id
    assert [fault for fault in faults_of(root) if fault.message.startswith(f"Begun after `{first}`: ")] != []


def other(root: Path, id: str, old: str, new: str) -> None:
    """A second session beside the sample's, changed in one place."""
    text = (root / FILE).read_text(encoding="utf-8").replace("scenario: cold-hall", f"scenario: {id}")
    assert old in text
    (root / f"quizzes/scenarios/{id}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")


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
