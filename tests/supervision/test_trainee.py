"""The page about one trainee and their attempts. Every look is written down."""

import re
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.accounts.models import Identity
from app.assessment import queries, services
from app.audit.models import AuditEntry
from app.content.records import Course
from app.credentials import services as certificates
from app.enrolment import services as enrolment
from app.enrolment.terms import own_terms
from app.extensions import db
from app.institutes import services as institutes
from tests.conftest import START, Browser, Clock
from tests.groups import Group
from tests.leading import lead, talk_over
from tests.statements import statements
from tests.supervision.crowd import crowd
from tests.supervision.seen import words
from tests.supervision.test_cohort import fail, page_of
from tests.taking import answer_all, finish, read_all, right, start, start_final, start_mending, start_set


def trainee_of(cohort: Group) -> str:
    return f"{page_of(cohort)}/trainees/{cohort.trainee.person_id}"


def looks() -> list[tuple[str, str, UUID | None, UUID | None, int | None]]:
    return [
        (one.act, one.subject, one.person_id, one.actor_id, one.institute_id)
        for one in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    ]


def test_page_says_who_it_is_and_that_looking_is_noted(linden: Group, bo: Browser) -> None:
    page = words(bo.get(trainee_of(linden)).text)

    assert "Ada Ada can read that you opened this page, and when." in page
    assert "Address ada@example.org Joined 1 March Due 1 April, in 31 days Last here never" in page


def test_every_look_is_written_to_the_record(course: Course, linden: Group, bo: Browser, lea: Browser) -> None:
    ada, institute = linden.trainee.person_id, linden.institute.id
    attempt_id = start(course, ada, "brewing", START)

    bo.get(trainee_of(linden))
    lea.get(f"{trainee_of(linden)}/attempts/{attempt_id}")

    assert looks() == [
        ("look", "trainee", ada, linden.supervisor.person_id, institute),
        ("look", f"attempt {attempt_id}", ada, linden.administrator.person_id, institute),
    ]


def test_a_look_that_was_refused_is_not_written(app: Flask, course: Course, linden: Group, cedar: Group) -> None:
    cy = Browser(app, cedar.supervisor)

    assert cy.get(trainee_of(linden)).status_code == 404
    assert Browser(app, linden.supervisor).get(f"{trainee_of(linden)}/attempts/{uuid4()}").status_code == 404

    assert looks() == []


def test_parts_attempts_and_reading_stand_with_their_dates(
    course: Course, linden: Group, bo: Browser, time: Clock
) -> None:
    ada = linden.trainee.person_id
    read_all(course, ada, START)
    fail(course, ada, time, 1)
    answer_all(start(course, ada, "brewing", time()), ada, time())

    page = words(bo.get(trainee_of(linden)).text)

    assert "1 · Brewing 3 of 3 sections 2 tries, best 100% 1 March" in page
    assert "Final test – not tried not yet" in page
    assert "Brewing 1 March, 23:00 100% , passed Brewing 1 March, 22:00 0% , not passed" in page
    assert re.search(r"Water 1 March", page) is not None


def test_sets_stand_outside_every_score_and_pass_nothing(course: Course, linden: Group, bo: Browser) -> None:
    ada = linden.trainee.person_id
    answer_all(start_set(course, ada, "before", START), ada, START)

    page = words(bo.get(trainee_of(linden)).text)

    assert "Serving, before reading 1 March, 22:00 outside every score" in page
    assert "2 · Serving 0 of" in page
    assert re.search(r"2 · Serving 0 of \d sections not tried not yet", page) is not None


def test_an_attempt_shows_questions_answers_reasons_and_sureness(course: Course, linden: Group, bo: Browser) -> None:
    ada = linden.trainee.person_id
    attempt = queries.attempt(start(course, ada, "brewing", START), ada)
    services.answer(attempt.id, ada, 1, right(attempt.items[0]), confidence="sure", now=START)
    db.session.commit()

    page = bo.get(f"{trainee_of(linden)}/attempts/{attempt.id}")

    said = words(page.text)
    assert f"Not finished: 1 of {len(attempt.items)} questions answered." in said
    assert "The best move They were sure." in said
    assert said.count("Not answered yet.") == len(attempt.items) - 1
    assert page.text.count('<p class="basis">') >= 1


