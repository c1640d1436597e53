"""A transcript mended from the course home to its end: by pointer, and by keyboard alone, with scripts and without."""

import pytest
from playwright.sync_api import Page

from app.assessment import queries
from app.assessment.records import MEND
from tests.browser.browsing import ready, seen
from tests.browser.conftest import Arrive
from tests.browser.hands import Hands, Keyboard, Pointer
from tests.browser.instance import Instance, Person
from tests.browser.rules import PHONE, overflowing, violations

pytestmark = pytest.mark.browser

OWN = "You said not so full: how far?"
PLACE = ["5 Kit Please. Looks at the pot.", "6 Host Pours to the brim. It is the last of it."]


class BareKeyboard(Keyboard):
    """As the browser alone takes it: the arrows mark as they move, and Enter sends."""

    def mark(self, page: Page, line: int) -> None:
        page.locator(".line input").first.focus()
        page.keyboard.press("Space")
        for _ in range(line - 1):
            page.keyboard.press("ArrowDown")


HANDS = [
    pytest.param(Pointer(), True, id="pointer"),
    pytest.param(Pointer(), False, id="no_scripts"),
    pytest.param(Keyboard(), True, id="keyboard"),
    pytest.param(BareKeyboard(), False, id="keyboard_no_scripts"),
]


@pytest.fixture
def ada(instance: Instance) -> Person:
    return instance.join("Ada Lindqvist")


def shown(page: Page, selector: str) -> list[str]:
    """The words of each such line, without what only stands there to be heard."""
    return [" ".join(text.split()).removeprefix("Line ") for text in page.locator(selector).all_inner_texts()]


@pytest.mark.parametrize(("hands", "scripts"), HANDS)
def test_mending_from_the_list_to_the_end_and_once_more(
    arrive: Arrive, instance: Instance, ada: Person, hands: Hands, scripts: bool
) -> None:
    visitor = arrive(instance, java_script_enabled=scripts)
    visitor.sign_in(ada.person_id)
    page = visitor.page
    page.goto("/course")

    hands.press(page, "All sessions")
    hands.press(page, "Kit, 38, the second cup")
    hands.press(page, "Begin the session")
    hands.mark(page, 9)
    hands.press(page, "Answer")
    assert seen(page, ".verdict") == "Not this line"
    hands.press(page, "Next question")
    assert shown(page, ".slip > .transcript .line")[-2:] == PLACE
    hands.unfold(page, "The whole session, as you marked it")
    assert seen(page, ".slip details .line.is-chosen").splitlines()[-1] == "Your line"
    hands.write(page, "Your next line", OWN)
    hands.press(page, "Save my line")
    assert seen(page, ".own-line .written") == OWN
    hands.press(page, "See the result")

    assert seen(page, "h1") == "It goes astray at another line"
    assert seen(page, ".written") == OWN
    assert "You marked line 9: “Where it shows”." in seen(page, "main")
    hands.press(page, "Back to the sessions")
    assert seen(page, ".sessions:has([href='/mend/mend-kit']) .status-done") == "done"
    page.go_back()
    ready(page)
    hands.press(page, "Once more")
    assert page.locator(".line input:checked").count() == 0
    with instance.app.app_context():
        kept = queries.summaries(ada.person_id, "mend-kit", kinds=(MEND,))
        assert [(one.answered, one.asked, one.closed_at is not None) for one in kept] == [(0, 2, False), (2, 2, True)]


def test_what_one_writes_stands_beside_the_line_on_a_phone(
    arrive: Arrive, instance: Instance, ada: Person, axe_source: str
) -> None:
    width, height = PHONE
    visitor = arrive(instance, viewport={"width": width, "height": height})
    visitor.sign_in(ada.person_id)
    page, hands = visitor.page, Pointer()
    page.goto("/mend/mend-lou")
    assert seen(page, ".call-content p:last-child") == "A burnt hand is mentioned."
    hands.press(page, "Begin the session")
    hands.mark(page, 7)
    hands.press(page, "Answer")
    hands.press(page, "Next question")

    assert page.locator(".vignette").get_attribute("open") is None
    assert overflowing(page) == []
    assert violations(page, axe_source) == []
    hands.unfold(page, "The whole session, as you marked it")
    assert overflowing(page) == []
    assert violations(page, axe_source) == []
