"""Reading a session: with notes, without them, one's own line first; by keyboard, without scripts, aloud, on paper."""

import pytest
from playwright.sync_api import Page

from tests.browser.browsing import ready
from tests.browser.conftest import Arrive
from tests.browser.instance import Instance
from tests.browser.paper import text_of

pytestmark = pytest.mark.browser

PATH = "/transcripts/one-pot"
VOICES = """
window.spoken = [];
const voices = [{localService: true, lang: "en-GB", name: "One"}, {localService: true, lang: "en-US", name: "Two"},
  {localService: false, lang: "en-GB", name: "Far away"}];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices, addEventListener() {}, cancel() {},
  speak(speech) { spoken.push([speech.voice.name, speech.text]); setTimeout(() => speech.onend(), 0); },
}});
"""


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def page(request: pytest.FixtureRequest, instance: Instance, arrive: Arrive) -> Page:
    visitor = arrive(instance, java_script_enabled=request.param)
    visitor.sign_in(instance.join("Ada Lindqvist").person_id)
    visitor.page.goto(PATH)
    return visitor.page


def shown(page: Page) -> list[str]:
    """The lines that can be read."""
    return [line.get_attribute("id") or "" for line in page.locator(".turn").all() if line.is_visible()]


def test_notes_can_be_folded_one_by_one_or_left_out(page: Page) -> None:
    notes = page.locator(".margin p")
    assert [note.is_visible() for note in notes.all()] == [True, True, True]

    page.locator(".margin summary").first.click()
    assert [note.is_visible() for note in notes.all()] == [False, True, True]
    page.get_by_label("Without").check(force=True)

    assert [note.is_visible() for note in notes.all()] == [False, False, False]
    assert len(shown(page)) == 6


def test_by_keyboard_the_session_waits_for_ones_own_line(page: Page) -> None:
    page.get_by_label("With notes").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["l1", "l2"]
    assert page.locator(".afterwards").is_visible() is False

    page.keyboard.press("Tab")  # the number of line 1
    while page.evaluate("document.activeElement.id") != "guess-l3":
        page.keyboard.press("Tab")
    page.keyboard.type("Black or white?")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert shown(page) == ["l1", "l2", "l3", "l4"]
    assert page.locator("#guess-l3").is_visible()
    assert page.locator("#l3 .margin p").is_visible()
    while page.evaluate("document.activeElement.id") != "guess-l5":
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    assert len(shown(page)) == 6
    assert page.locator(".afterwards").is_visible()


def test_what_is_written_is_not_kept(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_label("My line first").check(force=True)
    page.locator("#guess-l3").fill("Something of my own.")
    page.reload()

    assert page.locator("#guess-l3").input_value() == ""
    assert set(sent) == {"GET"}


def test_on_paper_everything_stands_whatever_way_was_chosen(page: Page) -> None:
    page.get_by_label("My line first").check(force=True)
    paper = "".join(text_of(page.pdf(format="A4")).split())

    for words in ("Say when.", "The easy way out is closed kindly", "The first question gave him a choice"):
        assert words.replace(" ", "") in paper
    assert "Whatwouldyousay" not in paper


def test_it_is_read_aloud_by_voices_of_this_device_in_turn(instance: Instance, arrive: Arrive) -> None:
    visitor = arrive(instance)
    visitor.sign_in(instance.join("Ada Lindqvist").person_id)
    page = visitor.page
    page.add_init_script(VOICES)
    page.goto(PATH)
    ready(page)
    page.get_by_label("My line first").check(force=True)
    page.get_by_role("button", name="Listen").click()
    page.wait_for_function("document.querySelector('[data-listen]').textContent === 'Listen'")

    assert page.evaluate("spoken") == [
        [
            "One",
            "Therapist: “Before I fill the kettle, would you like a cup at all?” She waits, with the lid in her hand.",
        ],
        ["Two", "Nilo: “Whatever is easiest.”"],
    ]


def test_nothing_is_left_to_the_browsers_own_voice_and_a_stopped_line_ends_nothing(
    instance: Instance, arrive: Arrive
) -> None:
    visitor = arrive(instance)
    visitor.sign_in(instance.join("Ada Lindqvist").person_id)
    page = visitor.page
    page.add_init_script(
        VOICES.replace("setTimeout(() => speech.onend(), 0)", "last = window.last ?? []; last.push(speech)")
    )
    page.add_init_script("Object.assign(speechSynthesis, {addEventListener(_, told) { window.change = told; }})")
    page.goto(PATH)
    ready(page)
    button = page.locator("[data-listen]")
    for _ in range(3):  # begun, stopped, begun again
        button.click()
    page.evaluate("last[0].onend(), last[0].onerror()")
    assert page.evaluate("spoken.length") == 2
    assert button.inner_text() == "Stop"

    page.evaluate("speechSynthesis.getVoices().shift(), speechSynthesis.getVoices().shift(), last[1].onend()")
    assert page.evaluate("spoken.length") == 2
    assert button.inner_text() == "Listen"

    page.evaluate("change()")
    assert button.is_visible() is False


def test_without_such_voices_nothing_offers_to_read_aloud(instance: Instance, arrive: Arrive) -> None:
    visitor = arrive(instance)
    visitor.sign_in(instance.join("Ada Lindqvist").person_id)
    page = visitor.page
    page.add_init_script(VOICES.replace("localService: true", "localService: false"))
    page.goto(PATH)
    ready(page)

    assert page.get_by_role("button", name="Listen").is_visible() is False
