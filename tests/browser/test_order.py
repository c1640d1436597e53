"""Steps put in order with a mouse, a finger, the keyboard alone, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from app.assessment.records import AttemptRecord
from tests.browser import formats
from tests.browser.browsing import Visitor, seen
from tests.browser.conftest import Arrive
from tests.browser.formats import Finger
from tests.browser.hands import Keyboard, Pointer, expect_answer, shown_steps
from tests.browser.instance import Instance, Person
from tests.browser.rules import PHONE, SHIFTS, overflowing, violations

pytestmark = pytest.mark.browser

RIGHT = ["warm", "leaves", "pour", "lift", "hand"]
TEXTS = {
    "warm": "Warm the pot.",
    "leaves": "Put the leaves in.",
    "pour": "Pour the water on.",
    "lift": "Lift the leaves out after three minutes.",
    "hand": "Turn the handle towards Dan, and wait until Dan holds the cup.",
}
STATES: dict[str, list[str] | None] = {
    "open": None,
    "right": RIGHT,
    "partly": ["pour", "warm", "leaves", "lift", "hand"],
    "wrong": ["warm", "leaves", "pour", "hand", "lift"],
}


@pytest.fixture
def ada(instance: Instance) -> Person:
    return instance.join("Ada Lindqvist")


@pytest.fixture
def attempt(instance: Instance, ada: Person) -> AttemptRecord:
    return formats.before(instance, ada, "brewing", "order")


@pytest.fixture
def home(arrive: Arrive, instance: Instance, ada: Person) -> Any:
    """Opens a browser of Ada's."""

    def home(**options: Any) -> Visitor:
        visitor = arrive(instance, **options)
        visitor.sign_in(ada.person_id)
        return visitor

    return home


def ids(page: Page) -> list[str]:
    """The steps' ids, in the order in which they stand."""
    by_text = {text: id for id, text in TEXTS.items()}
    return [by_text[text] for text in shown_steps(page)]


def wait_for(page: Page, order: list[str]) -> None:
    """What a finger does arrives a moment later."""
    script = "(order) => order.every((id, place) => document.getElementsByName(`place-${id}`)[0].value == place + 1)"
    page.wait_for_function(script, arg=order)


def middle(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, part: Locator, to: Locator) -> None:
    """With the mouse, from the middle of the one to the far side of the other."""
    (x, y), (_, goal) = middle(part), middle(to)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, goal, steps=8)
    page.mouse.move(x, goal + (12 if goal > y else -12), steps=3)
    page.mouse.up()


def send(page: Page) -> None:
    with expect_answer(page):
        page.get_by_role("button", name="Answer", exact=True).click()


def test_mouse_drags_a_step_by_its_number_or_its_text(home: Any, attempt: AttemptRecord) -> None:
    page = formats.open_question(home(), attempt)
    start = ids(page)
    drag(page, page.locator(".grip").first, page.locator(".step").nth(3))
    assert ids(page) == [*start[1:4], start[0], start[4]]
    drag(page, page.locator(".step-text").last, page.locator(".step").first)
    assert ids(page) == [start[4], *start[1:4], start[0]]
    assert page.locator(".step-number").all_inner_texts() == ["1", "2", "3", "4", "5"]


def test_escape_puts_a_dragged_step_back(home: Any, attempt: AttemptRecord) -> None:
    page = formats.open_question(home(), attempt)
    start = ids(page)
    x, y = middle(page.locator(".grip").first)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 300, steps=8)
    assert ids(page) != start
    page.keyboard.press("Escape")
    page.mouse.up()
    assert ids(page) == start


def test_finger_drags_by_the_number_and_elsewhere_moves_the_page(home: Any, attempt: AttemptRecord) -> None:
    width, height = PHONE
    page = formats.open_question(home(has_touch=True, viewport={"width": width, "height": height}), attempt)
    page.locator(".vignette summary").tap()
    start, finger = ids(page), Finger(page)
    page.locator(".step").nth(1).scroll_into_view_if_needed()

    x, y = middle(page.locator(".grip").first)
    finger.drag((x, y), (x, middle(page.locator(".step").nth(2))[1] + 12))
    wait_for(page, [start[1], start[2], start[0], *start[3:]])

    before = page.evaluate("scrollY")
    x, y = middle(page.locator(".step-text").nth(2))
    finger.drag((x, y), (x, y - 200))
    page.wait_for_function("(before) => scrollY > before + 100", arg=before)
    assert ids(page) == [start[1], start[2], start[0], *start[3:]]


