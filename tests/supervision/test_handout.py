"""One sheet for the group itself: nobody is named, and nothing points to somebody."""

import re

import pytest
from flask import Flask

from app.content.records import Course
from tests.conftest import START, Browser
from tests.groups import Group, group
from tests.supervision.teaching import NAMES, answer, fail, main_of, people, words


@pytest.fixture
def linden(app: Flask) -> Group:
    return group("Linden", ("Anna", "Bo", "Ines"), now=START)


@pytest.fixture
def bo(app: Flask, linden: Group) -> Browser:
    return Browser(app, linden.supervisor)


def sheet(bo: Browser, group: Group) -> str:
    """What is on the paper: what stands on the screen alone is left out."""
    page = bo.get(f"/cohorts/{group.cohort_id}/handout")
    assert page.status_code == 200
    return words(re.sub(r'<div class="no-print">.*?</div>\s*</div>', "", main_of(page.text), flags=re.DOTALL))


def test_what_several_share_stands_on_the_sheet(course: Course, linden: Group, bo: Browser) -> None:
    for number, person_id in enumerate(people(linden, 5, START)):
        answer(course, person_id, START, believing=["boiling-for-all"] if number < 3 else [])

    said = sheet(bo, linden)

    assert "Some of us thought: Every tea wants boiling water. 3 of 5 who met it Green tea does not." in said
    assert "To read: Water" in said


def test_what_only_one_got_wrong_stands_on_no_sheet(course: Course, linden: Group, bo: Browser) -> None:
    for number, person_id in enumerate(people(linden, 5, START)):
        answer(course, person_id, START, believing=["boiling-for-all"] if number < 1 else [])

    said = sheet(bo, linden)

    assert ("boiling" in said, "1 of" in said) == (False, False)


@pytest.mark.parametrize(("count", "shown"), [(2, False), (3, True)])
def test_what_fewer_than_three_have_met_stands_on_no_sheet(
    course: Course, linden: Group, bo: Browser, count: int, shown: bool
) -> None:
    for person_id in people(linden, count, START):
        answer(course, person_id, START, believing=["boiling-for-all"])

    assert ("Every tea wants boiling water." in sheet(bo, linden)) is shown


def test_nobody_is_named_on_the_sheet(course: Course, linden: Group, bo: Browser) -> None:
    for person_id in people(linden, 9, START):
        fail(course, person_id, START)

    said = sheet(bo, linden)

    assert "9 people" in said
    assert [name for name in (*NAMES, "Anna", "example.org") if re.search(rf"\b{re.escape(name)}\b", said)] == []


def test_no_case_stands_on_the_sheet(course: Course, linden: Group, bo: Browser) -> None:
    """Cases of the final test least of all: some have still to take it."""
    for person_id in people(linden, 4, START):
        fail(course, person_id, START)

    said = sheet(bo, linden)

    titles = [one.title for quiz in course.quizzes.values() for one in quiz.vignettes]
    assert [title for title in titles if title in said] == []


def test_an_empty_sheet_says_when_it_fills(linden: Group, bo: Browser) -> None:
    assert "The sheet fills once at least three people have met the same question." in sheet(bo, linden)
