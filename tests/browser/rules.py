"""Rules that every page keeps to: for accessibility, and for room at every width."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.browsing import WIDE

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
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""
"""How far things moved while the page loaded."""


def violations(page: Page, axe: str) -> list[str]:
    """What axe-core finds at two widths, light and dark."""
    page.evaluate(axe)
    found: list[str] = []
    for width, height in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")  # what the bar covers at the moment is no smaller for it
        for scheme, rules in (("light", RULES), ("dark", COLOUR_RULES)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            result = page.evaluate("(rules) => axe.run(document, {...rules, resultTypes: ['violations']})", rules)
            found += [f"{width} {scheme}: {_told(one)}" for one in result["violations"]]
    return found


def overflowing(page: Page) -> list[str]:
    """What does not fit into narrow windows."""
    found: list[str] = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {element}" for element in page.evaluate(OVERFLOW)]
    return found


def _told(violation: dict[str, Any]) -> str:
    places = [f"{node['target']} {node['html'][:120]}" for node in violation["nodes"][:3]]
    detail = [check["message"] for node in violation["nodes"][:1] for check in node["any"] + node["all"]][:1]
    return f"{violation['id']} at {places} {detail}"
