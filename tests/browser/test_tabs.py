"""Two tabs, the back button, and cases that were exchanged: what was saved stands, and nothing is answered unseen."""

import pytest
from playwright.sync_api import Page

from app.assessment import services as quizzes
from app.assessment.records import AttemptRecord
from app.content.records import Course
from tests.browser.answering import answer, asked, case_of, chooses, options
from tests.browser.browsing import Visitor, seen
from tests.browser.conftest import Arrive
from tests.browser.hands import Pointer
from tests.browser.instance import PASSWORD, Instance, Person

pytestmark = pytest.mark.browser

HANDS = Pointer()


@pytest.fixture
def ada(instance: Instance) -> Person:
    return instance.join("Ada Lindqvist")


@pytest.fixture
def at_home(instance: Instance, ada: Person, arrive: Arrive) -> Visitor:
    """Ada's browser, signed in."""
    visitor = arrive(instance)
    visitor.sign_in(ada.person_id)
    return visitor


@pytest.fixture
def tabs(at_home: Visitor, instance: Instance, ada: Person) -> tuple[Page, Page]:
    """Two tabs on the first question of the same attempt."""
    attempt = instance.begin_quiz(ada.person_id, "brewing", chooses(last=3))
    pages = (at_home.page, at_home.context.new_page())
    for page in pages:
        page.goto(f"/attempts/{attempt.id}/1")
    return pages


def chosen(page: Page) -> list[str]:
    """The words of the options that the page shows as chosen."""
    texts = page.locator(".option.is-chosen .option-text").all_inner_texts()
    return [text.strip() for text in texts]


def test_answer_from_second_tab_changes_nothing_and_says_so(tabs: tuple[Page, Page], tea: Course) -> None:
    one, other = tabs
    first = options(asked(one, tea), right=False)
    answer(one, HANDS, tea, right=False)
    answer(other, HANDS, tea, right=True)
    assert seen(other, ".flash") == (
        "This question had been answered before, perhaps in another tab. Your first answer stands."
    )
    assert (sorted(chosen(other)), other.url) == (sorted(first), one.url)
    other.reload()
    assert seen(other) == seen(one)


def test_going_back_after_answering_shows_the_answer(tabs: tuple[Page, Page], tea: Course) -> None:
    page, _ = tabs
    answer(page, HANDS, tea, right=True)
    answered = seen(page)
    HANDS.press(page, "Next question")
    page.go_back()
    assert seen(page) == answered
    page.reload()
    assert seen(page) == answered
    page.go_forward()
    assert seen(page) != answered


def test_stale_tab_keeps_the_first_answer_when_the_quiz_has_gone_on(tabs: tuple[Page, Page], tea: Course) -> None:
    ahead, stale = tabs
    first = options(asked(ahead, tea), right=True)
    for _ in range(2):
        answer(ahead, HANDS, tea, right=True)
        HANDS.press(ahead, "Next question")
    answer(stale, HANDS, tea, right=False)
    assert sorted(chosen(stale)) == sorted(first)
    HANDS.press(stale, "Next question")
    HANDS.press(stale, "Next question")
    assert seen(stale) == seen(ahead)


def test_starting_in_two_tabs_leads_to_one_attempt(at_home: Visitor) -> None:
    one, other = at_home.page, at_home.context.new_page()
    for page in (one, other):
        page.goto("/quizzes/brewing")
    HANDS.press(one, "Begin Question 1")
    HANDS.press(other, "Begin Question 1")
    assert (other.url, seen(other)) == (one.url, seen(one))
    one.goto("/quizzes/brewing")
    attempts = one.get_by_role("region", name="Your attempts").get_by_role("listitem")
    assert [text.split("\n")[-1] for text in attempts.all_inner_texts()] == ["open, 0 of 6 answered"]


