"""Answers put where they belong with a mouse, a finger, the keyboard alone, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from app.assessment.records import AttemptRecord
from tests.browser import formats
from tests.browser.browsing import Visitor, seen
from tests.browser.conftest import Arrive
from tests.browser.formats import Finger
from tests.browser.hands import Keyboard, Pointer, expect_answer
from tests.browser.instance import Instance, Person
from tests.browser.rules import PHONE, SHIFTS, overflowing, violations

pytestmark = pytest.mark.browser

PROMPTS = {"green": "The green one", "black": "The black one", "herbs": "The herbs"}
ANSWERS = {
    "two": "Two minutes",
    "three": "Three minutes",
    "four": "Four minutes",
    "ten": "Ten minutes",
    "hour": "An hour",
}
STATES: dict[str, dict[str, str] | None] = {
    "open": None,
    "right": {"green": "two", "black": "four", "herbs": "ten"},
    "partly": {"green": "hour", "black": "three", "herbs": "ten"},
    "wrong": {"green": "ten", "black": "two", "herbs": "hour"},
}


@pytest.fixture
def ada(instance: Instance) -> Person:
    return instance.join("Ada Lindqvist")


@pytest.fixture
def attempt(instance: Instance, ada: Person) -> AttemptRecord:
    return formats.before(instance, ada, "brewing", "match")


@pytest.fixture
def home(arrive: Arrive, instance: Instance, ada: Person) -> Any:
    """Opens a browser of Ada's."""

    def home(**options: Any) -> Visitor:
        visitor = arrive(instance, **options)
        visitor.sign_in(ada.person_id)
        return visitor

    return home


def chip(page: Page, answer: str) -> Locator:
    return page.locator("button.chip", has=page.get_by_text(ANSWERS[answer], exact=True))


def row(page: Page, prompt: str) -> Locator:
    return page.locator(".match-row", has=page.locator(".match-prompt", has_text=PROMPTS[prompt]))


def standing(page: Page) -> dict[str, str]:
    """Prompt -> answer, as the page shows it; what is empty is left out."""
    by_text = {text: id for id, text in ANSWERS.items()}
    shown = {id: row(page, id).locator(".slot-answer").inner_text().strip() for id in PROMPTS}
    return {id: by_text[text] for id, text in shown.items() if text in by_text}


def left_behind(page: Page) -> list[str]:
    return sorted(text.strip() for text in page.locator("button.chip:enabled").all_inner_texts())


def middle(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, part: Locator, to: tuple[float, float]) -> None:
    page.mouse.move(*middle(part))
    page.mouse.down()
    page.mouse.move(*to, steps=8)
    page.mouse.up()


def send(page: Page) -> None:
    with expect_answer(page):
        page.get_by_role("button", name="Answer", exact=True).click()


def test_mouse_drags_answers_to_lines_from_line_to_line_and_off(home: Any, attempt: AttemptRecord) -> None:
    page = formats.open_question(home(), attempt)
    drag(page, chip(page, "two"), middle(row(page, "green")))
    drag(page, chip(page, "ten"), middle(row(page, "black")))
    assert standing(page) == {"green": "two", "black": "ten"}
    assert left_behind(page) == ["An hour", "Four minutes", "Three minutes"]

    drag(page, row(page, "green").locator(".slot-answer"), middle(row(page, "black")))
    assert standing(page) == {"black": "two"}
    drag(page, row(page, "black").locator(".slot-answer"), middle(page.locator("h1")))
    assert standing(page) == {}
    assert left_behind(page) == sorted(ANSWERS.values())


def test_finger_drags_by_the_grip_and_taps(home: Any, attempt: AttemptRecord, instance: Instance, ada: Person) -> None:
    width, height = PHONE
    page = formats.open_question(home(has_touch=True, viewport={"width": width, "height": height}), attempt)
    page.locator(".vignette summary").tap()
    page.locator(".match-rows").evaluate("(rows) => rows.scrollIntoView({block: 'center'})")

    finger = Finger(page)
    finger.drag(middle(chip(page, "two").locator(".chip-grip")), middle(row(page, "herbs").locator(".slot")))
    page.locator(".match-row.is-filled").wait_for()
    assert standing(page) == {"herbs": "two"}
    finger.tap(row(page, "herbs").locator(".clear"), page.locator(".matching:not(:has(.is-filled))"))
    assert standing(page) == {}

    finger.tap(chip(page, "three"), page.locator(".chip[aria-pressed=true]"))
    finger.tap(row(page, "black").locator(".slot"), page.locator(".match-row.is-filled >> nth=0"))
    for prompt, answer in (("green", "ten"), ("herbs", "hour")):
        finger.tap(row(page, prompt).locator(".slot"), page.locator(".slot[aria-pressed=true]"))
        finger.tap(chip(page, answer), page.locator(".matching:not(.is-waiting)"))
    for button in page.locator(".slot, .is-filled .clear, button.chip:enabled").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    send(page)
    assert formats.stored(instance, ada, attempt) == {"green": "ten", "black": "three", "herbs": "hour"}


