"""One request an answer; nothing is called saved before it is, and nothing is lost when the line is down."""

import pytest
from playwright.sync_api import Page, Request, Route

from app.assessment import services as quizzes
from app.assessment.records import AttemptRecord
from app.content.records import Course
from app.questions import choice
from tests.browser.answering import answer, asked, chooses, options
from tests.browser.browsing import Visitor, ready, seen
from tests.browser.conftest import Arrive
from tests.browser.hands import Pointer, expect_answer
from tests.browser.instance import Instance, Person

pytestmark = pytest.mark.browser

HANDS = Pointer()
UNREACHED = (
    "Not saved yet: the server cannot be reached. Your answer is still here. Try again; it counts once, however often "
    "you send it."
)


@pytest.fixture
def ada(instance: Instance) -> Person:
    return instance.join("Ada Lindqvist")


@pytest.fixture
def visitor(instance: Instance, ada: Person, arrive: Arrive) -> Visitor:
    visitor = arrive(instance)
    visitor.sign_in(ada.person_id)
    return visitor


@pytest.fixture
def page(visitor: Visitor, instance: Instance, ada: Person) -> Page:
    """On the first question of an attempt, its scripts ready."""
    attempt = instance.begin_quiz(ada.person_id, "brewing", chooses(last=1))
    return opened(visitor.page, f"/attempts/{attempt.id}/1")


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    ready(page)
    return page


def requests_of(page: Page) -> list[str]:
    """Method and path of whatever the page asks the server for from now on, but for files that never change."""
    asked_for: list[str] = []

    def note(request: Request) -> None:
        path = "/" + request.url.split("/", 3)[3]
        if not path.startswith("/static/"):
            asked_for.append(f"{request.method} {path.split('#')[0]}")

    page.on("request", note)
    return asked_for


def take(page: Page, course: Course) -> int:
    """Take the quiz that the page leads to from its first question to its result; how many questions it had."""
    questions = 0
    while True:
        questions += 1
        ready(page)
        answer(page, HANDS, course, right=True)
        if page.get_by_role("link", name="See the result").count():
            HANDS.press(page, "See the result")
            return questions
        HANDS.press(page, "Next question")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_quiz_costs_few_requests(instance: Instance, ada: Person, arrive: Arrive, tea: Course, scripts: bool) -> None:
    """Beginning is two requests, with the first question; then each answer is one or two, and one more leads on."""
    visitor = arrive(instance, java_script_enabled=scripts)
    visitor.sign_in(ada.person_id)
    page = opened(visitor.page, "/quizzes/brewing")
    asked_for = requests_of(page)

    HANDS.press(page, "Begin Question 1")
    questions = take(page, tea)

    assert page.url.endswith("/result")
    assert len(asked_for) == cost(questions, scripts), asked_for
    assert (cost(5, scripts=True), cost(5, scripts=False)) == (12, 17)


def cost(questions: int, scripts: bool) -> int:
    return 2 + questions * (2 if scripts else 3)


def test_an_answer_lands_on_the_verdict_without_leaving_the_page(page: Page, tea: Course) -> None:
    start, asked_for = page.url, requests_of(page)
    page.evaluate("window.stayed = true")

    answer(page, HANDS, tea, right=True)

    assert (page.url, page.evaluate("window.stayed")) == (f"{start}#verdict", True)
    assert len(asked_for) == 1
    assert page.evaluate("document.activeElement.id") == "verdict"
    assert seen(page, ".saved") == "Saved"
    answered = seen(page)
    page.reload()
    assert seen(page) == answered


def test_on_a_phone_the_case_folds_and_the_verdict_stands_below_it(page: Page, tea: Course) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    answer(page, HANDS, tea, right=False)
    case, verdict = page.locator(".vignette").bounding_box(), page.locator("#verdict").bounding_box()
    assert case is not None
    assert verdict is not None
    assert page.locator(".vignette").get_attribute("open") is None
    assert case["y"] == 0
    assert case["height"] <= verdict["y"] < 300


def test_confidence_is_asked_quietly_and_said_back(page: Page, tea: Course) -> None:
    HANDS.choose(page, options(asked(page, tea), right=True))
    page.get_by_label("Fairly sure").check()
    HANDS.press(page, "Answer")
    assert seen(page, ".sureness") == "You were fairly sure."


