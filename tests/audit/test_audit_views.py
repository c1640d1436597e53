"""The record of acts: for an institute's administrators, and for whom it was about."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.models import Identity
from app.accounts.services import change_name
from app.audit.models import AuditEntry
from app.audit.services import record
from app.content.records import Course
from app.extensions import db
from app.institutes.models import Institute
from tests.conftest import START, Browser, Clock
from tests.groups import Group, group
from tests.statements import statements
from tests.taking import start

AUDIT = "/institutes/linden/audit"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def linden(app: Flask) -> Group:
    return group("Linden", ("Ann", "Bo", "Tia"), now=START)


@pytest.fixture
def cedar(app: Flask) -> Group:
    return group("Cedar", ("Cyd", "Dan", "Uma"), now=START)


@pytest.fixture
def ann(app: Flask, linden: Group) -> Browser:
    return Browser(app, linden.administrator)


def look(one: Group, *, after: timedelta = timedelta(0), subject: str = "trainee") -> None:
    """Their supervisor looks at their trainee's work, committed."""
    record(
        "look",
        subject,
        actor_id=one.supervisor.person_id,
        now=START + after,
        institute_id=one.institute.id,
        person_id=one.trainee.person_id,
        cohort_id=one.cohort_id,
    )
    db.session.commit()


def act(one: Group, name: str, subject: str = "", /, *, after: timedelta = timedelta(0), **details: Any) -> None:
    """Their administrator does something that is about nobody, committed."""
    record(
        name,
        subject or f"cohort {one.cohort_id}",
        actor_id=one.administrator.person_id,
        now=START + after,
        institute_id=one.institute.id,
        **details,
    )
    db.session.commit()


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_administrators_read_who_did_what_newest_first(ann: Browser, linden: Group) -> None:
    act(linden, "change-cohort", what="due_on, name")
    look(linden, after=MINUTE)

    page = ann.get(AUDIT).text

    for said in (
        "Changed a group&#39;s settings",
        "Linden Autumn, last day, name",
        "Looked at a trainee&#39;s work",
        ">Bo</a>",
        ">Tia</a>",
        "1 Mar 2027, 22:01",
    ):
        assert said in page, said
    assert page.index("22:01") < page.index("22:00")


def test_an_act_without_words_is_shown_as_it_is(ann: Browser, linden: Group) -> None:
    act(linden, "polish", "the brass")

    page = ann.get(AUDIT).text

    assert ("polish" in page, "the brass" in page) == (True, True)


def test_acts_are_narrowed_by_act_person_and_local_day(ann: Browser, linden: Group) -> None:
    act(linden, "change-cohort", what="name")
    look(linden, after=timedelta(days=1))
    look(linden, after=timedelta(days=2), subject="attempt x")

    def shown(query: str) -> int:
        return ann.get(f"{AUDIT}?{query}").text.count('class="quiet act-when"')

    bo, ann_id = linden.supervisor.person_id, linden.administrator.person_id
    assert (shown(""), shown("act=look"), shown("act=nothing")) == (3, 2, 0)
    assert (shown(f"person={bo}"), shown(f"person={linden.trainee.person_id}"), shown(f"person={ann_id}")) == (2, 2, 1)
    assert (shown("since=2027-03-02"), shown("until=2027-03-02"), shown("since=2027-03-02&until=2027-03-02")) == (
        2,
        2,
        1,
    )


def test_days_end_by_the_institutes_clock(app: Flask, ann: Browser, linden: Group) -> None:
    act(linden, "put-away-cohort")
    db.session.execute(update(Institute).values(time_zone="Pacific/Auckland"))
    db.session.commit()

    counts = [
        ann.get(f"{AUDIT}?until={day}").text.count('class="quiet act-when"') for day in ("2027-03-01", "2027-03-02")
    ]

    assert counts == [0, 1]


@pytest.mark.parametrize(
    "query", ["since=9999-12-31", "until=9999-12-31", "since=0001-01-01", "person=x", "act=%00", "page=-1", "since=no"]
)
def test_the_page_takes_any_question(ann: Browser, linden: Group, query: str) -> None:
    assert [ann.get(f"{AUDIT}{ending}?{query}").status_code for ending in ("", ".csv")] == [200, 200]


def test_looks_within_ten_minutes_are_one_line_on_the_page_and_each_their_own_in_the_file(
    ann: Browser, linden: Group
) -> None:
    for minutes in (0, 4, 10, 11):
        look(linden, after=minutes * MINUTE)

    page, rows = ann.get(AUDIT).text, rows_of(ann.get(f"{AUDIT}.csv").text)

    assert page.count('class="quiet act-when"') == 2
    assert "3 times until 22:10" in page
    assert [row[0] for row in rows[1:]] == [f"2027-03-01 22:{minute}:00" for minute in ("11", "10", "04", "00")]
    assert db.session.scalar(select(func.count()).where(AuditEntry.act == "look")) == 4