def test_finger_taps_arrows_large_enough(home: Any, attempt: AttemptRecord, instance: Instance, ada: Person) -> None:
    width, height = PHONE
    page = formats.open_question(home(has_touch=True, viewport={"width": width, "height": height}), attempt)
    start = ids(page)
    for button in page.locator(".step button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    finger, status = Finger(page), page.locator(".ordering [role=status]")
    finger.tap(page.locator(".step").nth(1).get_by_role("button", name="Up: "), status.filter(has_text="Number 1 of 5"))
    finger.tap(page.locator(".step").nth(3).get_by_role("button", name="Down: "), status.filter(has_text="Number 5 "))
    moved = [start[1], start[0], start[2], start[4], start[3]]
    assert ids(page) == moved
    send(page)
    assert formats.stored(instance, ada, attempt) == moved


def test_keyboard_moves_steps_and_is_told_where_they_are(home: Any, attempt: AttemptRecord) -> None:
    page = formats.open_question(home(), attempt)
    start, said = ids(page), page.locator(".ordering [role=status]")
    keys = page.keyboard
    page.locator(".grip").nth(1).focus()

    keys.press("ArrowDown")
    assert ids(page) == [start[0], start[2], start[1], *start[3:]]
    assert said.inner_text() == f"Number 3 of 5: {TEXTS[start[1]]}"
    keys.press("Home")
    keys.press("ArrowUp")
    assert ids(page) == [start[1], start[0], *start[2:]]
    assert said.inner_text() == f"Number 1 of 5: {TEXTS[start[1]]}"
    assert page.evaluate("document.activeElement.getAttribute('class')") == "grip"

    keys.press("Space")
    assert said.inner_text().startswith(f"Picked up, number 1 of 5: {TEXTS[start[1]]}")
    keys.press("End")
    assert ids(page)[-1] == start[1]
    keys.press("Escape")
    assert ids(page)[0] == start[1]
    assert said.inner_text() == f"Put back, number 1 of 5: {TEXTS[start[1]]}"
    keys.press("Enter")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert said.inner_text() == f"Put down, number 2 of 5: {TEXTS[start[1]]}"
    assert page.locator(".grip[aria-pressed=true]").count() == 0


@pytest.mark.parametrize(
    ("hands", "scripts"),
    [
        pytest.param(Pointer(), True, id="pointer"),
        pytest.param(Pointer(), False, id="no_scripts"),
        pytest.param(Keyboard(), True, id="keyboard"),
    ],
)
def test_what_was_arranged_is_kept_and_shown(
    home: Any, attempt: AttemptRecord, instance: Instance, ada: Person, hands: Any, scripts: bool
) -> None:
    page = formats.open_question(home(java_script_enabled=scripts), attempt)
    order = STATES["partly"]
    assert order is not None

    hands.arrange(page, [TEXTS[id] for id in order])
    hands.press(page, "Answer")

    assert formats.stored(instance, ada, attempt) == order
    assert seen(page, ".verdict").splitlines() == ["Partly right", "1 of 2"]
    assert ids(page) == order
    turned = page.locator(".own-order .is-wrong").all_inner_texts()
    assert [" ".join(text.split()) for text in turned] == [
        "2 Warm the pot. Belongs before 1",
        "3 Put the leaves in. Belongs before 1",
    ]


def test_whoever_moves_nothing_is_asked_whether_that_was_meant(
    home: Any, attempt: AttemptRecord, instance: Instance, ada: Person
) -> None:
    page = formats.open_question(home(), attempt)
    start = ids(page)
    page.get_by_role("button", name="Answer", exact=True).click()
    assert seen(page, ".untouched") == (
        "Nothing has been moved yet. If you would do it in just this order, answer again."
    )
    assert formats.stored(instance, ada, attempt) is None
    send(page)
    assert formats.stored(instance, ada, attempt) == start


def test_form_with_a_fault_comes_back_with_the_places(home: Any, attempt: AttemptRecord) -> None:
    page = formats.open_question(home(java_script_enabled=False), attempt)
    start = ids(page)
    for place, step in zip((5, 2, 2, 1, 3), page.locator(".step select").all(), strict=True):
        step.select_option(str(place))
    send(page)
    assert seen(page, ".fault") == "Two steps have the place 2. Give each step a place of its own."
    assert ids(page) == start
    assert [step.input_value() for step in page.locator(".step select").all()] == ["5", "2", "2", "1", "3"]


def test_form_with_a_fault_comes_back_in_the_order_it_had(home: Any, attempt: AttemptRecord) -> None:
    page = formats.open_question(home(), attempt)
    page.locator(".step [data-by='1']").first.click()
    moved = ids(page)
    page.locator(".step select").last.evaluate("(list) => { list.value = '4' }")
    send(page)
    assert seen(page, ".fault") == "Two steps have the place 4. Give each step a place of its own."
    assert ids(page)[:3] == moved[:3]
    assert sorted(ids(page)[3:]) == sorted(moved[3:])


def test_answered_page_says_what_was_turned_round_and_why(
    home: Any, attempt: AttemptRecord, instance: Instance, ada: Person
) -> None:
    formats.answered(instance, ada, attempt, STATES["wrong"])
    page = formats.open_question(home(), attempt)
    first, *others = page.locator(".pairs .option").all()
    assert " ".join(first.inner_text().split()) == (
        "First Lift the leaves out after three minutes. "
        "Then Turn the handle towards Dan, and wait until Dan holds the cup. "
        "Turned round, and a matter of safety: it could do harm, so this answer earns nothing "
        "Fishing in a cup that somebody holds scalds. Convention"
    )
    assert [one.locator("details").get_attribute("open") for one in others] == [None] * 3
    page.get_by_text("The right order that is nearest to yours").click()
    assert page.locator(".sound li").all_inner_texts() == [TEXTS[id] for id in RIGHT]


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible_and_fits(
    home: Any, attempt: AttemptRecord, instance: Instance, ada: Person, axe_source: str, state: str
) -> None:
    if STATES[state]:
        formats.answered(instance, ada, attempt, STATES[state])
    page = formats.open_question(home(), attempt)
    assert (violations(page, axe_source), overflowing(page)) == ([], [])


def test_faults_and_picked_up_steps_are_accessible_and_fit(home: Any, attempt: AttemptRecord, axe_source: str) -> None:
    page = formats.open_question(home(), attempt)
    page.get_by_role("button", name="Answer", exact=True).click()
    page.locator(".grip").nth(1).press("Space")
    assert (violations(page, axe_source), overflowing(page)) == ([], [])
    page.locator(".step select").first.evaluate("(list) => { list.value = '2' }")
    page.locator(".step [data-by='1']").nth(2).click()
    page.locator(".step select").first.evaluate("(list) => { list.value = '2' }")
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