def test_a_line_that_is_down_loses_nothing_and_counts_nothing_twice(visitor: Visitor, page: Page, tea: Course) -> None:
    words = options(asked(page, tea), right=False)
    HANDS.choose(page, words)
    page.get_by_label("Guessing").check()
    page.route("**/attempts/**", lambda route: route.abort())
    for _ in range(2):
        page.get_by_role("button", name="Answer").click()
        page.locator("form.ask:not([data-sent])").wait_for()
        assert seen(page, "[role=alert]:not([hidden])") == UNREACHED
    assert page.locator(".saved").count() == 0
    marked = [
        " ".join(text.split()) for text in page.locator("label.option:has(:checked) .option-text").all_inner_texts()
    ]
    assert (sorted(marked), page.get_by_label("Guessing").is_checked()) == (sorted(words), True)

    page.unroute_all()
    HANDS.press(page, "Answer")
    assert (seen(page, ".sureness"), page.locator(".flash").count()) == ("You were guessing.", 0)
    assert [one for one in visitor.watch.complaints if "ERR_FAILED" not in one] == []
    visitor.watch.complaints.clear()


def test_an_answer_whose_reply_got_lost_can_be_sent_again(visitor: Visitor, page: Page, tea: Course) -> None:
    def deliver_but_lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    HANDS.choose(page, options(asked(page, tea), right=True))
    page.route("**/attempts/**", deliver_but_lose_the_reply)
    page.get_by_role("button", name="Answer").click()
    assert seen(page, "[role=alert]:not([hidden])") == UNREACHED
    page.unroute_all()
    HANDS.press(page, "Answer")
    assert (seen(page, ".verdict"), seen(page, ".saved")) == ("The best move", "Saved")
    assert page.locator(".flash").count() == 0
    visitor.watch.complaints.clear()


def test_a_fault_of_the_server_keeps_what_was_chosen(visitor: Visitor, page: Page, tea: Course) -> None:
    HANDS.choose(page, options(asked(page, tea), right=True))
    page.route("**/attempts/**", lambda route: route.fulfill(status=500, body="broken"))
    page.get_by_role("button", name="Answer").click()
    assert seen(page, "[role=alert]:not([hidden])") == (
        "Not saved: the server could not take it. Your answer is still here. Try again in a moment."
    )
    page.unroute_all()
    HANDS.press(page, "Answer")
    assert seen(page, ".saved") == "Saved"
    visitor.watch.complaints.clear()


def asks_for_several_next(attempt: AttemptRecord) -> bool:
    first, second = (quizzes.load(item).question for item in attempt.items[:2])
    return first.type == "choice" and isinstance(second, choice.Question) and second.marks > 1


def test_what_is_at_fault_is_said_and_what_was_marked_stays(
    visitor: Visitor, instance: Instance, ada: Person, tea: Course
) -> None:
    attempt = instance.begin_quiz(ada.person_id, "serving", asks_for_several_next)
    page = opened(visitor.page, f"/attempts/{attempt.id}/1")
    answer(page, HANDS, tea, right=True)
    HANDS.press(page, "Next question")
    ready(page)
    page.locator(".option").first.click()
    page.get_by_label("Guessing").check()
    with expect_answer(page):
        page.get_by_role("button", name="Answer").click()
    assert page.evaluate("document.activeElement.id") == "fault"
    assert page.locator(".option input").first.is_checked()
    assert page.get_by_label("Guessing").is_checked()
    page.locator("label.option", has=page.locator(":checked")).first.click()
    answer(page, HANDS, tea, right=True)
    assert seen(page, ".verdict") == "The best move"


def test_the_line_moves_when_motion_is_allowed(instance: Instance, ada: Person, arrive: Arrive, tea: Course) -> None:
    visitor = arrive(instance, reduced_motion="no-preference")
    visitor.sign_in(ada.person_id)
    page = opened(visitor.page, f"/attempts/{instance.begin_quiz(ada.person_id, 'brewing', chooses(last=1)).id}/1")
    answer(page, HANDS, tea, right=True)
    assert seen(page, ".verdict") == "The best move"
    page.wait_for_function("document.activeElement.id === 'verdict'")


def test_a_dispute_is_two_clicks_and_a_sentence(page: Page, tea: Course) -> None:
    answer(page, HANDS, tea, right=False)
    page.get_by_text("Something wrong with this question?").click()
    page.get_by_label("What is wrong?").fill("The pot in this case is cast iron.")
    HANDS.press(page, "Send")
    assert page.url.endswith("#dispute")
    assert seen(page, ".dispute .quoted") == "The pot in this case is cast iron."
