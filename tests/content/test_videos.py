"""Videos that an institute adds: what they must come with."""

from pathlib import Path

import pytest

from app.content import load_course
from tests.content.conftest import faults_of
from tests.shipped import shipped

FILE = "course/videos/kettle.yaml"
OWN = """video: kettle
title: A kettle is filled
by: Institute of Tea
minutes: 3
sections: ["serving#asking"]
file: kettle.mp4
captions:
  - {language: en, file: kettle.en.vtt}
  - {language: nl, file: kettle.nl.vtt}
consent: {by: Both people seen, on: 2026-05-04, kept: the institute's safe}
licence: CC BY-NC 4.0
transcript: |
  A host fills a kettle. *She hums.*
"""
ELSEWHERE = OWN.replace("file: kettle.mp4", "embed: https://video.example/embed/7").replace(", file: kettle.en.vtt", "")
ELSEWHERE = ELSEWHERE.replace(", file: kettle.nl.vtt", "")


@pytest.fixture
def root(root: Path) -> Path:
    folder = root / "course/videos"
    folder.mkdir()
    (folder / "kettle.mp4").write_bytes(b"no real video")
    for language in ("en", "nl"):
        (folder / f"kettle.{language}.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nTea?\n", encoding="utf-8")
    (root / FILE).write_text(OWN, encoding="utf-8")
    return root


def test_a_file_of_ones_own(root: Path) -> None:
    course = load_course(root)
    video = course.videos["kettle"]

    assert (video.type, video.host, video.files) == (
        "video/mp4",
        None,
        ("kettle.mp4", "kettle.en.vtt", "kettle.nl.vtt"),
    )
    assert video.consent == "Both people seen, 2026-05-04"
    assert "<em>She hums.</em>" in video.transcript_html
    assert course.videos_for(course.section("serving", "asking")) == (video,)
    assert course.videos_for(course.section("serving", "handing-over")) == ()


def test_a_player_elsewhere(root: Path) -> None:
    (root / FILE).write_text(ELSEWHERE, encoding="utf-8")
    video = load_course(root).videos["kettle"]

    assert (video.type, video.host, video.files) == (None, "video.example", ())


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("video: kettle", "video: pot", 1, "The video `pot` stands in course/videos/kettle.yaml."),
        ("serving#asking", "serving#nothing", 5, "Module `serving` has no section `nothing`."),
        ("file: kettle.mp4", "file: kettle.avi", 6, "`kettle.avi` is no kind of video that browsers play."),
        ("file: kettle.mp4", "file: pot.mp4", 6, "There is no file course/videos/pot.mp4."),
        ("file: kettle.mp4", "file: ../kettle.mp4", 6, "`../kettle.mp4` is not the name of a file."),
        (
            "file: kettle.mp4\n",
            "file: kettle.mp4\nembed: https://video.example/7\n",
            1,
            "A video has either a `file` or an `embed`.",
        ),
        ("file: kettle.mp4\n", "", 1, "A video has either a `file` or an `embed`."),
        ("file: kettle.mp4", "embed: http://video.example/7", 6, None),
        ("file: kettle.en.vtt", "file: kettle.de.vtt", 8, "There is no file course/videos/kettle.de.vtt."),
        (", file: kettle.en.vtt", "", 8, "These captions have no file."),
        ("file: kettle.en.vtt", "file: kettle.mp4", 8, "`kettle.mp4` is not WebVTT."),
        ("consent: {by: Both people seen, on: 2026-05-04, kept: the institute's safe}\n", "", 1, None),
        ("licence: CC BY-NC 4.0\n", "", 1, None),
        ("transcript: |\n  A host fills a kettle. *She hums.*\n", "", 1, None),
    ],
)
def test_what_is_missing_or_wrong_has_a_place(root: Path, old: str, new: str, line: int, message: str | None) -> None:
    assert old in OWN
    (root / FILE).write_text(OWN.replace(old, new, 1), encoding="utf-8")

    found = [(fault.path, fault.line, fault.message) for fault in faults_of(root)]

    assert (FILE, line) in {place[:2] for place in found}
    assert message is None or (FILE, line, message) in found


def test_captions_are_required(root: Path) -> None:
    start, end = OWN.index("captions:"), OWN.index("consent:")
    (root / FILE).write_text(OWN[:start] + "captions: []\n" + OWN[end:], encoding="utf-8")

    assert [(fault.path, fault.line) for fault in faults_of(root)] == [(FILE, 7)]


def test_a_player_elsewhere_brings_its_own_captions(root: Path) -> None:
    text = ELSEWHERE.replace("{language: en}", "{language: en, file: kettle.en.vtt}")
    (root / FILE).write_text(text, encoding="utf-8")

    assert [fault.message for fault in faults_of(root)] == ["A player elsewhere brings its own captions."]


@pytest.mark.slow
def test_none_is_shipped() -> None:
    assert shipped().videos == {}
