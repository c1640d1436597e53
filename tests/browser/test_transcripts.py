"""A line marked in a transcript, and a line of one's own: with the keyboard alone, by touch, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Page

from app.assessment.records import AttemptRecord
from tests.browser import formats
from tests.browser.browsing import Visitor, ready, seen
from tests.browser.conftest import Arrive
from tests.browser.hands import Keyboard, Pointer, expect_answer
from tests.browser.instance import Instance, Person
from tests.browser.rules import PHONE, SHIFTS, overflowing, violations

pytestmark = pytest.mark.browser

MARKS: dict[str, str | None] = {"open": None, "right": "l11", "partly": "l10", "wrong": "l8", "elsewhere": "l3"}
OWN = "Before I cut it:\nis there anything you cannot eat?"


@pytest.fixture
def ada(instance: Instance) -> Person:
    return instance.join("Ada Lindqvist")


@pytest.fixture
def home(arrive: Arrive, instance: Instance, ada: Person) -> Any:
    """Opens a browser of Ada's."""

    def home(**options: Any) -> Visitor:
        visitor = arrive(instance, **options)
        visitor.sign_in(ada.person_id)
        return visitor

    return home


@pytest.fixture
def attempt(instance: Instance, ada: Person) -> AttemptRecord:
    """Its first open question is a transcript."""
    return formats.before(instance, ada, "serving", "hottext")


@pytest.fixture
def blank(instance: Instance, ada: Person) -> AttemptRecord:
    """Its first open question asks for a line."""
    return formats.before(instance, ada, "serving", "compose")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.value"))


def marked(page: Page) -> str | None:
    found = page.evaluate("document.querySelector('.line input:checked')?.value")
    return None if found is None else str(found)


def send(page: Page, button: str = "Answer") -> None:
    with expect_answer(page):
        page.get_by_role("button", name=button, exact=True).click()