def test_keyboard_leads_from_the_one_to_the_other_and_is_told(home: Any, attempt: AttemptRecord) -> None:
    page = formats.open_question(home(), attempt)
    said, keys = page.locator(".matching [role=status]"), page.keyboard

    def focused() -> str:
        return " ".join(str(page.evaluate("document.activeElement.textContent")).split())

    chip(page, "four").focus()
    keys.press("Enter")
    assert said.inner_text() == "Picked up: Four minutes Choose where it belongs; Escape puts it back."
    assert focused() == "Choose an answer, The green one"
    keys.press("ArrowDown")
    keys.press("Enter")
    assert standing(page) == {"black": "four"}
    assert said.inner_text() == "Four minutes now stands with: The black one"

    row(page, "green").locator(".slot").focus()
    keys.press("Space")
    assert said.inner_text() == "Choose an answer for: The green one"
    keys.press("Escape")
    assert focused() == "Choose an answer, The green one"
    keys.press("ArrowDown")
    assert focused() == "Four minutes, The black one"
    keys.press("Delete")
    assert standing(page) == {}
    assert said.inner_text() == "Taken back: Four minutes"


@pytest.mark.parametrize(
    ("hands", "scripts"),
    [
        pytest.param(Pointer(), True, id="pointer"),
        pytest.param(Pointer(), False, id="no_scripts"),
        pytest.param(Keyboard(), True, id="keyboard"),
    ],
)
def test_what_was_paired_is_kept_and_shown(
    home: Any, attempt: AttemptRecord, instance: Instance, ada: Person, hands: Any, scripts: bool
) -> None:
    page = formats.open_question(home(java_script_enabled=scripts), attempt)
    pairs = STATES["partly"]
    assert pairs is not None

    hands.pair(page, {PROMPTS[prompt]: ANSWERS[answer] for prompt, answer in pairs.items()})
    hands.press(page, "Answer")

    assert formats.stored(instance, ada, attempt) == pairs
    assert seen(page, ".verdict").splitlines() == ["Partly right", "2 of 3"]
    assert [" ".join(text.split()) for text in page.locator(".matched > li").all_inner_texts()] == [
        "The green one Your answer, which does not fit: An hour Then it is cold. Debated "
        "Fits: Two minutes It turns bitter soon. Convention",
        "The black one Your answer, and it fits: Three minutes Would fit too: Four minutes Why? Line 2",
        "The herbs Your answer, and it fits: Ten minutes Why? Line 3",
    ]


def test_a_line_without_answer_is_pointed_out(
    home: Any, attempt: AttemptRecord, instance: Instance, ada: Person
) -> None:
    page = formats.open_question(home(), attempt)
    chip(page, "two").click()
    row(page, "green").locator(".slot").click()
    page.get_by_role("button", name="Answer", exact=True).click()
    assert seen(page, ".untouched") == "Give every line an answer first."
    assert page.evaluate("document.activeElement.closest('.match-row').textContent").strip().startswith("The black one")
    assert formats.stored(instance, ada, attempt) is None


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_form_with_a_fault_comes_back_with_the_answers(home: Any, attempt: AttemptRecord, scripts: bool) -> None:
    page = formats.open_question(home(java_script_enabled=scripts), attempt)
    for field in page.locator(".match-row select").all():
        field.evaluate("(list) => { list.value = 'three' }")
    send(page)
    assert seen(page, ".fault") == "Here each answer serves only once, and one of them stands twice."
    assert [field.input_value() for field in page.locator(".match-row select").all()] == ["three"] * 3
    if scripts:
        assert standing(page) == dict.fromkeys(PROMPTS, "three")


def test_answers_rightly_left_over_have_their_reasons(
    home: Any, attempt: AttemptRecord, instance: Instance, ada: Person
) -> None:
    formats.answered(instance, ada, attempt, STATES["right"])
    page = formats.open_question(home(), attempt)
    assert seen(page, ".left-over").splitlines() == ["Rightly left over", "An hour", "Why not?", "An hour"]
    page.locator(".left-over summary").click()
    assert seen(page, ".left-over .reason").splitlines()[2:] == ["Then it is cold.", "Debated"]


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible_and_fits(
    home: Any, attempt: AttemptRecord, instance: Instance, ada: Person, axe_source: str, state: str
) -> None:
    if STATES[state]:
        formats.answered(instance, ada, attempt, STATES[state])
    page = formats.open_question(home(), attempt)
    assert (violations(page, axe_source), overflowing(page)) == ([], [])


def test_faults_and_answers_on_their_way_are_accessible_and_fit(
    home: Any, attempt: AttemptRecord, axe_source: str
) -> None:
    page = formats.open_question(home(), attempt)
    chip(page, "two").click()
    row(page, "green").locator(".slot").click()
    page.get_by_role("button", name="Answer", exact=True).click()
    chip(page, "three").click()
    assert (violations(page, axe_source), overflowing(page)) == ([], [])
    for field in page.locator(".match-row select").all():
        field.evaluate("(list) => { list.value = 'three' }")
    send(page)
    assert page.locator(".fault").count() == 1
    assert (violations(page, axe_source), overflowing(page)) == ([], [])


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_the_script_arrives(home: Any, attempt: AttemptRecord, width: int) -> None:
    visitor = home(viewport={"width": width, "height": 800})
    formats.open_question(visitor, attempt)  # which brings the fonts
    page = formats.open_question(visitor, attempt)
    assert page.locator(".is-ready").count() == 1
    assert page.evaluate(SHIFTS) == 0
