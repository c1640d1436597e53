"""Every page in every state: rules for accessibility, valid HTML, room at every width, and a quiet console."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.acts import State
from tests.browser.browsing import WIDE, Visitor, is_page
from tests.browser.gallery import STATES, Gallery, opened
from tests.browser.rules import overflowing, violations

pytestmark = pytest.mark.browser


@dataclass
class Findings:
    """What was seen of one page."""

    status: int
    html: str
    violations: list[str]
    overflowing: list[str]
    complaints: list[str]


class Inspector:
    """Opens each page once, whatever is asked about it. Pages on which nothing is done follow one another in one window
    of each instance, with other cookies: a window of its own takes a browser longer than all that is asked."""

    def __init__(self, browser: Browser, gallery: Gallery, axe: str) -> None:
        self.browser, self.gallery, self.axe = browser, gallery, axe
        self.found: dict[str, Findings] = {}
        self.looking: dict[str, Visitor] = {}

    def findings(self, state: State) -> Findings:
        if state.name not in self.found:
            self.found[state.name] = self._inspect(state)
        return self.found[state.name]

    def _inspect(self, state: State) -> Findings:
        visitor = self._visitor(state)
        page, complaints = visitor.page, visitor.watch.complaints
        documents: list[Response] = []

        def note(response: Response) -> None:
            if is_page(response):
                documents.append(response)

        page.on("response", note)
        page.goto(self.gallery.address(state))
        if state.act:
            state.act(page)
        html = documents[-1].text()
        too_wide = overflowing(page)
        found = Findings(documents[-1].status, html, violations(page, self.axe), too_wide, list(complaints))
        page.remove_listener("response", note)
        complaints.clear()
        if state.act:
            visitor.close()
        return found

    def _visitor(self, state: State) -> Visitor:
        """As wide and light as at first, signed in as whoever looks."""
        instance = self.gallery.instances[state.on]
        visitor = None if state.act else self.looking.get(state.on)
        if visitor is None:
            visitor = Visitor(self.browser, instance)
            if not state.act:
                self.looking[state.on] = visitor
        width, height = WIDE
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.page.emulate_media(color_scheme="light")
        visitor.context.clear_cookies()
        if state.who:
            visitor.sign_in(self.gallery.people[state.who])
        return visitor

    def close(self) -> None:
        for visitor in self.looking.values():
            visitor.close()


@pytest.fixture(scope="module")
def inspector(browser: Browser, axe_source: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inspector]:
    with opened(tmp_path_factory.mktemp("gallery")) as gallery:
        inspector = Inspector(browser, gallery, axe_source)
        yield inspector
        inspector.close()


every_page = pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)


@every_page
def test_page_is_accessible_fits_every_width_and_loads_without_complaint(inspector: Inspector, state: State) -> None:
    found = inspector.findings(state)
    assert (found.violations, found.overflowing, found.complaints) == ([], [], [])
    assert found.status == state.status


def test_every_page_is_valid_html(inspector: Inspector, vnu_command: list[str], tmp_path: Path) -> None:
    for state in STATES:
        (tmp_path / f"{state.name}.html").write_text(inspector.findings(state).html, encoding="utf-8")
    command = [*vnu_command, "--format", "json", "--exit-zero-always", *map(str, sorted(tmp_path.glob("*.html")))]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)
    told = [
        f"{Path(one['url']).stem}:{one['lastLine']}: {one['message']} {one.get('extract', '').strip()[:100]}"
        for one in report["messages"]
    ]
    assert told == []