class TestTranscript:
    def test_arrows_move_without_marking_and_enter_marks(self, home: Any, attempt: AttemptRecord) -> None:
        page = formats.open_question(home(), attempt)
        keys = page.keyboard
        page.locator(".line input").first.focus()

        for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowDown"):
            keys.press(key)
        assert (focused(page), marked(page)) == ("l3", None)
        keys.press("Enter")
        assert (focused(page), marked(page)) == ("l3", "l3")
        keys.press("End")
        keys.press("ArrowDown")
        assert (focused(page), marked(page)) == ("l16", "l3")
        keys.press("Space")
        assert marked(page) == "l16"
        keys.press("Home")
        keys.press("ArrowUp")
        assert (focused(page), marked(page)) == ("l1", "l16")

    def test_enter_on_the_marked_line_answers(
        self, home: Any, attempt: AttemptRecord, instance: Instance, ada: Person
    ) -> None:
        page = formats.open_question(home(), attempt)
        page.locator(".line input").first.focus()
        for key in (*["ArrowDown"] * 9, "Enter"):
            page.keyboard.press(key)
        assert formats.stored(instance, ada, attempt) is None
        with expect_answer(page):
            page.keyboard.press("Enter")
        assert formats.stored(instance, ada, attempt) == "l10"
        assert page.evaluate("document.activeElement.id") == "verdict"

    def test_line_in_focus_is_never_hidden(self, home: Any, attempt: AttemptRecord) -> None:
        page = formats.open_question(home(viewport={"width": 1280, "height": 720}), attempt)
        page.locator(".line input").first.focus()
        page.keyboard.press("Enter")
        for key in [*["ArrowDown"] * 15, *["ArrowUp"] * 15]:
            page.keyboard.press(key)
            top = page.evaluate(
                """() => {
                  const box = document.activeElement.getBoundingClientRect();
                  const here = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                  return here?.closest('.line')?.querySelector('input').value;
                }"""
            )
            assert top == focused(page)

    @pytest.mark.parametrize(
        ("hands", "scripts"),
        [
            pytest.param(Pointer(), True, id="pointer"),
            pytest.param(Pointer(), False, id="no_scripts"),
            pytest.param(Keyboard(), True, id="keyboard"),
        ],
    )
    def test_what_was_marked_is_kept_and_shown(
        self, home: Any, attempt: AttemptRecord, instance: Instance, ada: Person, hands: Any, scripts: bool
    ) -> None:
        page = formats.open_question(home(java_script_enabled=scripts), attempt)

        hands.mark(page, 10)
        hands.press(page, "Answer")

        assert formats.stored(instance, ada, attempt) == "l10"
        assert seen(page, ".verdict").splitlines() == ["Partly right", "1 of 2"]
        assert seen(page, ".marked").splitlines() == [
            "You marked line 10 · A little early",
            "Host Turns the handle towards Jo. The handle is on your side.",
            "The handle is right but nobody holds it.",
            "Convention",
        ]
        assert page.locator(".line.is-chosen .line-number").inner_text().split() == ["Line", "10"]

    def test_finger_marks_anywhere_on_a_line(
        self, home: Any, attempt: AttemptRecord, instance: Instance, ada: Person
    ) -> None:
        width, height = PHONE
        page = formats.open_question(home(has_touch=True, viewport={"width": width, "height": height}), attempt)
        page.locator(".vignette summary").tap()
        for line in page.locator("label.line").all():
            box = line.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44
        page.locator("label.line").nth(4).tap()
        page.locator("label.line").nth(10).locator(".line-text").tap()
        assert marked(page) == "l11"
        button = page.get_by_role("button", name="Answer", exact=True).bounding_box()
        assert button is not None
        assert button["y"] + button["height"] <= height
        page.get_by_role("button", name="Answer", exact=True).tap()
        page.locator(".verdict").wait_for()
        assert formats.stored(instance, ada, attempt) == "l11"

    def test_open_transcript_gives_no_zone_away(self, home: Any, attempt: AttemptRecord) -> None:
        page = formats.open_question(home(), attempt)
        html = page.content()
        assert [words for words in ("The moment", "little early", "credit", "zone", "clock") if words in html] == []

    def test_answered_transcript_names_each_zone_and_opens_the_missed_one(
        self, home: Any, attempt: AttemptRecord, instance: Instance, ada: Person
    ) -> None:
        formats.answered(instance, ada, attempt, "l8")
        page = formats.open_question(home(), attempt)
        zones = [" ".join(text.split()) for text in page.locator(".zone-label").all_inner_texts()]
        assert zones == [
            "Nobody holds it no credit",
            "A little early 1/2 of the credit",
            "The moment full credit",
            "A little late 2/3 of the credit",
        ]
        opened = {
            " ".join((part.locator("summary").text_content() or "").split()): part.get_attribute("open") is not None
            for part in page.locator(".zone details").all()
        }
        assert opened == {"Why? A little early": False, "Why? The moment": True, "Why? A little late": False}
        assert seen(page, ".line.is-chosen").splitlines()[-1] == "Your line"

    def test_line_outside_the_zones_is_told_where_to_look(
        self, home: Any, attempt: AttemptRecord, instance: Instance, ada: Person
    ) -> None:
        formats.answered(instance, ada, attempt, "l3")
        page = formats.open_question(home(), attempt)
        assert seen(page, ".verdict") == "Not this line"
        assert seen(page, ".marked .reason").splitlines() == ["No hand is near the cup here.", "Look for the handle."]

    def test_form_without_a_mark_comes_back(self, home: Any, attempt: AttemptRecord) -> None:
        page = formats.open_question(home(), attempt)
        page.locator(".line input").evaluate_all("(all) => all.forEach((one) => { one.required = false })")
        send(page)
        assert seen(page, ".fault") == "Mark a line first."

    @pytest.mark.parametrize("state", MARKS)
    def test_every_state_is_accessible_and_fits(
        self, home: Any, attempt: AttemptRecord, instance: Instance, ada: Person, axe_source: str, state: str
    ) -> None:
        if MARKS[state]:
            formats.answered(instance, ada, attempt, MARKS[state])
        page = formats.open_question(home(), attempt)
        page.locator(".zone details").evaluate_all("(all) => all.forEach((one) => { one.open = true })")
        if not MARKS[state]:
            page.locator("label.line").nth(3).click()
        assert (violations(page, axe_source), overflowing(page)) == ([], [])


