"""Films on the page of a section: nothing is loaded before somebody asks for it, and each can be read instead."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.browsing import Visitor, ready
from tests.browser.conftest import Arrive
from tests.browser.hands import Keyboard
from tests.browser.instance import SAMPLE_COURSE, Instance, running

pytestmark = pytest.mark.browser

SECTION = "/modules/serving/asking"
HOST = "https://player.example"
FILM = f"""video: pot
title: A pot is warmed
by: Institute of Tea
minutes: 3
sections: ["serving#asking"]
embed: {HOST}/embed/7
captions:
  - {{language: en}}
consent: {{by: Both people seen, on: 2026-05-04, kept: the safe}}
licence: CC BY-NC 4.0
transcript: |
  A host warms a pot and pours the water away.
"""
OWN = FILM.replace("video: pot", "video: kettle").replace(f"embed: {HOST}/embed/7", "file: kettle.mp4")
OWN = OWN.replace("asking", "handing-over").replace("{language: en}", "{language: en, file: kettle.en.vtt}")
PLAYER = "<!doctype html><html lang=en><title>Player</title><p>The player</p>"


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    folder = tmp_path_factory.mktemp("films")
    course = shutil.copytree(SAMPLE_COURSE, folder / "course-files")
    videos = course / "course" / "videos"
    videos.mkdir()
    (videos / "pot.yaml").write_text(FILM, encoding="utf-8")
    (videos / "kettle.yaml").write_text(OWN, encoding="utf-8")
    (videos / "kettle.mp4").write_bytes(b"no real video: nobody plays it here")
    (videos / "kettle.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nTea?\n", encoding="utf-8")
    with running(folder / "data", course, IMRS_WORKERS="1") as started:
        yield started


@dataclass
class Elsewhere:
    """The other site: what was asked of it, and what it learnt of the page it was asked from."""

    asked: list[str] = field(default_factory=list)
    referrers: list[str | None] = field(default_factory=list)

    def __call__(self, route: Route, request: Request) -> None:
        self.asked.append(request.url)
        self.referrers.append(request.headers.get("referer"))
        route.fulfill(body=PLAYER, content_type="text/html")


def arrived(instance: Instance, arrive: Arrive, **options: bool) -> tuple[Page, Elsewhere]:
    visitor: Visitor = arrive(instance, **options)
    visitor.sign_in(instance.join("Ada Lindqvist").person_id)
    elsewhere = Elsewhere()
    visitor.context.route(f"{HOST}/**", elsewhere)
    visitor.page.goto(SECTION)
    ready(visitor.page)
    return visitor.page, elsewhere


def test_a_player_is_asked_for_by_a_key_and_not_before(instance: Instance, arrive: Arrive) -> None:
    page, elsewhere = arrived(instance, arrive)
    film = page.locator(".film")
    film.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert elsewhere.asked == []

    Keyboard().unfold(page, "Play it here")

    expect(film.frame_locator("iframe").get_by_text("The player")).to_be_visible()
    expect(film.locator("iframe")).to_be_focused()
    expect(film.locator("iframe")).to_have_attribute("title", "A pot is warmed")
    assert (elsewhere.asked, elsewhere.referrers) == ([f"{HOST}/embed/7"], [None])


def test_a_frame_of_any_other_site_is_refused(instance: Instance, arrive: Arrive) -> None:
    visitor = arrive(instance)
    visitor.sign_in(instance.join("Ada Lindqvist").person_id)
    other = Elsewhere()
    visitor.context.route("https://other.example/**", other)
    visitor.page.goto(SECTION)
    ready(visitor.page)

    with visitor.page.expect_console_message(lambda said: "frame-src" in said.text):
        visitor.page.evaluate(
            "document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://other.example/'}))"
        )

    assert other.asked == []
    visitor.watch.complaints.clear()


def test_the_film_can_be_read_and_opened_elsewhere_without_scripts(instance: Instance, arrive: Arrive) -> None:
    page, elsewhere = arrived(instance, arrive, java_script_enabled=False)
    film = page.locator(".film")

    film.get_by_text("The video in words").click()

    expect(film.get_by_text("A host warms a pot and pours the water away.")).to_be_visible()
    expect(film.get_by_role("button")).to_be_hidden()
    expect(film.get_by_role("link", name="Open it at player.example")).to_have_attribute("href", f"{HOST}/embed/7")
    assert elsewhere.asked == []


def test_a_film_of_ones_own_loads_when_played_and_comes_with_captions_and_words(
    instance: Instance, arrive: Arrive
) -> None:
    visitor = arrive(instance)
    visitor.sign_in(instance.join("Ada Lindqvist").person_id)
    page, asked = visitor.page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/modules/serving/handing-over")
    ready(page)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.endswith(".mp4")] == []

    captions = page.request.get(page.locator(".film track").get_attribute("src") or "")
    Keyboard().unfold(page, "The video in words")

    assert "Tea?" in captions.text()
    expect(page.locator(".film").get_by_text("A host warms a pot")).to_be_visible()
