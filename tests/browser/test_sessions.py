"""Leading a session to its end: by keyboard, by touch, without scripts; on two devices, and another way."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.content.records import Course
from app.questions.scenario_state import Made, replay
from tests.browser.answering import plain
from tests.browser.browsing import Visitor, seen
from tests.browser.conftest import Arrive
from tests.browser.hands import Hands, Keyboard, Pointer
from tests.browser.instance import SAMPLE_COURSE, Instance, Person, running
from tests.leading import EARLY, REPAIRED, SESSION, WARM

pytestmark = pytest.mark.browser

HANDS = Pointer()
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class Touch(Pointer):
    """A finger."""

    def press(self, page: Page, name: str) -> None:
        with page.expect_navigation():
            self._find(page, name).tap()

    def choose(self, page: Page, options: Sequence[str]) -> None:
        for option in options:
            page.locator("label.option", has=page.get_by_text(option, exact=True)).tap()


@pytest.fixture
def ada(instance: Instance) -> Person:
    return instance.join("Ada Lindqvist")


@pytest.fixture
def at_home(instance: Instance, ada: Person, arrive: Arrive) -> Visitor:
    """Ada's browser, signed in."""
    visitor = arrive(instance)
    visitor.sign_in(ada.person_id)
    return visitor


def words(course: Course, moves: Sequence[str]) -> list[str]:
    """What each move says on the page, from the beginning of the session."""
    scenario, made, found = course.scenario(SESSION), list[Made](), list[str]()
    for move in moves:
        node = replay(scenario, made).node
        assert node is not None
        found.append(plain(node.move(move).text))
        made.append(Made(node.id, move))
    return found


def begin(page: Page, hands: Hands = HANDS) -> None:
    page.goto(f"/scenarios/{SESSION}")
    hands.press(page, "Begin the session")


def go_on(page: Page, moves: Sequence[str], hands: Hands = HANDS) -> None:
    for move in moves:
        hands.choose(page, [move])
        hands.press(page, "Make this move")


def talk_over(page: Page, hands: Hands = HANDS) -> None:
    hands.press(page, "Next The debrief")
    hands.write(page, "My own reaction", "A lump in the throat.")
    hands.write(page, "What I intended", "To let her decide.")
    hands.press(page, "Keep this, and see the path")
    hands.press(page, "Close the debrief")


@pytest.mark.parametrize(
    ("hands", "options"),
    [
        pytest.param(Pointer(), {}, id="pointer"),
        pytest.param(Touch(), PHONE, id="touch"),
        pytest.param(Pointer(), {"java_script_enabled": False}, id="no_scripts"),
        pytest.param(Keyboard(), {}, id="keyboard"),
    ],
)
def test_a_session_is_led_from_the_course_home_to_its_ending_and_talked_over(
    instance: Instance, ada: Person, tea: Course, arrive: Arrive, hands: Hands, options: dict[str, object]
) -> None:
    visitor = arrive(instance, **options)
    visitor.sign_in(ada.person_id)
    page = visitor.page
    page.goto("/course")
    hands.press(page, "Rosa, 58, the cold hall")
    hands.press(page, "Begin the session")
    for number, move in enumerate(words(tea, REPAIRED), 1):
        told = "Decision 11" if number == 11 else f"Decision {number} of about 10"
        assert told in seen(page, ".act .onward")
        go_on(page, [move], hands)

    assert seen(page, ".the-end").splitlines()[1] == "A second cup, sitting down"
    assert "bergamot" not in seen(page)
    talk_over(page, hands)
    assert seen(page, "h1") == "A second cup, sitting down"
    assert page.locator(".decision").count() == len(REPAIRED)
    assert "I have not tried bergamot." in seen(page, ".account")
    page.goto("/course")
    assert "done" in seen(page, ".sessions")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_the_gauges_show_once_the_client_has_been_judged(
    instance: Instance, ada: Person, arrive: Arrive, scripts: bool
) -> None:
    visitor = arrive(instance, java_script_enabled=scripts)
    visitor.sign_in(ada.person_id)
    page = visitor.page
    begin(page)
    marks = page.locator(".track .at")
    assert [mark.is_visible() for mark in marks.all()] == [False, False]
    assert seen(page, ".gauges").endswith("Judge first; then the gauges show.")

    page.get_by_label("Far away").click()

    assert [mark.is_visible() for mark in marks.all()] == [True, True]
    assert seen(page, ".compare-away") == "You read: far away. The gauges say: within reach."
    assert "Alliance: steady." in seen(page, ".gauges")


def test_arrows_pass_over_the_readings_before_anything_shows(at_home: Visitor) -> None:
    page = at_home.page
    begin(page)
    page.get_by_label("Flooded").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator(".track .at").first.is_visible() is False
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Far away").is_checked()

    page.keyboard.press("1")

    assert page.locator(".track .at").first.is_visible()
    assert page.locator(".option input").first.is_checked()


def test_a_session_begins_at_its_opening(at_home: Visitor) -> None:
    page = at_home.page
    begin(page)

    assert page.evaluate("[document.activeElement.id, scrollY]") == ["now", 0]
    top, bottom = page.locator(".opening").evaluate("(one) => [one.getBoundingClientRect().top, innerHeight]")
    assert 0 < top < bottom / 2


