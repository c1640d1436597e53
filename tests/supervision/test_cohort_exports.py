"""A cohort's own tables as files: the people of the page, in its order, and no name is a formula."""

import re
from datetime import date

import pytest
from flask import Flask

from app.accounts import services as accounts
from app.content.records import Course
from app.enrolment import services as enrolment
from app.extensions import db
from tests.conftest import START, Browser, Clock
from tests.groups import Group, add_trainee, group
from tests.statements import statements
from tests.supervision.teaching import answer, fail, main_of, words
from tests.supervision.test_exports import read_csv, read_sheet

ARMED = "=HYPERLINK(1)"


@pytest.fixture
def linden(app: Flask, course: Course, time: Clock) -> Group:
    """Ines did half a module, Uma failed three times, Rolf did nothing for weeks, and one has a formula for a name."""
    linden = group("Linden", ("Anna", "Bo", "Ines"), now=START, due_on=date(2027, 6, 1))
    uma = add_trainee(linden.cohort_id, "Uma", START)
    add_trainee(linden.cohort_id, "Rolf", START)
    armed = accounts.create_account(
        name=ARMED, email="armed@example.org", password="four brown boots walking", now=START
    )
    enrolment.join(linden.cohort_id, armed, now=START)
    for _ in range(3):
        fail(course, uma, time())
    answer(course, linden.trainee.person_id, time.pass_time(days=20))
    return linden


@pytest.fixture
def bo(app: Flask, linden: Group) -> Browser:
    return Browser(app, linden.supervisor)


def rows(bo: Browser, group: Group, what: str, query: str = "") -> list[list[str]]:
    answered = bo.get(f"/cohorts/{group.cohort_id}/export/{what}.csv{query}")
    assert answered.status_code == 200
    return read_csv(answered.text)


def named_on_page(bo: Browser, group: Group, query: str) -> list[str]:
    """Whom the table of the page lists, in its order."""
    table = main_of(bo.get(f"/cohorts/{group.cohort_id}{query}").text).split('id="group"')[1]
    found = re.findall(rf'href="/cohorts/{group.cohort_id}/trainees/[^"]*"[^>]*>(.*?)</a>', table, re.DOTALL)
    return list(dict.fromkeys(words(one) for one in found))


@pytest.mark.parametrize(
    "query",
    ["", "?sort=-name", "?sort=last", "?sort=-last", "?show=needing", "?show=untouched", "?q=u", "?sort=brewing"],
)
def test_the_file_lists_whom_the_page_lists_in_its_order(bo: Browser, linden: Group, query: str) -> None:
    in_file = [row[0].removeprefix("'") for row in rows(bo, linden, "cohort", query)[1:]]

    assert in_file == named_on_page(bo, linden, query) != []


def test_a_row_says_how_somebody_stands(bo: Browser, linden: Group) -> None:
    head, *found = rows(bo, linden, "cohort")

    uma = dict(zip(head, next(row for row in found if row[0] == "Uma"), strict=True))
    assert uma["E-mail"] == "uma@example.org"
    assert (uma["Joined"], uma["Due"], uma["Last here"], uma["Finished"]) == (
        "2027-03-01",
        "2027-06-01",
        "2027-03-01",
        "",
    )
    assert (uma["Needs you"], uma["Brewing: attempts"], uma["Brewing: best (%)"]) == ("yes", "3", "0")
    assert (uma["Brewing: passed"], uma["Brewing: sections read"]) == ("", "0")


def test_a_name_that_is_a_formula_is_a_text(bo: Browser, linden: Group) -> None:
    armed = next(row for row in rows(bo, linden, "cohort") if "HYPERLINK" in row[0])
    sheet = read_sheet(bo.get(f"/cohorts/{linden.cohort_id}/export/cohort.xlsx").data)

    assert armed[0] == f"'{ARMED}"
    assert [cell for row in sheet for cell in row if "HYPERLINK" in cell[1]] == [("s", ARMED)]
    assert [cell for row in sheet for cell in row if cell[0] == "f"] == []


def test_who_needs_somebody_is_said_in_the_words_of_the_page(bo: Browser, linden: Group) -> None:
    page = words(main_of(bo.get(f"/cohorts/{linden.cohort_id}?needs=all").text))

    found = rows(bo, linden, "attention")[1:]

    assert ("Uma", "Failed again and again", "2027-03-01") in [(row[0], row[2], row[3]) for row in found]
    assert [row for row in found if row[4] not in page] == []


def test_progress_is_told_by_week(bo: Browser, linden: Group) -> None:
    head, *found = rows(bo, linden, "progress")

    assert head == ["Week", "Last day", "Parts passed", "Parts in all", "Parts passed (%)", "Finished (people)"]
    assert [row[0] for row in found] == ["1", "2", "3"]
    assert found[-1][2:] == ["1", "12", "8.3", "0"]


@pytest.mark.parametrize("what", ["cohort", "attention", "progress"])
def test_a_file_costs_the_same_for_one_and_for_thirty(course: Course, bo: Browser, linden: Group, what: str) -> None:
    def cost() -> int:
        rows(bo, linden, what)
        with statements(db.engine) as said:
            rows(bo, linden, what)
        return len(said)

    few = cost()
    for number in range(26):
        answer(course, add_trainee(linden.cohort_id, f"Trainee {number}", START), START)

    assert cost() == few <= 10
