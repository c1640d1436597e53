"""Module, section and quiz pages."""

import re

import pytest

from app.content.records import Course
from app.learning import queries
from app.learning.services import mark_read
from tests.conftest import START, Browser
from tests.taking import answer_all, read_all, start

WAY = (
    ("/modules/welcome/course", "/modules/welcome/reading"),
    ("/modules/welcome/reading", "/modules/brewing"),
    ("/modules/brewing/water", "/modules/brewing/time"),
    ("/modules/brewing/time", "/modules/brewing/key-points"),
    ("/modules/brewing/key-points", "/quizzes/brewing"),
    ("/modules/serving/asking", "/modules/serving/handing-over"),
    ("/modules/serving/handing-over", "/quizzes/serving"),
)


@pytest.mark.parametrize(("here", "following"), WAY)
def test_going_on_marks_the_section_and_leads_to_the_next_part(ada: Browser, here: str, following: str) -> None:
    response = ada.post(here)

    assert (response.status_code, response.location) == (303, following)
    assert [f"/modules/{read.module_id}/{read.section_id}" for read in queries.section_reads(ada.person_id)] == [here]


def test_the_way_through_covers_every_section(course: Course) -> None:
    assert [here for here, _ in WAY] == [section.url for module in course.modules for section in module.sections]


def test_opening_a_section_does_not_mark_it(course: Course, ada: Browser) -> None:
    section = course.section("brewing", "water")

    page = ada.get(section.url).text

    assert section.html.strip() in page
    assert f'action="{section.url}"' in page
    assert queries.section_reads(ada.person_id) == ()


@pytest.mark.parametrize(
    "path", ["/modules/coffee", "/modules/brewing/asking", "/modules/coffee/water", "/quizzes/tea"]
)
def test_what_the_course_has_not_is_not_found(ada: Browser, path: str) -> None:
    assert ada.get(path).status_code == 404


def test_the_module_page_leads_to_the_first_unread_section_then_the_quiz_then_back(
    course: Course, ada: Browser
) -> None:
    def onward() -> str:
        found = re.findall(r'<a class="button[^"]*" href="([^"]+)"', ada.get("/modules/brewing").text)
        return str(found[-1])

    steps = [onward()]
    mark_read(course, ada.person_id, "brewing", "water", now=START)
    steps.append(onward())
    read_all(course, ada.person_id, START)
    steps.append(onward())
    answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)
    steps.append(onward())

    assert steps == ["/modules/brewing/water", "/modules/brewing/time", "/quizzes/brewing", "/course"]


def test_the_quiz_page_lists_every_attempt_newest_first(course: Course, ada: Browser, cy: Browser) -> None:
    old = answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START, wrongly=[1, 2])
    new = start(course, ada.person_id, "brewing", START.replace(hour=23))
    others = start(course, cy.person_id, "brewing", START)

    page = ada.get("/quizzes/brewing").text

    assert re.findall(r'href="/attempts/([^"]+)"', page) == [str(new), str(old.id)]
    assert str(others) not in page
    assert "66%, not passed" in page
    assert "open, 0 of 6 answered" in page


def test_the_quiz_page_names_content_notes_only_where_there_are_any(ada: Browser) -> None:
    pages = [ada.get(f"/quizzes/{quiz_id}").text for quiz_id in ("serving", "brewing")]

    assert ["About the cases" in page for page in pages] == [True, False]