class TestOwnLine:
    @pytest.mark.parametrize(
        ("hands", "scripts"),
        [
            pytest.param(Pointer(), True, id="pointer"),
            pytest.param(Pointer(), False, id="no_scripts"),
            pytest.param(Keyboard(), True, id="keyboard"),
        ],
    )
    def test_own_line_is_kept_shown_and_rated(
        self, home: Any, blank: AttemptRecord, instance: Instance, ada: Person, hands: Any, scripts: bool
    ) -> None:
        page = formats.open_question(home(java_script_enabled=scripts), blank)
        hands.write(page, "Your next line", OWN)
        hands.press(page, "Save my line")
        assert formats.stored(instance, ada, blank) == {"text": OWN}
        assert page.locator(".own-line .written").inner_text() == OWN
        assert page.locator(".exemplar").count() == 2

        page.get_by_label("It asks about allergies.").press("Space")
        hands.press(page, "Keep my rating")
        assert [" ".join(text.split()) for text in page.locator(".rating li").all_inner_texts()] == [
            "It asks about allergies. does so",
            "It leaves Jo time to answer. not yet",
            "It offers something else. not yet",
        ]

    def test_it_counts_what_is_written_and_saves_with_the_keyboard(
        self, home: Any, blank: AttemptRecord, instance: Instance, ada: Person
    ) -> None:
        page = formats.open_question(home(), blank)
        assert seen(page, ".composing .count:visible") == "0 of 2000 characters"
        page.get_by_label("Your next line").fill("May I?")
        assert seen(page, ".composing .count:visible") == "6 of 2000 characters"
        with expect_answer(page):
            page.keyboard.press("Control+Enter")
        assert formats.stored(instance, ada, blank) == {"text": "May I?"}

    def test_own_line_can_be_copied(self, home: Any, blank: AttemptRecord, instance: Instance, ada: Person) -> None:
        formats.answered(instance, ada, blank, {"text": OWN})
        visitor = home(permissions=["clipboard-read", "clipboard-write"])
        page = formats.open_question(visitor, blank)
        page.get_by_role("button", name="Copy my line").click()
        page.get_by_text("Copied.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == OWN

    @pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
    def test_line_written_in_a_second_tab_is_not_lost(self, home: Any, blank: AttemptRecord, scripts: bool) -> None:
        visitor = home(java_script_enabled=scripts)
        page, other = visitor.page, visitor.context.new_page()
        for tab in (page, other):
            tab.goto(f"/attempts/{blank.id}/{blank.first_unanswered}")
            ready(tab)
        for tab, line in ((page, "The first."), (other, OWN)):
            tab.get_by_label("Your next line").fill(line)
            send(tab, "Save my line")
        assert seen(other, ".flash").endswith("Your first answer stands.")
        assert other.locator(".unsaved .written").inner_text() == OWN
        assert other.locator(".own-line .written").inner_text() == "The first."

    def test_line_too_long_stays_in_its_field(self, home: Any, blank: AttemptRecord) -> None:
        page = formats.open_question(home(), blank)
        line = page.get_by_label("Your next line")
        line.evaluate("(area) => { area.maxLength = 9000; area.value = 'x'.repeat(2001) }")
        send(page, "Save my line")
        assert seen(page, ".fault").startswith("Your line has 2001 characters; 2000 are possible.")
        assert line.input_value() == "x" * 2001

    @pytest.mark.parametrize("state", ["open", "saved", "rated", "unsaved"])
    def test_every_state_is_accessible_and_fits(
        self, home: Any, blank: AttemptRecord, instance: Instance, ada: Person, axe_source: str, state: str
    ) -> None:
        page = formats.open_question(home(), blank)
        page.get_by_label("Your next line").fill(OWN)
        if state != "open":
            formats.answered(instance, ada, blank, {"text": "x" * 80 if state == "saved" else "Another."})
            if state != "unsaved":
                page.reload()
                ready(page)
        if state == "unsaved":
            send(page, "Save my line")
        if state == "rated":
            page.get_by_label("It asks about allergies.").check()
            with page.expect_navigation():
                page.get_by_role("button", name="Keep my rating").click()
        assert (violations(page, axe_source), overflowing(page)) == ([], [])


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("format", ["hottext", "compose"])
def test_nothing_moves_when_the_script_arrives(
    home: Any, instance: Instance, ada: Person, width: int, format: str
) -> None:
    attempt = formats.before(instance, ada, "serving", format)
    visitor = home(viewport={"width": width, "height": 800})
    formats.open_question(visitor, attempt)  # which brings the fonts
    page = formats.open_question(visitor, attempt)
    assert page.evaluate(SHIFTS) == 0
