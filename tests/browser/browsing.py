"""Chromium, and a watch on what it complains about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from tests import chromium
from tests.browser.instance import Instance

WIDE = (1280, 800)
QUIET = ["--disable-quic", "--disable-component-update", "--disable-sync", "--disable-background-networking"]


@contextmanager
def launched(program: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(program), args=[*chromium.arguments(), *QUIET], headless=True
        )
        yield browser
        browser.close()


@contextmanager
def whole(browser: Browser) -> Iterator[Browser]:
    """One with windows beside it: one made to go without breaks lines and pages elsewhere."""
    started = browser.browser_type.launch(
        executable_path=chromium.find(chromium.WHOLE), args=[*chromium.arguments(), *QUIET]
    )
    yield started
    started.close()


def is_page(response: Response) -> bool:
    """Whether a person sees what came: after a navigation, or after an answer that a script has sent."""
    return response.request.is_navigation_request() or "x-requested-with" in response.request.headers


class Watch:
    """Collects errors in the console (violations of the content security policy come there, too), exceptions in
    scripts, and whatever could not be loaded."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self._answered_with_page: set[str] = set()
        context.on("console", self._heard)
        context.on("weberror", lambda error: self._threw(str(error.error)))
        context.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        if response.status < 400:
            return
        if is_page(response):
            self._answered_with_page.add(response.url)
        else:
            self.complaints.append(f"{response.status}: {response.url}")

    def _threw(self, error: str) -> None:
        """Chromium reports an exception, too, when it has to show a page before the transition to it is ready."""
        if not error.startswith("Transition was"):
            self.complaints.append(f"exception: {error}")

    def _heard(self, message: ConsoleMessage) -> None:
        """Chromium also calls it an error when a page such as "there is no such page" says so by its status."""
        if message.type not in {"error", "warning"}:
            return
        if message.text.startswith("Failed to load resource: the server responded") and (
            message.location.get("url") in self._answered_with_page
        ):
            return
        self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")


class Visitor:
    """A browser of its own on an instance, with its own cookies; one of its pages is `page`."""

    def __init__(self, browser: Browser, instance: Instance, **options: Any) -> None:
        width, height = WIDE
        settings: dict[str, Any] = {
            "base_url": instance.url,
            "viewport": {"width": width, "height": height},
            "color_scheme": "light",
            "reduced_motion": "reduce",
            **options,
        }
        self.instance = instance
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(20_000)
        self.watch = Watch(self.context)
        self.page: Page = self.context.new_page()

    def sign_in(self, person_id: Any) -> None:
        """As if by the form, without its second of hashing."""
        value = self.instance.session_cookie(person_id)
        self.context.add_cookies([{"name": "session", "value": value, "url": self.instance.url}])

    def close(self) -> None:
        self.context.close()


def ready(page: Page) -> None:
    """Wait until it has loaded and its scripts, where they run, have done what they do at first."""
    page.wait_for_load_state()
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        page.locator("[data-enhance]:not([data-enhanced])").first.wait_for(state="detached")


def seen(page: Page, selector: str = "main") -> str:
    """What a person reads there, a line each, blanks folded."""
    text = page.locator(selector).inner_text()
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
