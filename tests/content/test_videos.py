"""Videos that an institute adds: what they must come with."""

from pathlib import Path

import pytest

from app.content import load_course
from app.content.videos import host_of
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


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://video.example", "video.example"),
        ("https://Video.Example/embed/7?a=1#b", "video.example"),
        ("https://video.example:8443/embed;x", "video.example:8443"),
        ("https://xn--bcher-kva.example/é", "xn--bcher-kva.example"),
        ("https://127.0.0.1?x", "127.0.0.1"),
        ("https://localhost/", "localhost"),
    ],
)
def test_the_host_goes_with_its_port_in_small_letters(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    "address",
    [
        "https://*/7",
        "https://*.example/7",
        "https://a;sandbox/7",
        "https://a,b/7",
        "https://me@video.example/7",
        "https://me:secret@video.example/7",
        "https://video.example@elsewhere.example/7",
        "https:///7",
        "https://?7",
        "https://[bad/7",
        "https://[::1]/7",
        "https://bücher.example/7",
        "https://a℀b.example/7",
        "https://vıdeo.example/7",
        "https://video.example./7",
        "https://video..example/7",
        "https://-video.example/7",
        "https://video.example:x/7",
        "https://video.example:/7",
        "https://a%0d%0ab/7",
        "https://a\u200bb/7",
    ],
)
def test_a_host_that_no_policy_can_name_is_refused(root: Path, address: str) -> None:
    (root / FILE).write_text(ELSEWHERE.replace("https://video.example/embed/7", f'"{address}"'), encoding="utf-8")

    assert host_of(address) is None
    assert (FILE, 6) in {(fault.path, fault.line) for fault in faults_of(root)}


def test_a_link_out_of_the_course_is_refused(root: Path, tmp_path: Path) -> None:
    secret, film = tmp_path / "secret-key", root / "course/videos/kettle.mp4"
    secret.write_text("secret", encoding="utf-8")
    film.rename(root / "course/videos/whole.mp4")
    film.symlink_to("whole.mp4")
    assert faults_of(root) == ()
    film.unlink()
    film.symlink_to(secret)

    assert [(fault.line, fault.message) for fault in faults_of(root)] == [
        (6, "course/videos/kettle.mp4 leads out of the course.")
    ]


def test_captions_are_called_what_they_are(root: Path) -> None:
    (root / "course/videos/kettle.html").write_text("WEBVTT<script src=x></script>", encoding="utf-8")
    (root / FILE).write_text(OWN.replace("kettle.en.vtt", "kettle.html"), encoding="utf-8")

    assert [(fault.line, fault.message) for fault in faults_of(root)] == [(8, "`kettle.html` is not WebVTT.")]


def test_captions_may_begin_with_a_byte_order_mark(root: Path) -> None:
    (root / "course/videos/kettle.en.vtt").write_text("WEBVTT\n", encoding="utf-8-sig")

    assert faults_of(root) == ()


@pytest.mark.slow
def test_none_is_shipped() -> None:
    assert shipped().videos == {}