def test_answer_after_signing_out_elsewhere_is_refused_in_words_and_can_be_given_again(
    tabs: tuple[Page, Page], ada: Person, tea: Course
) -> None:
    one, other = tabs
    question = one.url
    answer(one, HANDS, tea, right=True)
    HANDS.press(one, "Next question")
    second, waiting = one.url, seen(one)
    other.goto(second)
    one.goto("/course")
    one.locator("details.menu summary").click()
    with one.expect_navigation():
        one.get_by_role("button", name="Sign out").click()
    assert seen(one, ".flash") == "You are signed out."

    HANDS.choose(other, options(asked(other, tea), right=True))
    other.get_by_role("button", name="Answer").click()
    told = "Not saved: you are signed out. Your answer is still here. Sign in in another tab, then answer again here."
    assert " ".join(other.get_by_role("alert").inner_text().split()) == told
    with other.expect_popup() as opened:
        other.get_by_role("alert").get_by_role("link").click()
    third = opened.value
    HANDS.write(third, "E-mail address", ada.email)
    HANDS.write(third, "Password", PASSWORD)
    HANDS.press(third, "Sign in")
    assert (third.url, seen(third)) == (second, waiting)

    HANDS.press(other, "Answer")
    assert seen(other, ".verdict") == "The best move"
    other.goto(question)
    assert seen(other, ".verdict") == "The best move"


def test_without_scripts_an_answer_after_signing_out_is_refused_in_words(
    instance: Instance, ada: Person, arrive: Arrive, tea: Course
) -> None:
    visitor = arrive(instance, java_script_enabled=False)
    visitor.sign_in(ada.person_id)
    page = visitor.page
    page.goto(f"/attempts/{instance.begin_quiz(ada.person_id, 'brewing', chooses(last=1)).id}/1")
    visitor.context.clear_cookies()
    answer(page, HANDS, tea, right=True)
    assert page.locator("h1").inner_text() == "That form could not be accepted"
    assert "Nothing was changed." in seen(page, ".lede")


def first_case_has_note(attempt: AttemptRecord) -> bool:
    return quizzes.load(attempt.items[0]).vignette.content_note is not None


@pytest.fixture
def noted(at_home: Visitor, instance: Instance, ada: Person) -> tuple[Page, Page]:
    """Two tabs on a case with a content note."""
    attempt = instance.begin_quiz(ada.person_id, "serving", first_case_has_note)
    pages = (at_home.page, at_home.context.new_page())
    for page in pages:
        page.goto(f"/attempts/{attempt.id}/1")
    return pages


def test_case_with_note_waits_behind_it_and_can_be_read(noted: tuple[Page, Page]) -> None:
    page, _ = noted
    story = page.locator(".noted p").first
    assert seen(page, ".call-content p:not(.call-title)") == "A burnt hand is mentioned."
    assert story.is_visible() is False
    assert page.locator("form.ask").is_visible() is False
    page.get_by_text("Show this case").click()
    assert (story.is_visible(), page.locator("form.ask").is_visible()) == (True, True)


def test_exchanged_case_is_neutral_and_the_quiz_as_long_as_before(noted: tuple[Page, Page], tea: Course) -> None:
    page, _ = noted
    before, length = case_of(page), seen(page, ".standing p")
    vignettes = {vignette.title: vignette for vignette in tea.quizzes["serving"].vignettes}
    with page.expect_navigation():
        page.get_by_role("button", name="Give me another case without this theme").click()
    assert (vignettes[before].content_note, vignettes[case_of(page)].content_note) == (
        "A burnt hand is mentioned.",
        None,
    )
    assert page.locator(".call-content").count() == 0
    assert seen(page, ".standing p") == length
    answer(page, HANDS, tea, right=True)
    assert seen(page, ".verdict") == "The best move"


def test_answer_to_a_case_exchanged_elsewhere_is_not_taken_for_the_new_one(
    noted: tuple[Page, Page], tea: Course
) -> None:
    one, stale = noted
    with one.expect_navigation():
        one.get_by_role("button", name="Give me another case without this theme").click()
    HANDS.unfold(stale, "Show this case")
    HANDS.choose(stale, options(asked(stale, tea), right=True))
    HANDS.press(stale, "Answer")
    assert seen(stale, ".fault") == (
        "This case took the place of the one you answered, perhaps in another tab. Nothing was saved yet."
    )
    assert case_of(stale) == case_of(one)
    answer(stale, HANDS, tea, right=True)
    assert seen(stale, ".verdict") == "The best move"
