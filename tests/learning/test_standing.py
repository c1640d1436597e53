"""The page that says what one knows, and the sheet for supervision."""

import re
from datetime import timedelta

from app.assessment import queries, services
from app.assessment.histories import graded_answers
from app.assessment.models import Attempt
from app.content.records import Course
from app.extensions import db
from tests.conftest import START, Browser
from tests.taking import answer_all, right, start, wrong


def answer_sure(course: Course, ada: Browser, *, wrongly: bool) -> None:
    attempt_id = start(course, ada.person_id, "brewing", START)
    for item in queries.attempt(attempt_id, ada.person_id).items:
        form = wrong(item) if wrongly else right(item)
        services.answer(attempt_id, ada.person_id, item.position, form, confidence="sure", now=START)
    db.session.commit()


def test_standing_before_any_answer_says_what_to_do(ada: Browser) -> None:
    page = ada.get("/course/standing").text

    assert "No answers yet" in page
    assert "Worth reading again" not in page


def test_standing_after_wrong_answers_names_objectives_beliefs_and_sureness(course: Course, ada: Browser) -> None:
    answer_sure(course, ada, wrongly=True)

    page = ada.get("/course/standing").text

    assert "Worth reading again" in page
    assert 'href="/modules/brewing/water"' in page
    assert "You were sure of it in two different cases." in page
    assert re.search(r"Sure: right in 0 of \d+ \(0%\)", page)


def test_standing_after_right_answers_has_nothing_to_read_again(course: Course, ada: Browser) -> None:
    answer_sure(course, ada, wrongly=False)

    page = ada.get("/course/standing").text

    assert ("Worth reading again" in page, "What you know</h2>" in page) == (False, True)
    assert re.search(r"Sure: right in (\d+) of \1 \(100%\)", page)


def test_answers_before_and_after_reading_count_nowhere(course: Course, ada: Browser) -> None:
    attempt = answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START, wrongly=[1])
    row = db.session.get_one(Attempt, attempt.id)
    row.kind, row.form = "before", "A"
    db.session.commit()

    assert graded_answers(ada.person_id) == ()


def test_final_test_counts_once_it_is_passed(course: Course, ada: Browser) -> None:
    everything = range(1, 30)
    failed = answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START, wrongly=everything)
    later = START + timedelta(hours=1)
    passed = answer_all(start(course, ada.person_id, "brewing", later, seed=1), ada.person_id, later)
    first, second = (db.session.get_one(Attempt, attempt.id) for attempt in (failed, passed))
    first.kind, first.form = "final", "A"
    db.session.commit()
    before = len(graded_answers(ada.person_id))
    second.kind, second.form = "final", "B"
    db.session.commit()

    graded = [
        sum(item.response is not None and item.response.possible > 0 for item in one.items) for one in (failed, passed)
    ]
    assert (before, len(graded_answers(ada.person_id))) == (graded[1], sum(graded))


def test_sheet_lists_what_is_open_and_keeps_lines_unticked(course: Course, ada: Browser) -> None:
    answer_sure(course, ada, wrongly=True)

    page = ada.get("/course/supervision").text

    assert "My open objectives" in page
    assert page.count(" checked>") >= 2
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_sheet_with_nothing_open_says_so(course: Course, ada: Browser) -> None:
    answer_sure(course, ada, wrongly=False)

    assert "your newest answers had it" in ada.get("/course/supervision").text


def test_standing_shows_nobody_elses_answers(course: Course, ada: Browser, cy: Browser) -> None:
    answer_sure(course, ada, wrongly=True)

    assert "No answers yet" in cy.get("/course/standing").text
    assert graded_answers(cy.person_id) == ()
