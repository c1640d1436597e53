"""On whose terms somebody takes the course."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.content.records import Course
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort
from app.enrolment.queries import members
from app.enrolment.requirements import PassQuiz, ReadSection, Requirement, Terms
from app.enrolment.terms import order_mark, own_terms, strictest, terms_for
from app.extensions import db
from app.institutes import services as institutes
from app.institutes.models import Institute
from app.institutes.records import InstituteRecord
from tests.conftest import START, Browser, Clock
from tests.statements import statements

ALL = (
    ReadSection("welcome", "course"),
    ReadSection("welcome", "reading"),
    ReadSection("brewing", "water"),
    ReadSection("brewing", "time"),
    ReadSection("brewing", "key-points"),
    PassQuiz("brewing", 80),
    ReadSection("serving", "asking"),
    ReadSection("serving", "handing-over"),
    PassQuiz("serving", 80),
    PassQuiz("final", 80),
)


def test_the_courses_own_terms_ask_for_every_section_and_quiz_in_order(course: Course, ada: Browser) -> None:
    assert terms_for(course, ada.person_id, START) == (Terms(None, 80, ALL),)


def test_a_module_without_a_quiz_asks_for_reading_only(course: Course) -> None:
    alone = replace(course, modules=course.modules[:1], final=None, pass_mark=65)

    assert own_terms(alone) == Terms(None, 65, ALL[:2])


@pytest.fixture
def linden(app: Flask, time: Clock) -> InstituteRecord:
    return institutes.create_institute("Linden", now=START)


def joined(institute: InstituteRecord, person: Browser, now: datetime = START, **settings: Any) -> int:
    """A cohort of the institute that this person is in; its id."""
    cohort_id = enrolment.create_cohort(institute.id, "Autumn", now=now, **settings)
    enrolment.join(cohort_id, person.person_id, now=now)
    return cohort_id


def at(mark: int) -> tuple[Requirement, ...]:
    return tuple(PassQuiz(one.quiz_id, mark) if isinstance(one, PassQuiz) else one for one in ALL)


def test_a_member_has_the_institutes_terms_beside_the_courses_own(
    course: Course, ada: Browser, linden: InstituteRecord
) -> None:
    joined(linden, ada, due_on=date(2027, 6, 1), in_order=True, pass_mark=90)

    assert terms_for(course, ada.person_id, START) == (
        Terms(None, 80, ALL),
        Terms(linden.id, 90, at(90), in_order=True, due_on=date(2027, 6, 1)),
    )


def test_nobody_else_has_them(course: Course, ada: Browser, cy: Browser, linden: InstituteRecord) -> None:
    joined(linden, ada, pass_mark=90)

    assert terms_for(course, cy.person_id, START) == (Terms(None, 80, ALL),)


def test_the_mark_is_the_cohorts_or_the_institutes_or_the_courses(
    course: Course, ada: Browser, cy: Browser, bea: Browser, linden: InstituteRecord
) -> None:
    joined(linden, ada)
    assert terms_for(course, ada.person_id, START)[1].pass_mark == 80

    db.session.execute(update(Institute).values(pass_mark=70))
    joined(linden, cy)
    joined(linden, bea, pass_mark=95)

    assert [terms_for(course, one.person_id, START)[1].pass_mark for one in (ada, cy, bea)] == [70, 70, 95]


def test_of_two_cohorts_at_one_institute_the_one_joined_last_decides(
    course: Course, ada: Browser, linden: InstituteRecord
) -> None:
    joined(linden, ada, START, pass_mark=95)
    joined(linden, ada, START + timedelta(days=1), pass_mark=70)

    assert [one.pass_mark for one in terms_for(course, ada.person_id, START)] == [80, 70]


def test_each_institute_has_its_own_terms(course: Course, ada: Browser, linden: InstituteRecord) -> None:
    cedar = institutes.create_institute("Cedar", now=START)
    joined(linden, ada, pass_mark=95)
    joined(cedar, ada, pass_mark=70)

    found = [(one.institute_id, one.pass_mark) for one in terms_for(course, ada.person_id, START)]

    assert found == [(None, 80), (linden.id, 95), (cedar.id, 70)]


def test_who_has_left_has_only_the_courses_own(course: Course, ada: Browser, linden: InstituteRecord) -> None:
    cohort_id = joined(linden, ada, pass_mark=95)
    (mine,) = members(cohort_id)
    enrolment.leave(mine.membership_id, ada.person_id, now=START)

    assert terms_for(course, ada.person_id, START) == (Terms(None, 80, ALL),)


def test_a_cohort_that_is_put_away_keeps_its_mark_but_neither_order_nor_due_day(
    course: Course, ada: Browser, linden: InstituteRecord
) -> None:
    joined(linden, ada, due_on=date(2027, 6, 1), in_order=True, pass_mark=90)
    db.session.execute(update(Cohort).values(ended_at=START))

    assert terms_for(course, ada.person_id, START)[1] == Terms(linden.id, 90, at(90))


def test_the_strictest_terms_have_the_highest_mark_the_first_among_equals() -> None:
    own, lower, equal, higher = (Terms(one, mark, ()) for one, mark in ((None, 80), (1, 70), (2, 80), (3, 90)))

    assert strictest((own, lower)) == own
    assert strictest((own, equal)) == own
    assert strictest((own, lower, higher)) == higher


def test_the_order_goes_by_the_highest_mark_of_those_who_ask_for_it() -> None:
    own, strict = Terms(None, 80, ()), Terms(1, 95, ())
    ordered, stricter = Terms(2, 70, (), in_order=True), Terms(3, 75, (), in_order=True)

    assert order_mark((own, strict)) is None
    assert order_mark((own, strict, ordered, stricter)) == 75


def test_the_terms_cost_one_statement(app: Flask, course: Course, ada: Browser, linden: InstituteRecord) -> None:
    for _ in range(3):
        joined(linden, ada)
    db.session.commit()
    with statements(db.engine) as said:
        terms_for(course, ada.person_id, START)

    assert len(said) == 1
