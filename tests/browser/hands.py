"""How somebody works a page: with a pointer, or with the keyboard alone. Both know only what stands on it."""

from collections.abc import Sequence
from typing import Protocol

from playwright.sync_api import Download, Locator, Page

MOST_TABS = 120
# The name under which the focused element is announced, near enough: a label, or its text without what is hidden.
FOCUSED_NAME = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "";
  const label = focused.labels?.[0];
  if (label) return (label.querySelector(".option-text") ?? label).textContent;
  return focused.getAttribute("aria-label") ?? focused.textContent;
}"""


class Hands(Protocol):
    """`press` follows a link or pushes a button and waits for the page it leads to."""

    def press(self, page: Page, name: str) -> None: ...
    def download(self, page: Page, name: str) -> Download: ...
    def write(self, page: Page, label: str, text: str) -> None: ...
    def choose(self, page: Page, options: Sequence[str]) -> None: ...


class Pointer:
    """Works without scripts, too."""

    def press(self, page: Page, name: str) -> None:
        with page.expect_navigation():
            self._find(page, name).click()

    def download(self, page: Page, name: str) -> Download:
        with page.expect_download() as download:
            self._find(page, name).click()
        return download.value

    def write(self, page: Page, label: str, text: str) -> None:
        page.get_by_label(label, exact=True).fill(text)

    def choose(self, page: Page, options: Sequence[str]) -> None:
        for option in options:
            page.locator("label.option", has=page.get_by_text(option, exact=True)).click()

    @staticmethod
    def _find(page: Page, name: str) -> Locator:
        main = page.get_by_role("main")
        link, button = (
            main.get_by_role("link", name=name, exact=True),
            main.get_by_role("button", name=name, exact=True),
        )
        return link.or_(button)


class Keyboard:
    """Tab, Enter, arrows, space and digits; what is typed goes to whatever has the focus."""

    def __init__(self) -> None:
        self.questions = 0

    def press(self, page: Page, name: str) -> None:
        if name != "Answer":  # Enter on an option answers
            self._go_to(page, name)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def download(self, page: Page, name: str) -> Download:
        self._go_to(page, name)
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        return download.value

    def write(self, page: Page, label: str, text: str) -> None:
        self._go_to(page, label)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)

    def choose(self, page: Page, options: Sequence[str]) -> None:
        """Digits for one question, Tab, arrows and space for the next."""
        self.questions += 1
        page.wait_for_function("performance.getEntriesByType('resource').some((one) => one.name.endsWith('/keys.js'))")
        page.wait_for_load_state("networkidle")
        shown = [" ".join(text.split()) for text in page.locator("label.option .option-text").all_inner_texts()]
        if self.questions % 2:
            for option in options:
                page.keyboard.press(str(shown.index(option) + 1))
        else:
            self._move_and_tick(page, shown, options)

    def _move_and_tick(self, page: Page, shown: Sequence[str], options: Sequence[str]) -> None:
        self._go_to(page, shown[0])
        if len(options) == 1:  # the arrows move the mark itself
            for _ in range(shown.index(options[0])):
                page.keyboard.press("ArrowDown")
            if options[0] == shown[0]:
                page.keyboard.press("Space")
            return
        for text in shown:
            if text in options:
                page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")

    def _go_to(self, page: Page, name: str) -> None:
        passed: list[str] = []
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            here = " ".join(str(page.evaluate(FOCUSED_NAME)).split())
            if here == name:
                return
            passed.append(here)
        raise AssertionError(f"Tab never reaches “{name}” on {page.url}, only {passed}.")