def test_the_file_disarms_formulas_and_notes_that_it_was_saved(ann: Browser, linden: Group) -> None:
    look(linden)
    db.session.get_one(Identity, linden.trainee.person_id).name = "=HYPERLINK(1)"
    db.session.commit()

    answer = ann.get(f"{AUDIT}.csv?act=look")

    assert rows_of(answer.text) == [
        ["When (UTC)", "Who", "What", "Which", "About whom"],
        ["2027-03-01 22:00:00", "Bo", "Looked at a trainee's work", "Linden Autumn, how they stand", "'=HYPERLINK(1)"],
    ]
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "export")).one()
    assert (noted.actor_id, noted.institute_id) == (linden.administrator.person_id, linden.institute.id)


def test_a_long_record_is_paged_and_costs_the_same(ann: Browser, linden: Group) -> None:
    def cost(path: str) -> int:
        with statements(db.engine) as said:
            assert ann.get(path).status_code == 200
        return len(said)

    look(linden)
    few = cost(AUDIT)
    for number in range(1, 102):
        act(linden, "settings", f"institute {number}", after=number * MINUTE)
        look(linden, after=number * timedelta(hours=1))

    assert few == cost(AUDIT) == 7
    assert 'href="/institutes/linden/audit?page=2"' in ann.get(AUDIT).text
    assert "201 to 203 of 203" in ann.get(f"{AUDIT}?page=3").text


def test_nobody_else_reads_an_institutes_record(app: Flask, linden: Group, cedar: Group) -> None:
    look(linden)
    for member, code in (
        (cedar.administrator, 404),
        (cedar.supervisor, 404),
        (linden.supervisor, 404),
        (linden.trainee, 403),
        (cedar.trainee, 403),
    ):
        browser = Browser(app, member)
        for ending in ("", ".csv", ".xlsx"):
            assert browser.get(f"{AUDIT}{ending}").status_code == code, (member.name, ending)
    assert db.session.scalars(select(AuditEntry.act)).all() == ["look"]


def test_no_record_names_the_other_institute(app: Flask, ann: Browser, linden: Group, cedar: Group) -> None:
    look(linden)
    look(cedar)
    act(cedar, "create-cohort", name="Cedar Spring")

    for path in (AUDIT, f"{AUDIT}.csv", f"{AUDIT}?person={cedar.trainee.person_id}"):
        for name in ("Cedar", "Cyd", "Dan", "Uma"):
            assert name not in ann.get(path).text, (path, name)


def test_a_trainee_reads_who_looked_at_what(app: Flask, course: Course, linden: Group, cedar: Group) -> None:
    attempt_id = start(course, linden.trainee.person_id, "brewing", START)
    look(linden)
    look(linden, after=MINUTE, subject=f"attempt {attempt_id}")
    look(cedar)
    act(linden, "change-cohort", what="name")

    page = Browser(app, linden.trainee).get("/account/looks").text

    assert page.count('class="quiet act-when"') == 2
    quiz = course.quizzes["brewing"].title
    for said in ("Bo", "Linden", f'href="/attempts/{attempt_id}"', f"Your attempt at “{quiz}”", "How you stand"):
        assert said in page, said
    for name in ("Cedar", "Dan", "Uma", "Ann"):
        assert name not in page, name


def test_a_trainee_reads_what_else_was_done_about_them(app: Flask, linden: Group) -> None:
    me = linden.trainee.person_id
    where = {"institute_id": linden.institute.id, "person_id": me}
    record("join", f"cohort {linden.cohort_id}", actor_id=me, now=START, **where)  # type: ignore[arg-type]
    record("extend", f"cohort {linden.cohort_id}", actor_id=linden.administrator.person_id, now=START, **where)  # type: ignore[arg-type]
    look(linden)
    record("note", "site", actor_id=None, now=START, person_id=me)
    db.session.commit()

    page = Browser(app, linden.trainee).get("/account/looks?other=1").text

    assert page.count('class="quiet act-when"') == 2
    for said in ("You", "Joined a group", "Ann", "Set somebody&#39;s own last day", "Linden Autumn"):
        assert said in page, said


def test_names_are_those_of_now_and_go_with_the_account(app: Flask, linden: Group) -> None:
    look(linden)
    tia = Browser(app, linden.trainee)
    change_name(linden.supervisor.person_id, "Bo Ann Lee", START)
    assert "Bo Ann Lee" in tia.get("/account/looks").text

    db.session.delete(db.session.get_one(Identity, linden.supervisor.person_id))
    db.session.commit()

    assert "Somebody whose account is gone" in tia.get("/account/looks").text


def test_whoever_is_in_no_group_is_told_that_nobody_can_look(ada: Browser, time: Clock) -> None:
    assert "Nobody has looked yet" in ada.get("/account/looks").text
    assert "Nothing yet" in ada.get("/account/looks?other=1").text


def test_looking_at_my_looks_costs_the_same_for_many(app: Flask, linden: Group) -> None:
    tia = Browser(app, linden.trainee)

    def cost() -> int:
        with statements(db.engine) as said:
            tia.get("/account/looks")
        return len(said)

    look(linden)
    few = cost()
    for number in range(30):
        look(linden, after=number * timedelta(hours=1))

    assert few == cost() == 7
