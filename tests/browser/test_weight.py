"""What a visit costs on the wire, and whether anything moves while a page loads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Response, Route

from tests.browser.browsing import Visitor, whole
from tests.browser.conftest import Arrive
from tests.browser.instance import ROOT, Instance, running
from tests.browser.rules import SHIFTS
from tests.shipped import shipped as read_shipped

pytestmark = pytest.mark.browser

FIRST_VISIT = (10, 120_000)
"""Requests and bytes at most, headers included."""
LATER_PAGE = (3, 20_000)
CASE = "hotspots-mirza"
"""The same question every time: where lines break depends on the words."""


@pytest.fixture(scope="module")
def browser(browser: Browser) -> Iterator[Browser]:
    with whole(browser) as started:
        yield started


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with running(tmp_path_factory.mktemp("shipped") / "data", ROOT) as started:
        yield started


@pytest.fixture
def visitor(shipped: Instance, arrive: Arrive) -> Visitor:
    """Somebody signed in, with an empty cache."""
    visitor = arrive(shipped)
    visitor.sign_in(shipped.join("Ada Lindqvist").person_id)
    return visitor


@dataclass
class Wire:
    """Counts what a page asks for, as the network sees it: compressed, with headers."""

    session: CDPSession
    bytes_by_address: dict[str, float] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)
    _from_cache: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, page: Page) -> "Wire":
        wire = cls(page.context.new_cdp_session(page))
        wire.session.on("Network.requestWillBeSent", wire._sent)
        wire.session.on("Network.requestServedFromCache", lambda event: wire._from_cache.add(event["requestId"]))
        wire.session.on("Network.responseReceived", wire._received)
        wire.session.on("Network.loadingFinished", wire._finished)
        wire.session.send("Network.enable")
        return wire

    def _sent(self, event: dict[str, Any]) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _received(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._from_cache.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        address = self._addresses[event["requestId"]]
        if event["requestId"] not in self._from_cache and address.startswith("http"):
            self.bytes_by_address[address] = event["encodedDataLength"]

    def open(self, page: Page, path: str) -> tuple[int, float]:
        """(requests, bytes) of opening `path`."""
        self.bytes_by_address.clear()
        page.goto(path)
        page.wait_for_timeout(100)  # whatever is asked for only after the page has loaded
        return len(self.bytes_by_address), sum(self.bytes_by_address.values())


@pytest.mark.parametrize("path", ["/", "/modules/hotspots/enough-feeling"])
def test_first_visit_is_light(visitor: Visitor, path: str) -> None:
    requests, size = Wire.of(visitor.page).open(visitor.page, path)
    print(f"First visit to {path}: {requests} requests, {size:.0f} bytes.")
    assert 1 < requests <= FIRST_VISIT[0]
    assert size <= FIRST_VISIT[1]


def test_every_later_lesson_page_is_light(visitor: Visitor) -> None:
    page = visitor.page
    wire = Wire.of(page)
    wire.open(page, "/modules/before-you-begin/course")
    sections = [section.url for module in read_shipped().modules for section in module.sections]
    costs = {path: wire.open(page, path) for path in sections[1:]}
    print(f"Heaviest of {len(costs)}: {max(costs.items(), key=lambda cost: cost[1][1])}")
    assert {path: cost for path, cost in costs.items() if cost[0] > LATER_PAGE[0] or cost[1] > LATER_PAGE[1]} == {}


def test_pages_are_compressed(visitor: Visitor) -> None:
    encodings: dict[str, str | None] = {}

    def note(response: Response) -> None:
        encodings.setdefault(response.request.resource_type, response.headers.get("content-encoding"))

    visitor.page.on("response", note)
    visitor.page.goto("/modules/hotspots/enough-feeling")
    plain = [kind for kind in ("document", "stylesheet", "script") if encodings[kind] not in {"br", "zstd", "gzip"}]
    assert plain == []


@pytest.mark.usefixtures("fallback_fonts")
@pytest.mark.parametrize("fonts_come_late", [False, True], ids=["fonts_at_once", "fonts_late"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_lesson_and_question_load(
    shipped: Instance, arrive: Arrive, width: int, fonts_come_late: bool
) -> None:
    visitor, ada = arrive(shipped), shipped.join("Ada Lindqvist")
    visitor.sign_in(ada.person_id)
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 800})
    if fonts_come_late:
        page.route("**/fonts/*.woff2", _late)
    moved: dict[str, float] = {}
    for path in ("/modules/hotspots/enough-feeling", "/quizzes/hotspots"):
        page.goto(path, wait_until="networkidle")
        moved[path] = page.evaluate(SHIFTS)
    attempt = shipped.begin_quiz(ada.person_id, "hotspots", lambda drawn: drawn.items[0].vignette_id == CASE)
    page.goto(f"/attempts/{attempt.id}/1", wait_until="networkidle")
    moved["question"] = page.evaluate(SHIFTS)
    # Late fonts swap in over fallbacks cut to their size: lines stay where they were, to a fraction of one.
    most = 0.01 if fonts_come_late else 0
    assert {path: shift for path, shift in moved.items() if shift > most} == {}


def _late(route: Route) -> None:
    route.request.frame.page.wait_for_timeout(400)
    route.continue_()