def test_no_id_stands_twice_on_the_page_of_an_attempt(course: Course, linden: Group, bo: Browser) -> None:
    ada = linden.trainee.person_id
    for attempt_id in (start_final(course, ada, START), start(course, ada, "brewing", START)):
        answer_all(attempt_id, ada, START, wrongly=[1, 3])
        page = bo.get(f"{trainee_of(linden)}/attempts/{attempt_id}").text
        ids = re.findall(r' id="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids))


def test_reasons_of_the_final_test_are_shown_and_asked_to_be_kept(course: Course, linden: Group, bo: Browser) -> None:
    ada = linden.trainee.person_id
    attempt_id = start_final(course, ada, START)
    answer_all(attempt_id, ada, START, wrongly=range(1, 20))

    page = words(bo.get(f"{trainee_of(linden)}/attempts/{attempt_id}").text)

    assert "until then, please do not hand them on" in page
    assert "Not passed: " in page


def test_an_exercise_to_mend_is_nobody_elses(course: Course, linden: Group, bo: Browser) -> None:
    attempt_id = start_mending(course, linden.trainee.person_id, START)

    assert bo.get(f"{trainee_of(linden)}/attempts/{attempt_id}").status_code == 404
    assert str(attempt_id) not in bo.get(trainee_of(linden)).text


def test_somebody_elses_attempt_is_not_shown_under_this_name(
    course: Course, linden: Group, cedar: Group, bo: Browser
) -> None:
    attempt_id = start(course, cedar.trainee.person_id, "brewing", START)

    assert bo.get(f"{trainee_of(linden)}/attempts/{attempt_id}").status_code == 404


def test_of_sessions_only_completion_is_told(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    title = next(iter(course.scenarios.values())).title
    run_id = lead(course, linden.trainee.person_id, START)
    assert f"{title} not completed" in words(bo.get(trainee_of(linden)).text)

    talk_over(run_id, linden.trainee.person_id, START)
    assert f"{title} completed on 1 March" in words(bo.get(trainee_of(linden)).text)


def test_a_certificate_stands_with_its_public_check(course: Course, linden: Group, bo: Browser) -> None:
    ada = linden.trainee.person_id
    finish(course, ada, START)
    issued = certificates.issue(course, ada, "Ada", own_terms(course), public_url=None, review="", now=START)
    db.session.commit()

    page = bo.get(trainee_of(linden)).text

    assert f'href="/certificates/{issued.id}"' in page
    assert "Valid: edition 0.9, course completed on 1 March 2027" in words(page)


def test_beliefs_lead_to_the_answers_behind_them(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fail(course, linden.trainee.person_id, time, 1)

    page = bo.get(trainee_of(linden)).text

    (attempt_id,) = set(re.findall(r"/attempts/([0-9a-f-]{36})", page))
    assert f"{trainee_of(linden)}/attempts/{attempt_id}#question-" in page


def test_whoever_left_is_not_found_any_more(linden: Group, bo: Browser, time: Clock) -> None:
    enrolment.leave(linden.membership_id, linden.trainee.person_id, now=time())
    db.session.commit()

    assert bo.get(trainee_of(linden)).status_code == 404
    assert looks() == []


def test_whoever_deleted_their_account_is_a_former_trainee(course: Course, linden: Group, bo: Browser) -> None:
    attempt_id = start(course, linden.trainee.person_id, "brewing", START)
    db.session.execute(delete(Identity).where(Identity.person_id == linden.trainee.person_id))
    db.session.commit()

    pages = [bo.get(address).text for address in (trainee_of(linden), f"{trainee_of(linden)}/attempts/{attempt_id}")]

    assert ["A former trainee can read" in words(page) for page in pages] == [True, True]
    assert "ada@example.org" not in pages[0]


def test_the_page_costs_the_same_whatever_they_did(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fail(course, linden.trainee.person_id, time, 1)
    bo.get(trainee_of(linden))
    costs = []
    for _ in range(2):
        with statements(db.engine) as said:
            bo.get(trainee_of(linden))
        costs.append(len(said))
        fail(course, linden.trainee.person_id, time, 5)
        crowd(course, linden.cohort_id, 20, START)
        bo.get(trainee_of(linden))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("path", ["", "/attempts/{attempt}"])
def test_nobody_else_opens_it(
    app: Flask, course: Course, linden: Group, cedar: Group, bea: Browser, stranger: Browser, time: Clock, path: str
) -> None:
    attempt_id = start(course, linden.trainee.person_id, "brewing", START)
    address = trainee_of(linden) + path.format(attempt=attempt_id)
    assert Browser(app, linden.supervisor).get(address).status_code == 200
    institutes.give_seat(linden.institute.id, cedar.trainee.person_id, "supervisor", now=time())
    institutes.take_seat(linden.institute.id, linden.supervisor.person_id)
    db.session.commit()
    visitors = {
        "supervisor elsewhere": Browser(app, cedar.supervisor),
        "administrator elsewhere": Browser(app, cedar.administrator),
        "supervisor of no cohort here": Browser(app, cedar.trainee),
        "former supervisor": Browser(app, linden.supervisor),
        "trainee": Browser(app, linden.trainee),
        "site": bea,
        "stranger": stranger,
    }

    assert {who: one.get(address).status_code for who, one in visitors.items()} == {
        "supervisor elsewhere": 404,
        "administrator elsewhere": 404,
        "supervisor of no cohort here": 404,
        "former supervisor": 403,
        "trainee": 403,
        "site": 403,
        "stranger": 302,
    }


def test_a_trainee_of_another_cohort_is_not_found_under_this_one(linden: Group, cedar: Group, bo: Browser) -> None:
    assert bo.get(f"{page_of(linden)}/trainees/{cedar.trainee.person_id}").status_code == 404
