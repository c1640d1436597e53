"""An institute's first page: its cohorts at a glance, for an administrator and for a supervisor; and the way there."""

import re
from datetime import date

import pytest
from flask import Flask

from app.content.records import Course
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort
from app.enrolment.queries import cohort_seat
from app.extensions import db
from app.institutes import services as institutes
from app.institutes.models import Institute
from app.supervision import glance
from app.supervision.groups import read_group
from app.supervision.models import AttentionMark
from tests.conftest import START, Browser, Clock
from tests.groups import Group, add_trainee, group
from tests.statements import statements
from tests.taking import answer_all, finish, start

ROW = re.compile(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def linden(app: Flask, time: Clock) -> Group:
    return group("Linden", ("Berta", "Ben", "Lena"), now=START, due_on=date(2027, 6, 1))


@pytest.fixture
def cedar(app: Flask, time: Clock) -> Group:
    return group("Cedar", ("Carol", "Carl", "Dan"), now=START)


def rows(page: str) -> list[str]:
    """What each row of cohorts says, in words."""
    return [" ".join(TAGS.sub(" ", row).split()) for row in ROW.findall(page)]


def test_an_administrator_sees_every_cohort_and_a_supervisor_their_own(app: Flask, linden: Group, cedar: Group) -> None:
    enrolment.create_cohort(linden.institute.id, "Spring", now=START, due_on=date(2027, 4, 1))
    db.session.commit()

    pages = [Browser(app, one).get("/institutes/linden").text for one in (linden.administrator, linden.supervisor)]

    assert [rows(page) for page in pages] == [
        [
            "Spring due 1 Apr 2027, in 31 days 0 nobody yet nobody",
            "Linden Autumn due 1 Jun 2027, in 92 days 1 0 of 1 0 / 1 nobody",
        ],
        ["Linden Autumn due 1 Jun 2027, in 92 days 1 0 of 1 0 / 1 nobody"],
    ]
    assert ["/institutes/linden/cohorts/new" in page for page in pages] == [True, False]
    assert ["/institutes/linden/staff" in page for page in pages] == [True, False]


def test_finished_and_waiting_are_counted(app: Flask, course: Course, linden: Group, time: Clock) -> None:
    done = add_trainee(linden.cohort_id, "Done", START)
    add_trainee(linden.cohort_id, "Still", START)
    finish(course, done, START)
    db.session.commit()
    time.pass_time(days=20)

    page = Browser(app, linden.administrator).get("/institutes/linden").text

    assert rows(page) == ["Linden Autumn due 1 Jun 2027, in 72 days 3 1 of 3 1 / 3 2"]
    assert "2 of them need you." in page


def test_what_is_counted_is_what_the_cohorts_own_page_counts(
    app: Flask, course: Course, linden: Group, time: Clock
) -> None:
    """Somebody who failed often, one who is written to already, one who was never there, one of the staff."""
    failed = add_trainee(linden.cohort_id, "Failed", START)
    for _ in range(3):
        answer_all(start(course, failed, "serving", START), failed, START, wrongly=range(1, 100))
    written = add_trainee(linden.cohort_id, "Written", START)
    enrolment.join(linden.cohort_id, linden.supervisor.person_id, now=START)
    now = time.pass_time(days=15)
    values = {"reason": "still", "state": "contacted", "marked_by": None, "marked_at": now}
    db.session.add(AttentionMark(cohort_id=linden.cohort_id, person_id=written, **values))
    db.session.commit()
    seat = cohort_seat(linden.administrator.person_id, linden.cohort_id)

    (seen,) = glance.running(course, [seat], now)
    group_page = read_group(course, seat, now)

    waiting = {reason.person_id for reason in group_page.waiting}
    finished = sum(one.finished_at is not None for one in group_page.standings)
    assert (seen.trainees, seen.finished, seen.waiting) == (len(group_page.standings), finished, len(waiting))
    assert (seen.trainees, seen.waiting) == (3, 2)


def test_a_cohort_that_is_put_away_stands_apart_and_asks_for_nobody(
    app: Flask, course: Course, linden: Group, time: Clock
) -> None:
    finish(course, linden.trainee.person_id, START)
    now = time.pass_time(days=30)
    db.session.get_one(Cohort, linden.cohort_id).ended_at = now
    db.session.commit()

    page = Browser(app, linden.administrator).get("/institutes/linden").text

    assert ("No cohort runs now." in page, "Put away" in page) == (True, True)
    assert rows(page) == ["Linden Autumn due 1 Jun 2027 1 1 of 1 1 / 1"]


def test_many_put_away_are_paged(app: Flask, linden: Group) -> None:
    for number in range(25):
        id = enrolment.create_cohort(linden.institute.id, f"Old {number:02}", now=START)
        db.session.get_one(Cohort, id).ended_at = START
    db.session.commit()
    browser = Browser(app, linden.administrator)

    first, second = browser.get("/institutes/linden").text, browser.get("/institutes/linden?page=2").text

    assert (len(rows(first)), len(rows(second)), "21 to 25 of 25" in second) == (21, 6, True)


def test_nobody_is_named_on_the_page(app: Flask, linden: Group, cedar: Group) -> None:
    page = Browser(app, linden.administrator).get("/institutes/linden").text

    foreign = ("Lena", linden.trainee.email, "Dan", "Cedar", "cedar")
    assert [word for word in foreign if word in page] == []


def test_a_supervisor_whom_no_cohort_names_is_told_what_to_do(app: Flask, linden: Group, cedar: Group) -> None:
    institutes.give_seat(linden.institute.id, cedar.trainee.person_id, "supervisor", now=START)
    db.session.commit()

    page = Browser(app, cedar.trainee).get("/institutes/linden").text

    assert ("No cohort names you" in page, rows(page)) == (True, [])


def test_the_page_is_shut_to_others(app: Flask, linden: Group, cedar: Group, bea: Browser, stranger: Browser) -> None:
    statuses = [
        who.get("/institutes/linden").status_code
        for who in (Browser(app, cedar.administrator), Browser(app, linden.trainee), bea, stranger)
    ]

    assert statuses == [404, 403, 403, 302]


def test_the_page_costs_the_same_however_many_cohorts_and_trainees(
    app: Flask, course: Course, linden: Group, time: Clock
) -> None:
    browser = Browser(app, linden.administrator)
    old = enrolment.create_cohort(linden.institute.id, "Old", now=START)
    db.session.get_one(Cohort, old).ended_at = START

    def cost() -> int:
        with statements(db.engine) as said:
            assert browser.get("/institutes/linden").status_code == 200
        return len(said)

    answer_all(start(course, linden.trainee.person_id, "serving", START), linden.trainee.person_id, START)
    cost()  # this process meets the questions
    few = cost()
    for number in range(30):
        cohort_id = enrolment.create_cohort(linden.institute.id, f"Cohort {number}", now=START)
        person_id = add_trainee(cohort_id, f"Trainee {number}", START)
        answer_all(start(course, person_id, "serving", START), person_id, START)
        put_away = enrolment.create_cohort(linden.institute.id, f"Old {number}", now=START)
        db.session.get_one(Cohort, put_away).ended_at = START
    db.session.commit()
    cost()

    assert (few, cost()) == (13, 13)


def test_groups_lead_a_supervisor_of_one_cohort_straight_to_it(app: Flask, linden: Group) -> None:
    answer = Browser(app, linden.supervisor).get("/groups")

    assert (answer.status_code, answer.location) == (302, f"/cohorts/{linden.cohort_id}")


def test_groups_lead_the_administrator_of_one_institute_to_it(app: Flask, linden: Group) -> None:
    answer = Browser(app, linden.administrator).get("/groups")

    assert (answer.status_code, answer.location) == (302, "/institutes/linden")


def test_groups_list_every_place_of_whoever_has_several(app: Flask, linden: Group, cedar: Group) -> None:
    institutes.give_seat(cedar.institute.id, linden.supervisor.person_id, "supervisor", now=START)
    enrolment.name_supervisor(cedar.cohort_id, linden.supervisor.person_id)
    hidden = enrolment.create_cohort(cedar.institute.id, "Not theirs", now=START)
    db.session.commit()

    page = Browser(app, linden.supervisor).get("/groups").text

    links = ["/institutes/linden", "/institutes/cedar", f"/cohorts/{linden.cohort_id}", f"/cohorts/{cedar.cohort_id}"]
    assert [link for link in links if f'href="{link}"' in page] == links
    assert f'href="/cohorts/{hidden}"' not in page


def test_the_way_to_groups_is_shown_to_staff_alone(app: Flask, linden: Group, bea: Browser) -> None:
    browsers = (Browser(app, linden.supervisor), Browser(app, linden.trainee), bea)

    assert [who.get("/course").text.count('href="/groups"') for who in browsers] == [2, 0, 0]
    assert [who.get("/groups").status_code for who in browsers[1:]] == [403, 403]


def test_the_report_of_the_year_is_that_by_the_institutes_clock(app: Flask, time: Clock, linden: Group) -> None:
    db.session.get_one(Institute, linden.institute.id).time_zone = "Pacific/Auckland"
    db.session.commit()
    time.moment = START.replace(year=2027, month=12, day=31, hour=12)
    browser = Browser(app, linden.administrator)

    assert browser.get("/institutes/linden/report").location == "/institutes/linden/report/2028"
