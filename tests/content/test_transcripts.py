"""Worked transcripts, from the file to the record."""

from pathlib import Path

import pytest

from app.content import Course, Fault, load_course
from app.content.transcripts import THERAPIST
from tests.content.conftest import SAMPLE, Spoil, faults_of
from tests.shipped import shipped

FILE = "course/transcripts/one-pot.yaml"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(SAMPLE)


def test_lines_are_numbered_and_know_who_speaks(course: Course) -> None:
    transcript = course.transcripts["one-pot"]

    assert [(line.number, line.by_therapist) for line in transcript.lines] == [
        (1, True),
        (2, False),
        (3, True),
        (4, False),
        (5, True),
        (6, False),
    ]
    assert [line.part for line in transcript.lines if line.part] == ["Asking", "Pouring"]
    assert transcript.guesses == 2


def test_notes_say_what_they_rest_on(course: Course) -> None:
    notes = [line.note for line in course.transcripts["one-pot"].lines if line.note]

    assert [note.basis for note in notes] == ["convention", "evidence", "debated"]
    assert notes[0].html.startswith("A question before the kettle is on can be answered with <em>no</em>")
    assert notes[1].sources == (("Leaf & Kettle (2019)", "https://doi.org/10.1234/jit.2019.12"),)


def test_sections_know_their_transcripts(course: Course) -> None:
    transcript = course.transcripts["one-pot"]

    assert course.transcripts_for(course.section("serving", "asking")) == (transcript,)
    assert course.transcripts_for(course.section("serving", "handing-over")) == ()


def test_a_course_without_transcripts_is_sound(root: Path) -> None:
    (root / FILE).unlink()

    assert load_course(root).transcripts == {}


def test_a_transcript_that_cannot_be_read_is_one_fault(root: Path) -> None:
    (root / FILE).write_text("lines: [", encoding="utf-8")

    assert [(fault.path, fault.line) for fault in faults_of(root)] == [(FILE, 1)]


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "mend"),
    [
        (
            "transcript: one-pot",
            "transcript: two-pots",
            2,
            "The transcript `two-pots` stands in course/transcripts/one-pot.yaml.",
            "Write `transcript: one-pot`, or rename the file.",
        ),
        ("[serving.1]", "[serving.9]", 10, "There is no objective `serving.9` in `serving`.", None),
        ("[TEA-2]", "[TEA-9]", 11, "There is no claim `TEA-9`.", None),
        ("serving#asking", "serving#nothing", 12, "Module `serving` has no section `nothing`.", None),
        ("who: Nilo", "who: Nila", 26, "Nobody here is called “Nila”.", "Write `Therapist` or `Nilo`."),
        ("id: l2", "id: l1", 25, "The line id `l1` occurs twice.", "Give each line its own id."),
        (
            "text: “Whatever is easiest.”",
            "text: “Whatever is easiest.”\n    predict: true",
            28,
            "The reader cannot know what the client will say.",
            "Ask before a line of the therapist.",
        ),
        (
            "    basis: convention\n",
            "",
            23,
            "The note does not say what it rests on.",
            "Add `basis`: evidence, convention or debated.",
        ),
        (
            "\n    sources: [leaf2019]",
            "",
            33,
            "`basis: evidence` without a source.",
            "Add `sources: [<reference id>]` or change the basis.",
        ),
        ("[leaf2019]", "[leaf2018]", 34, "There is no reference `leaf2018`.", None),
        (
            "    note: Here it turns. Some hosts would have asked about the thirty years first.\n",
            "",
            38,
            "`basis` stands without a note.",
            "Write `note`, or remove it.",
        ),
        ("*like*", "[[steeping]]", 31, None, None),
    ],
)
def test_faults_have_a_place_and_a_mend(
    spoil: Spoil, old: str, new: str, line: int, message: str | None, mend: str | None
) -> None:
    (fault,) = spoil(FILE, old, new)

    assert (fault.path, fault.line) == (FILE, line)
    assert message is None or fault.message == message
    assert mend is None or fault.mend == mend


def test_a_link_may_lead_to_a_transcript(spoil: Spoil) -> None:
    assert spoil("modules/serving.md", "A good host asks first.", "[Read](/transcripts/one-pot).") == ()
    assert spoil("modules/serving.md", "/transcripts/one-pot", "/transcripts/two") == (
        Fault(
            "modules/serving.md",
            13,
            "There is no transcript at `/transcripts/two`.",
            "The transcripts are `one-pot`.",
        ),
    )


@pytest.mark.slow
def test_shipped_transcripts_are_as_long_as_a_session_bears_and_ask_for_own_lines() -> None:
    for transcript in shipped().transcripts.values():
        notes = [line.note for line in transcript.lines if line.by_therapist]
        assert 20 <= len(transcript.lines) <= 30, transcript.id
        assert 4 <= transcript.guesses <= 7, transcript.id
        assert sum(note is not None for note in notes) * 2 > len(notes), transcript.id
        assert {line.who for line in transcript.lines} == {THERAPIST, transcript.client}


@pytest.mark.slow
def test_every_phase_of_treatment_and_two_more_have_a_shipped_transcript() -> None:
    found = [one.phase for one in shipped().transcripts.values()]

    assert set(found) == {"diagnostic imagery", "therapist rescripts", "client rescripts", "future image"}
    assert len(found) == 6
