"""From the first page to the certificate: with a pointer, without scripts, and by keyboard alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.content.records import Course, Module
from tests.browser.answering import take_quiz
from tests.browser.browsing import seen
from tests.browser.conftest import Arrive
from tests.browser.hands import Hands, Keyboard, Pointer
from tests.browser.instance import PASSWORD, Instance
from tests.browser.paper import text_of

pytestmark = pytest.mark.browser

PRINTED = "Dr. Ayşe Łukaszewicz"


@pytest.mark.parametrize(
    ("hands", "scripts"),
    [
        pytest.param(Pointer(), True, id="pointer"),
        pytest.param(Pointer(), False, id="no_scripts"),
        pytest.param(Keyboard(), True, id="keyboard"),
    ],
)
def test_course_leads_from_registration_to_certificate(
    instance: Instance, tea: Course, arrive: Arrive, request: pytest.FixtureRequest, hands: Hands, scripts: bool
) -> None:
    welcome, brewing, serving = tea.modules
    page = arrive(instance, java_script_enabled=scripts).page
    _register(page, hands, email=f"{request.node.callspec.id}@example.org")
    assert seen(page, ".resume").splitlines()[:2] == ["Start here", "What this course is"]

    hands.press(page, "Begin")
    _read(page, hands, welcome, then=f"Next module 1, {brewing.title}")
    _read(page, hands, brewing, then="Next the quiz")
    hands.press(page, "Begin Question 1")
    first_cases = take_quiz(page, hands, tea, right=False)
    _check_failed_result(page, brewing)

    hands.press(page, "Water")
    assert page.locator("h1").inner_text() == "Water"
    _back_to_quiz(page, hands)
    hands.press(page, "Begin with new cases first")
    second_cases = take_quiz(page, hands, tea, right=True)
    assert sorted(first_cases + second_cases) == sorted(vignette.title for vignette in tea.quizzes["brewing"].bank)
    assert seen(page, "h1") == "Passed: 6 of 6"

    hands.press(page, "Next The course")
    assert seen(page, ".resume").splitlines()[:2] == ["Where you stopped", "Asking"]
    assert seen(page, ".requirements").splitlines() == [
        "Serving",
        "2 sections to read, quiz to pass at 80%",
        "Final test",
        "to pass at 80%",
    ]
    hands.press(page, "Continue")
    _read(page, hands, serving, then="Next the quiz")
    hands.press(page, "Begin Question 1")
    take_quiz(page, hands, tea, right=True)
    hands.press(page, "Next The course")
    assert seen(page, ".resume").splitlines()[:2] == ["Where you stopped", "Final test"]
    hands.press(page, "Continue")
    hands.press(page, "Begin Question 1")
    take_quiz(page, hands, tea, right=True)
    assert seen(page, "h1") == "Passed: 4 of 4"
    hands.press(page, "Next The course")
    assert seen(page, ".resume").splitlines()[:2] == ["Everything is done", "Your certificate is ready"]

    hands.press(page, "Take it")
    assert page.get_by_label("Name as it should be printed").input_value() == "Ayse Lukaszewicz"
    hands.write(page, "Name as it should be printed", PRINTED)
    hands.press(page, "Issue my certificate")
    _check_certificate(page, hands, tea)
    _check_public_page(page, hands, arrive, instance, tea)


def _register(page: Page, hands: Hands, email: str) -> None:
    page.goto("/")
    hands.press(page, "Begin")
    hands.write(page, "Your name", "Ayse Lukaszewicz")
    hands.write(page, "E-mail address", email)
    hands.write(page, "Password", PASSWORD)
    hands.press(page, "Register")


def _read(page: Page, hands: Hands, module: Module, then: str) -> None:
    """From the module's page to its end."""
    assert page.locator("h1").inner_text() == module.title
    onward = page.locator(".onward .button:not(.plain)")
    hands.press(page, " ".join(onward.inner_text().split()))
    for section in module.sections:
        assert page.locator("h1").inner_text() == section.title
        follows = module.sections[section.number : section.number + 1]
        hands.press(page, f"Next {follows[0].title}" if follows else then)


def _check_failed_result(page: Page, module: Module) -> None:
    assert seen(page, "h1") == "Not passed yet: 0 of 6"
    read_again = page.get_by_role("region", name="Worth reading again").get_by_role("listitem")
    titles = {section.id: section.title for section in module.sections}
    advised = [
        ", ".join(titles[section] for section in objective.sections) + " " + objective.text
        for objective in module.objectives
    ]
    assert sorted(" ".join(text.split()) for text in read_again.all_inner_texts()) == sorted(advised)
    answers = page.get_by_role("region", name="Your answers").get_by_role("listitem").all_inner_texts()
    assert [text.split("\n")[-1].strip() for text in answers] == ["not yet"] * 6


def _back_to_quiz(page: Page, hands: Hands) -> None:
    for title in ("Next Time", "Next Key points", "Next the quiz"):
        hands.press(page, title)


def _check_certificate(page: Page, hands: Hands, course: Course) -> None:
    shown = seen(page, ".certificate").splitlines()
    shown = seen(page, ".certificate").splitlines()
    number = shown[-2]
    assert (shown[0], shown[2:4]) == (course.certificate.title, ["completed by", PRINTED])
    pdf = Path(hands.download(page, "Download the PDF").path()).read_bytes()
    printed = text_of(pdf).splitlines()
    assert PRINTED in printed
    assert [line for line in printed if number in line] != []


def _check_public_page(page: Page, hands: Hands, arrive: Arrive, instance: Instance, course: Course) -> None:
    said = seen(page, ".certificate")
    hands.press(page, "Its public page")
    assert page.locator("h1").inner_text() == "This certificate is valid"
    stranger = arrive(instance).page
    stranger.goto(page.url)
    assert stranger.locator("h1").inner_text() == "This certificate is valid"
    assert seen(stranger, ".certificate") == said
    paper = stranger.context.request.get(f"{page.url}.pdf", max_redirects=0)
    assert (paper.status, re.sub(r"\?.*", "", paper.headers["location"])) == (302, "/login")
