"""Looking at the course as a trainee does."""

from flask import Flask

from app.content.records import Course
from app.enrolment import services as enrolment
from app.extensions import db
from app.institutes import services as institutes
from tests.conftest import START, Browser, Clock
from tests.groups import Group
from tests.supervision.seen import names, words
from tests.supervision.test_cohort import page_of
from tests.taking import answer_all, start

BANNER = "You see the course as a trainee of Linden Autumn does. What you answer counts nowhere."
GROUPS = 'href="/groups"'


def begin(browser: Browser, cohort: Group) -> int:
    return browser.post(f"{page_of(cohort)}/as-trainee").status_code


def test_every_page_says_so_and_hides_what_is_for_staff(linden: Group, bo: Browser) -> None:
    assert GROUPS in bo.get("/course").text

    assert begin(bo, linden) == 303

    for address in ("/course", "/modules/brewing", "/library", "/no-such-page"):
        page = bo.get(address).text
        assert (BANNER in words(page), GROUPS in page) == (True, False), address


def test_end_leads_back_to_the_cohort(linden: Group, bo: Browser) -> None:
    begin(bo, linden)

    answer = bo.post("/as-trainee/end")

    assert (answer.status_code, answer.location) == (303, page_of(linden))
    assert (BANNER in words(bo.get("/course").text), GROUPS in bo.get("/course").text) == (False, True)


def test_ending_what_was_not_begun_leads_to_the_course(linden: Group, bo: Browser) -> None:
    answer = bo.post("/as-trainee/end")

    assert (answer.status_code, answer.location) == (303, "/course")


def test_whoever_has_no_seat_any_more_views_nothing(linden: Group, bo: Browser) -> None:
    begin(bo, linden)
    institutes.take_seat(linden.institute.id, linden.supervisor.person_id)
    db.session.commit()

    assert BANNER not in words(bo.get("/course").text)


def test_another_browser_of_the_same_person_is_not_concerned(app: Flask, linden: Group, bo: Browser) -> None:
    begin(bo, linden)

    assert BANNER not in words(Browser(app, linden.supervisor).get("/course").text)


def test_signing_out_ends_it(linden: Group, bo: Browser) -> None:
    begin(bo, linden)
    bo.post("/logout")

    assert BANNER not in words(bo.get("/").text)


def test_nobody_views_a_cohort_that_is_not_theirs(
    app: Flask, linden: Group, cedar: Group, bea: Browser, stranger: Browser
) -> None:
    visitors = [Browser(app, cedar.supervisor), Browser(app, cedar.administrator), Browser(app, linden.trainee)]

    assert [begin(one, linden) for one in (*visitors, bea, stranger)] == [404, 404, 403, 403, 302]
    assert [one for one in visitors if BANNER in words(one.get("/course").text)] == []


def test_what_staff_answer_counts_nowhere(
    course: Course, linden: Group, bo: Browser, lea: Browser, time: Clock
) -> None:
    """Not even where they have joined their own group to try it."""
    answer_all(start(course, linden.trainee.person_id, "brewing", START), linden.trainee.person_id, START)
    before = words(lea.get(page_of(linden)).text)
    enrolment.join(linden.cohort_id, linden.supervisor.person_id, now=time())
    db.session.commit()
    begin(bo, linden)

    answer_all(start(course, bo.person_id, "brewing", START), bo.person_id, START, wrongly=range(1, 20))

    page = lea.get(page_of(linden))
    assert (names(page), words(page.text)) == (["Ada"], before)
