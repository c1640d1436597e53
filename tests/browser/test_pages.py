"""Every page in every state: rules for accessibility, valid HTML, room at every width, and a quiet console."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.browsing import WIDE, Visitor
from tests.browser.gallery import STATES, Gallery, State, opened

pytestmark = pytest.mark.browser

PHONE = (390, 844)
# A window of 1280 pixels at 200 % zoom has 640 to lay out in; 320 is what WCAG asks for (1.4.10).
NARROW = (640, 390, 320)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
# Dark colours change nothing but colours.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}
}
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > wide + 1 || one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.tagName}.${one.className.baseVal ?? one.className}`).slice(0, 8);
}"""


@dataclass
class Findings:
    """What was seen of one page."""

    status: int
    html: str
    violations: list[str]
    overflowing: list[str]
    complaints: list[str]


class Inspector:
    """Opens each page once, whatever is asked about it."""

    def __init__(self, browser: Browser, gallery: Gallery, axe: str) -> None:
        self.browser, self.gallery, self.axe = browser, gallery, axe
        self.found: dict[str, Findings] = {}

    def findings(self, state: State) -> Findings:
        if state.name not in self.found:
            self.found[state.name] = self._inspect(state)
        return self.found[state.name]

    def _inspect(self, state: State) -> Findings:
        visitor = Visitor(self.browser, self.gallery.instances[state.on])
        if state.who:
            visitor.sign_in(self.gallery.people[state.who])
        page = visitor.page
        documents: list[Response] = []

        def note(response: Response) -> None:
            if response.request.is_navigation_request():
                documents.append(response)

        page.on("response", note)
        page.goto(self.gallery.address(state))
        if state.act:
            state.act(page)
        html = documents[-1].text()
        overflowing = self._overflowing(page)
        found = Findings(documents[-1].status, html, self._violations(page), overflowing, visitor.watch.complaints)
        visitor.close()
        return found

    def _violations(self, page: Page) -> list[str]:
        page.evaluate(self.axe)
        found: list[str] = []
        for width, height in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            for scheme, rules in (("light", RULES), ("dark", COLOUR_RULES)):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                result = page.evaluate("(rules) => axe.run(document, {...rules, resultTypes: ['violations']})", rules)
                found += [f"{width} {scheme}: {_told(one)}" for one in result["violations"]]
        return found

    @staticmethod
    def _overflowing(page: Page) -> list[str]:
        found: list[str] = []
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{width}: {element}" for element in page.evaluate(OVERFLOW)]
        return found


def _told(violation: dict[str, Any]) -> str:
    places = [f"{node['target']} {node['html'][:120]}" for node in violation["nodes"][:3]]
    detail = [check["message"] for node in violation["nodes"][:1] for check in node["any"] + node["all"]][:1]
    return f"{violation['id']} at {places} {detail}"


@pytest.fixture(scope="module")
def inspector(browser: Browser, axe_source: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inspector]:
    with opened(tmp_path_factory.mktemp("gallery")) as gallery:
        yield Inspector(browser, gallery, axe_source)


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
