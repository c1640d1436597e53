"""Marking sections as read, and reading that back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.content.records import Course
from app.enrolment.terms import own_terms
from app.errors import NotFound
from app.extensions import db
from app.learning import queries
from app.learning.completion import QuizClosed, SectionRead
from app.learning.models import SectionReadRow
from app.learning.overview import MissingPart, overview_for
from app.learning.services import mark_read
from tests.conftest import START, Browser
from tests.taking import answer_all, finish, finish_modules, read_all, start, start_final, start_set

LATER = START + timedelta(hours=1)


def test_the_first_time_counts(course: Course, ada: Browser) -> None:
    mark_read(course, ada.person_id, "brewing", "water", now=START)
    mark_read(course, ada.person_id, "brewing", "water", now=LATER)

    assert queries.section_reads(ada.person_id) == (SectionRead("brewing", "water", START),)
    assert db.session.scalars(select(SectionReadRow.edition)).all() == ["0.9"]


def test_reads_are_ones_own_and_come_oldest_first(course: Course, ada: Browser, cy: Browser) -> None:
    mark_read(course, ada.person_id, "brewing", "time", now=LATER)
    mark_read(course, cy.person_id, "brewing", "water", now=START)
    mark_read(course, ada.person_id, "welcome", "course", now=START)

    assert queries.section_reads(ada.person_id) == (
        SectionRead("welcome", "course", START),
        SectionRead("brewing", "time", LATER),
    )


@pytest.mark.parametrize("place", [("brewing", "asking"), ("coffee", "water"), ("", ""), ("brewing", "\x00")])
def test_a_section_that_the_course_has_not_is_not_found(course: Course, ada: Browser, place: tuple[str, str]) -> None:
    with pytest.raises(NotFound):
        mark_read(course, ada.person_id, *place, now=START)

    assert queries.section_reads(ada.person_id) == ()


def test_only_closed_attempts_are_facts(course: Course, ada: Browser) -> None:
    answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START, wrongly=[1])
    start(course, ada.person_id, "serving", START)

    assert queries.facts(ada.person_id) == (QuizClosed("brewing", 5, 6, START),)


def test_the_overview_says_what_is_missing_by_module(course: Course, ada: Browser) -> None:
    mark_read(course, ada.person_id, "serving", "asking", now=START)
    answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)

    overview = overview_for(course, ada.person_id, own_terms(course))

    assert overview.missing == (
        MissingPart("welcome", "Welcome", 2, None, None),
        MissingPart("brewing", "Brewing", 3, None, None),
        MissingPart("serving", "Serving", 1, "serving", 80),
        MissingPart("final", None, 0, "final", 80),
    )
    assert (overview.completed_at, overview.mark) == (None, 80)


def test_a_failed_quiz_is_missing_until_an_attempt_passes(course: Course, ada: Browser) -> None:
    read_all(course, ada.person_id, START)
    answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)
    answer_all(start_final(course, ada.person_id, START), ada.person_id, START)
    answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START, wrongly=[1, 2])
    assert overview_for(course, ada.person_id, own_terms(course)).missing == (
        MissingPart("serving", "Serving", 0, "serving", 80),
    )

    answer_all(start(course, ada.person_id, "serving", LATER), ada.person_id, LATER, wrongly=[1])

    overview = overview_for(course, ada.person_id, own_terms(course))
    assert (overview.missing, overview.completed_at) == ((), LATER)


def test_answers_before_and_after_reading_are_no_facts(course: Course, ada: Browser) -> None:
    for kind in ("before", "after"):
        answer_all(start_set(course, ada.person_id, kind, START), ada.person_id, START)

    assert queries.facts(ada.person_id) == ()


def test_a_failed_final_test_is_missing_until_a_form_is_passed(course: Course, ada: Browser) -> None:
    finish_modules(course, ada.person_id, START)
    answer_all(start_final(course, ada.person_id, START), ada.person_id, START, wrongly=[1])
    missing = overview_for(course, ada.person_id, own_terms(course)).missing

    answer_all(start_final(course, ada.person_id, LATER), ada.person_id, LATER)

    overview = overview_for(course, ada.person_id, own_terms(course))
    assert missing == (MissingPart("final", None, 0, "final", 80),)
    assert (overview.missing, overview.completed_at) == ((), LATER)


def test_what_comes_after_completion_moves_no_date(course: Course, ada: Browser) -> None:
    finish(course, ada.person_id, START)

    answer_all(start(course, ada.person_id, "serving", LATER), ada.person_id, LATER, wrongly=range(1, 7))

    assert overview_for(course, ada.person_id, own_terms(course)).completed_at == START
