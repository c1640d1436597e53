import logging
import os
from pathlib import Path

import pytest
from flask import Flask

from app.content import CourseFaults, current_course, init_app


def served(root: Path, reload: bool) -> Flask:
    app = Flask(__name__)
    init_app(app, root, reload=reload)
    app.add_url_rule("/title", view_func=lambda: current_course().title)
    return app


def retitle(root: Path, title: str) -> None:
    path = root / "course/course.yaml"
    text = path.read_text(encoding="utf-8").split("\n", 1)[1]
    path.write_text(f"title: {title}\n{text}", encoding="utf-8")
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))


def test_course_is_served(root: Path) -> None:
    assert served(root, reload=False).test_client().get("/title").text == "Making Tea"


def test_faulty_course_does_not_start(root: Path) -> None:
    retitle(root, "[")
    with pytest.raises(CourseFaults) as raised:
        served(root, reload=True)
    assert [fault.path for fault in raised.value.faults] == ["course/course.yaml"]


def test_change_is_seen_on_the_next_request(root: Path) -> None:
    client = served(root, reload=True).test_client()
    retitle(root, "Making Coffee")
    assert client.get("/title").text == "Making Coffee"


def test_change_is_not_seen_without_reload(root: Path) -> None:
    client = served(root, reload=False).test_client()
    retitle(root, "Making Coffee")
    assert client.get("/title").text == "Making Tea"


def test_faulty_change_keeps_the_course_and_is_logged(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    client = served(root, reload=True).test_client()
    retitle(root, "<b>Coffee</b>")

    with caplog.at_level(logging.ERROR):
        assert client.get("/title").text == "Making Tea"
        assert client.get("/title").text == "Making Tea"

    (record,) = caplog.records
    assert "course/course.yaml:1: Raw HTML is not used." in record.getMessage()
    retitle(root, "Mended")
    assert client.get("/title").text == "Mended"
