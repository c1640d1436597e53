"""How somebody works a page: with a pointer, or with the keyboard alone. Both know only what stands on it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from playwright.sync_api import Download, Locator, Page

from tests.browser.browsing import ready

MOST_TABS = 120
# The name under which the focused element is announced, near enough: a label, or its text without what is hidden.
FOCUSED_NAME = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "";
  const label = focused.labels?.[0];
  if (label) return (label.querySelector(".option-text") ?? label).textContent;
  return focused.getAttribute("aria-label") ?? focused.textContent;
}"""


ANSWERS = ("Answer", "Save my line")


def shown_steps(page: Page) -> list[str]:
    """The words of the steps, in the order in which they stand."""
    return [" ".join(text.split()) for text in page.locator(".step .step-text").all_inner_texts()]


@contextmanager
def expect_answer(page: Page) -> Iterator[None]:
    """Wait until what stands on the page is no longer what stood there."""
    page.evaluate("document.querySelector('main').dataset.left = 'yes'")
    yield
    page.locator("main:not([data-left])").wait_for()
    ready(page)


class Hands(Protocol):
    """`press` follows a link or pushes a button and waits for the page it leads to; an answer's page comes to where one
    is, by a script or without."""

    def press(self, page: Page, name: str) -> None: ...
    def download(self, page: Page, name: str) -> Download: ...
    def write(self, page: Page, label: str, text: str) -> None: ...
    def choose(self, page: Page, options: Sequence[str]) -> None: ...
    def arrange(self, page: Page, steps: Sequence[str]) -> None: ...
    def pair(self, page: Page, pairs: Mapping[str, str]) -> None: ...
    def mark(self, page: Page, line: int) -> None: ...
    def unfold(self, page: Page, name: str) -> None: ...


class Pointer:
    """Works without scripts, too."""

    def press(self, page: Page, name: str) -> None:
        with expect_answer(page) if name in ANSWERS else page.expect_navigation():
            self._find(page, name).click()
        ready(page)

    def download(self, page: Page, name: str) -> Download:
        with page.expect_download() as download:
            self._find(page, name).click()
        return download.value

    def write(self, page: Page, label: str, text: str) -> None:
        page.get_by_label(label, exact=True).fill(text)

    def choose(self, page: Page, options: Sequence[str]) -> None:
        for option in options:
            page.locator("label.option", has=page.get_by_text(option, exact=True)).click()

    def arrange(self, page: Page, steps: Sequence[str]) -> None:
        """By each step's buttons, or where no script has come, by the lists of places."""
        ready(page)
        if not page.locator(".ordering.is-ready").count():
            for place, step in enumerate(steps, 1):
                page.get_by_label(step, exact=True).select_option(str(place))
            return
        page.locator(".step [data-by='1']").first.click()  # whoever moves nothing is asked whether that was meant
        for place, step in enumerate(steps):
            while (here := shown_steps(page).index(step)) != place:
                page.locator(".step").nth(here).get_by_role("button", name="Up: ").click()

    def pair(self, page: Page, pairs: Mapping[str, str]) -> None:
        """The answer first, then where it belongs."""
        ready(page)
        for prompt, answer in pairs.items():
            if not page.locator(".matching.is-ready").count():
                page.get_by_label(prompt, exact=True).select_option(answer)
                continue
            page.locator("button.chip", has=page.get_by_text(answer, exact=True)).click()
            page.locator(".match-row", has=page.get_by_text(prompt, exact=True)).locator(".slot").click()

    def mark(self, page: Page, line: int) -> None:
        page.locator("label.line").nth(line - 1).click()

    def unfold(self, page: Page, name: str) -> None:
        page.locator("summary", has_text=name).click()

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
        if name != "Answer" or not page.evaluate("document.activeElement.matches('.option input, .line input')"):
            self._go_to(page, name)  # Enter on an option answers
        with expect_answer(page) if name in ANSWERS else page.expect_navigation():
            page.keyboard.press("Enter")
        ready(page)

    def unfold(self, page: Page, name: str) -> None:
        self._go_to(page, name)
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
        ready(page)
        shown = [" ".join(text.split()) for text in page.locator("label.option .option-text").all_inner_texts()]
        if self.questions % 2:
            for option in options:
                page.keyboard.press(str(shown.index(option) + 1))
        else:
            self._move_and_tick(page, shown, options)

    def arrange(self, page: Page, steps: Sequence[str]) -> None:
        """Arrow keys on one number, Space and arrow keys on the next."""
        page.locator(".ordering.is-ready").wait_for()
        for place, step in enumerate(steps):
            here = shown_steps(page).index(step)
            self._go_to(page, f"{here + 1}: {step}")
            keys = ["ArrowUp"] * (here - place) or ([] if place else ["ArrowDown", "ArrowUp"])
            for key in ["Space", *keys, "Space"] if place % 2 else keys:
                page.keyboard.press(key)

    def pair(self, page: Page, pairs: Mapping[str, str]) -> None:
        """Where it belongs first, then the answer; the focus goes from the one to the other and back."""
        page.locator(".matching.is-ready").wait_for()
        for prompt, answer in pairs.items():
            self._go_to(page, f"Choose an answer, {prompt}")
            page.keyboard.press("Enter")
            while page.evaluate(FOCUSED_NAME).strip() != answer:
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")

    def mark(self, page: Page, line: int) -> None:
        ready(page)
        page.locator(".line input").first.focus()
        for _ in range(line - 1):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

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