def test_the_page_lands_on_what_the_client_says_now(at_home: Visitor, tea: Course) -> None:
    page = at_home.page
    begin(page)
    go_on(page, words(tea, WARM[:5]))

    assert page.evaluate("document.activeElement.id") == "now"
    top, bottom = page.locator("#now").evaluate("(one) => [one.getBoundingClientRect().top, innerHeight]")
    assert 0 < top < bottom


def test_another_device_goes_on_where_this_one_stopped(
    at_home: Visitor, instance: Instance, ada: Person, tea: Course, arrive: Arrive
) -> None:
    begin(at_home.page)
    go_on(at_home.page, words(tea, WARM)[:4])
    phone = arrive(instance, **PHONE)
    phone.sign_in(ada.person_id)

    phone.page.goto("/course")
    assert "open, decision 5" in seen(phone.page, ".sessions")
    HANDS.press(phone.page, "Rosa, 58, the cold hall")
    HANDS.press(phone.page, "Go on Decision 5")

    assert seen(phone.page, ".talk") == seen(at_home.page, ".talk")
    go_on(phone.page, words(tea, WARM)[4:])
    at_home.page.reload()
    assert seen(at_home.page, ".the-end").splitlines()[1] == "A second cup, sitting down"


def test_a_move_from_a_stale_tab_changes_nothing_and_says_so(at_home: Visitor, tea: Course) -> None:
    one, other = at_home.page, at_home.context.new_page()
    begin(one)
    other.goto(one.url)
    go_on(one, words(tea, WARM[:1]))
    go_on(other, words(tea, REPAIRED[:1]))

    assert seen(other, ".flash") == (
        "This decision had been made before, perhaps in another tab. What was saved first stands."
    )
    assert seen(other, ".talk") == seen(one, ".talk")


def test_going_back_takes_another_way_and_leaves_the_first_as_it_was(at_home: Visitor, tea: Course) -> None:
    page = at_home.page
    begin(page)
    go_on(page, words(tea, WARM))
    talk_over(page)
    run, first = page.url, page.locator(".decision").all_inner_texts()

    with page.expect_navigation():
        page.locator("#decision-3").get_by_role("button", name="Go back to here").click()
    go_on(page, words(tea, EARLY)[2:])
    assert seen(page, "h1") == "Way 2: The cup went cold"
    columns = page.locator(".side-by-side > section")
    assert [column.locator(".decision").count() for column in columns.all()] == [4, 8]

    HANDS.press(page, "Back to all ways")
    assert page.url == run
    assert page.locator(".decision").all_inner_texts() == first
    ways = page.get_by_role("region", name="Ways through this session").get_by_role("listitem")
    assert [" ".join(text.split()) for text in ways.all_inner_texts()] == [
        "The first way A second cup, sitting down · the result",
        "Way 2, from decision 3 The cup went cold",
    ]
    assert page.locator(".path-picture .ring").count() == 2


def test_on_a_phone_the_gauges_are_a_strip_that_stays(
    instance: Instance, ada: Person, tea: Course, arrive: Arrive
) -> None:
    visitor = arrive(instance, **PHONE)
    visitor.sign_in(ada.person_id)
    page = visitor.page
    begin(page)
    go_on(page, words(tea, WARM[:4]))
    page.get_by_label("Within reach").tap()
    for place in ("#now", ".act .onward"):
        page.locator(place).scroll_into_view_if_needed()
        box = page.locator(".gauges").bounding_box()
        assert box is not None
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 56)
    overflow = page.locator(".dial-name").evaluate_all("(all) => all.some((one) => one.scrollWidth > one.clientWidth)")
    assert overflow is False


def test_forced_colours_keep_marks_and_shapes_visible(at_home: Visitor, tea: Course) -> None:
    page = at_home.page
    page.emulate_media(forced_colors="active")
    begin(page)
    page.get_by_label("Flooded").click()
    colours = "(one) => [getComputedStyle(one).fill, getComputedStyle(document.body).backgroundColor]"
    for selector in (".track .at", ".dial .was"):
        for mark in page.locator(selector).all():
            fill, ground = mark.evaluate(colours)
            assert fill != ground or mark.evaluate("(one) => getComputedStyle(one).stroke") != ground
    edge, ground = page.locator(".track-edge").first.evaluate(colours.replace(".fill", ".stroke"))
    assert edge != ground


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Instance]:
    """An instance whose course may be edited."""
    shutil.copytree(SAMPLE_COURSE, tmp_path / "course")
    with running(tmp_path / "data", tmp_path / "course") as started:
        yield started


def test_an_open_session_stays_as_it_began_when_files_change(
    changing: Instance, tea: Course, arrive: Arrive, tmp_path: Path
) -> None:
    visitor = arrive(changing)
    visitor.sign_in(changing.join("Ada Lindqvist").person_id)
    page = visitor.page
    begin(page)
    go_on(page, words(tea, WARM)[:3])
    before = seen(page)

    path = tmp_path / "course" / "quizzes" / "scenarios" / f"{SESSION}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Rosa", "Olga"), encoding="utf-8")
    changing.restart()

    page.reload()
    assert seen(page) == before
    go_on(page, words(tea, WARM)[3:])
    talk_over(page)
    assert "How Rosa tells it" in seen(page)
    page.goto("/scenarios")
    assert "Olga, 58, the cold hall" in seen(page)
