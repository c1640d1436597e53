"""A page as it is looked at, and what is done on it first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.hands import expect_answer

Act = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """A page as somebody (`who`, None: a stranger) has it after `act`. `path` may name an address in braces."""

    name: str
    path: str
    who: str | None = None
    act: Act | None = None
    status: int = 200
    on: str = "open"
    """Which of the gallery's instances shows it."""


def push(button: str) -> Act:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name=button, exact=True).click()

    return act


def fill_and_push(button: str, fields: Mapping[str, str]) -> Act:
    def act(page: Page) -> None:
        for label, text in fields.items():
            page.get_by_label(label, exact=True).fill(text)
        push(button)(page)

    return act


def unfold(name: str) -> Act:
    """The first of what folds away under this name."""

    def act(page: Page) -> None:
        page.get_by_role("main").locator("summary", has_text=name).first.click()

    return act


def answer(page: Page) -> None:
    """As it stands; what comes back takes the place of what is there."""
    with expect_answer(page):
        page.get_by_role("main").get_by_role("button", name="Answer", exact=True).click()


def answer_without_a_line(page: Page) -> None:
    """What test_answering.py sees come, without the browser's own complaint about it."""
    page.locator("label.option").nth(1).click()
    page.get_by_label("Fairly sure").check()
    page.locator("[data-told]").evaluate_all(
        "(all) => all.forEach((p) => { p.hidden = p.dataset.told !== 'unreached' })"
    )


def open_dispute(page: Page) -> None:
    page.get_by_text("Something wrong with this question?").click()


def send_empty_dispute(page: Page) -> None:
    open_dispute(page)
    page.locator(".dispute textarea").evaluate("(field) => { field.required = false; }")
    push("Send")(page)


def send_from_an_old_page(page: Page) -> None:
    page.context.clear_cookies()
    push("Sign in")(page)


def read_with_own_lines(page: Page) -> None:
    page.get_by_label("My line first").check(force=True)
    page.locator(".guess textarea").first.fill("Would you like to stay with that for a moment?")
    page.locator(".guess .look").first.click()


def fill_aid(page: Page) -> None:
    """A word on each line, a tick in each box."""
    for line in page.locator(".aid textarea").all():
        line.fill("Some words")
    for box in page.locator(".aid input").all():
        box.check()
