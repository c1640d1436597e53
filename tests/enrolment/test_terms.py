"""On whose terms somebody takes the course."""

from dataclasses import replace

from app.content.records import Course
from app.enrolment.requirements import PassQuiz, ReadSection, Terms
from app.enrolment.terms import own_terms, terms_for
from tests.conftest import START, Browser

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
