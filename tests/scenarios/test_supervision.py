"""What goes to supervision, and what the debrief's forms take."""

from datetime import timedelta

from app.content.records import Course
from app.scenarios.forms import MOST, written
from app.scenarios.queries import supervision_questions
from tests.conftest import START, Browser
from tests.leading import complete


def test_questions_stand_newest_first_with_their_sessions_title(course: Course, ada: Browser) -> None:
    for day in range(2):
        complete(course, ada.person_id, START + timedelta(days=day))

    found = supervision_questions(ada.person_id)

    assert [(one.title, one.written_at) for one in found] == [
        (next(iter(course.scenarios.values())).title, START + timedelta(days=day)) for day in (1, 0)
    ]
    assert all(one.question for one in found)


def test_nobody_elses_question_is_there(course: Course, ada: Browser, cy: Browser) -> None:
    complete(course, ada.person_id, START)

    assert supervision_questions(cy.person_id) == ()


def test_an_end_of_line_counts_once() -> None:
    typed = "ab\r\n" * (MOST // 3)

    assert len(written(typed) or "") <= MOST
