"""Videos on the page of a section: what is served, to whom, and that nothing is asked of other sites before a click."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.content.records import Course
from app.content.videos import Video
from app.security import POLICY
from tests.conftest import Browser

PAGE = "/modules/serving/asking"
OWN = Video(
    id="kettle",
    title="A kettle is filled",
    by="Institute of Tea",
    minutes=3,
    content_note="Steam.",
    file="kettle.mp4",
    embed=None,
    captions=(("en", "kettle.en.vtt"),),
    consent="Both people seen, 2026-05-04",
    licence="CC BY-NC 4.0",
    transcript_html="<p>A host fills a kettle.</p>",
    sections=(("serving", "asking"),),
)
ELSEWHERE = replace(OWN, id="pot", file=None, embed="https://video.example/embed/7", captions=(("en", None),))


@pytest.fixture
def show(app: Flask, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A course with both kinds, whose files lie in a folder of their own."""
    folder = tmp_path / "course/videos"
    folder.mkdir(parents=True)
    (folder / "kettle.mp4").write_bytes(bytes(range(100)))
    (folder / "kettle.en.vtt").write_text("WEBVTT\n", encoding="utf-8")
    (folder / "secret.mp4").write_bytes(b"not named by the course")
    shown = replace(course, videos={"kettle": OWN, "pot": ELSEWHERE})
    monkeypatch.setattr("app.site.views.current_course", lambda: shown)
    monkeypatch.setattr("app.learning.views.current_course", lambda: shown)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], course=tmp_path))


@pytest.mark.usefixtures("show")
def test_a_video_comes_with_captions_words_consent_and_licence(ada: Browser) -> None:
    page = ada.get(PAGE).text

    assert '<source src="/videos/kettle.mp4" type="video/mp4">' in page
    assert '<track kind="captions" src="/videos/kettle.en.vtt" srclang="en"' in page
    assert 'preload="none"' in page
    for words in ("Steam.", "A host fills a kettle.", "Consent: Both people seen, 2026-05-04", "CC BY-NC 4.0"):
        assert words in page


@pytest.mark.usefixtures("show")
def test_nothing_is_loaded_from_elsewhere_before_a_click(ada: Browser) -> None:
    page = ada.get(PAGE)

    assert "<iframe" not in page.text
    assert 'data-address="https://video.example/embed/7"' in page.text
    assert '<a class="button plain" href="https://video.example/embed/7" rel="noreferrer" target="_blank">' in page.text
    assert page.headers["Content-Security-Policy"] == f"{POLICY}; frame-src https://video.example"


@pytest.mark.usefixtures("show")
def test_the_policy_names_the_port_and_each_host_once(
    ada: Browser, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = replace(ELSEWHERE, id="lid", embed="https://VIDEO.example:8443/7")
    videos = {one.id: one for one in (ELSEWHERE, replace(ELSEWHERE, id="pot-two"), port)}
    monkeypatch.setattr("app.learning.views.current_course", lambda: replace(course, videos=videos))

    policy = ada.get(PAGE).headers["Content-Security-Policy"]

    assert policy == f"{POLICY}; frame-src https://video.example https://video.example:8443"


@pytest.mark.usefixtures("show")
def test_other_pages_allow_no_frame(ada: Browser) -> None:
    assert ada.get("/modules/serving/handing-over").headers["Content-Security-Policy"] == POLICY
    assert ada.get("/course").headers["Content-Security-Policy"] == POLICY


@pytest.mark.usefixtures("show")
def test_files_are_for_those_who_have_signed_in_and_come_in_parts(ada: Browser, stranger: Browser) -> None:
    assert stranger.get("/videos/kettle.mp4").status_code == 302
    part = ada.get("/videos/kettle.mp4", headers={"Range": "bytes=10-19"})

    assert (part.status_code, part.data) == (206, bytes(range(10, 20)))
    assert part.headers["Cache-Control"] == "private, no-store"
    assert ada.get("/videos/kettle.en.vtt").mimetype == "text/vtt"


@pytest.mark.usefixtures("show")
@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("bytes=0-", "bytes 0-1048575/3000000"),
        ("bytes=7-2999999", "bytes 7-1048582/3000000"),
        ("bytes=0-1", "bytes 0-1/3000000"),
        ("bytes=2500000-", "bytes 2500000-2999999/3000000"),
        ("bytes=-10", "bytes 2999990-2999999/3000000"),
    ],
)
def test_whoever_watches_gets_a_piece_at_a_time(ada: Browser, tmp_path: Path, asked: str, sent: str) -> None:
    (tmp_path / "course/videos/kettle.mp4").write_bytes(bytes(3_000_000))

    piece = ada.get("/videos/kettle.mp4", headers={"Range": asked})

    assert (piece.status_code, piece.headers["Content-Range"]) == (206, sent)


@pytest.mark.usefixtures("show")
@pytest.mark.parametrize(
    "asked", ["bytes=3000000-", "bytes=5-2", "bytes=0-1,4-5", "bytes=x", "lines=0-", "bytes=" + "9" * 300 + "-"]
)
def test_a_range_that_is_none_is_refused(ada: Browser, asked: str) -> None:
    assert ada.get("/videos/kettle.mp4", headers={"Range": asked}).status_code == 416


@pytest.mark.usefixtures("show")
def test_what_a_file_is_does_not_hang_on_the_machine(ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mimetypes.guess_type", lambda *_args, **_options: ("text/html", None))

    assert ada.get("/videos/kettle.mp4").mimetype == "video/mp4"
    assert ada.get("/videos/kettle.en.vtt").mimetype == "text/vtt"


@pytest.mark.usefixtures("show")
@pytest.mark.parametrize("name", ["secret.mp4", "..%2Fcourse.yaml", "course.yaml", "kettle.yaml"])
def test_no_file_is_served_that_the_course_does_not_name(ada: Browser, name: str) -> None:
    assert ada.get(f"/videos/{name}").status_code == 404
