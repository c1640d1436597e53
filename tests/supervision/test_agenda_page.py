"""What to teach next: shares with their denominators, what was chosen, what to read; and the same rows as a file."""

import re

import pytest
from flask import Flask

from app.audit.models import AuditEntry
from app.content.records import Course
from app.extensions import db
from tests.conftest import START, Browser
from tests.groups import Group, add_trainee, group
from tests.statements import statements
from tests.supervision.teaching import NAMES, answer, fail, main_of, people, words
from tests.supervision.test_exports import read_csv, read_sheet


@pytest.fixture
def linden(app: Flask) -> Group:
    return group("Linden", ("Anna", "Bo", "Ines"), now=START)


@pytest.fixture
def bo(app: Flask, linden: Group) -> Browser:
    return Browser(app, linden.supervisor)


def read(bo: Browser, group: Group, page: str = "agenda") -> str:
    found = bo.get(f"/cohorts/{group.cohort_id}/{page}")
    assert found.status_code == 200
    return main_of(found.text)


def test_three_of_five_who_met_it_are_said_to_be_three_of_five(course: Course, linden: Group, bo: Browser) -> None:
    for number, person_id in enumerate(people(linden, 5, START)):
        answer(course, person_id, START, believing=["boiling-for-all"] if number < 3 else [])

    topics = re.findall(r'<li class="topic">(.*?)<p class="topic-read">', read(bo, linden), re.DOTALL)

    first = words(topics[0])
    assert first.startswith(
        "1. Every tea wants boiling water. 60% 3 of 5 who met it Green tea does not. What was chosen"
    )
    assert re.findall(r"\S+, \d\d , (\d of \d)", first)[0] == "3 of 5"
    assert "Boil the water for longer." in first


def test_the_agenda_names_the_sections_to_read(course: Course, linden: Group, bo: Browser) -> None:
    answer(course, linden.trainee.person_id, START, believing=["boiling-for-all"])

    assert '<a href="/modules/brewing/water">Water</a>' in read(bo, linden)


def test_nobody_is_named_on_the_agenda(course: Course, linden: Group, bo: Browser) -> None:
    for person_id in people(linden, 5, START):
        fail(course, person_id, START)

    said = words(read(bo, linden))

    assert [name for name in NAMES[:5] if re.search(rf"\b{name}\b", said)] == []


def test_an_empty_agenda_says_what_to_do(linden: Group, bo: Browser) -> None:
    said = words(read(bo, linden))

    assert "Nobody has answered yet" in said
    assert "Write to those who have not begun." in said


def test_all_right_says_that_no_misconception_was_chosen(course: Course, linden: Group, bo: Browser) -> None:
    answer(course, linden.trainee.person_id, START)

    assert "No misconception was chosen" in words(read(bo, linden))


def test_the_export_has_the_rows_of_the_page(course: Course, linden: Group, bo: Browser) -> None:
    water, time = ["boiling-for-all"], ["longer-is-stronger"]
    believing: tuple[list[str], ...] = (water, time, water, [], water)
    for person_id, beliefs_of in zip(people(linden, 5, START), believing, strict=True):
        answer(course, person_id, START, believing=beliefs_of)
    address = f"/cohorts/{linden.cohort_id}/export/agenda"

    page = words(read(bo, linden))
    head, *rows = read_csv(bo.get(f"{address}.csv").text)
    sheet = read_sheet(bo.get(f"{address}.xlsx").data)

    assert head[:5] == ["Kind", "What", "Met it (people)", "Went wrong (people)", "Went wrong (%)"]
    beliefs = [row for row in rows if row[0] == "Misconception"]
    assert len(beliefs) == 2
    places = [page.index(f"{row[1]} {round(float(row[4]))}% {row[3]} of {row[2]} who met it") for row in beliefs]
    assert places == sorted(places)
    for row in rows[2:]:
        assert f"{row[3]} of {row[2]} who were asked missed points" in page, row
    assert [[cell[1] for cell in line][:4] for line in sheet] == [
        [str(cell) for cell in row[:4]] for row in [head, *rows]
    ]


def test_an_export_is_written_down(linden: Group, bo: Browser) -> None:
    answered = bo.get(f"/cohorts/{linden.cohort_id}/export/agenda.csv")

    entry = db.session.query(AuditEntry).one()
    assert (entry.act, entry.subject, entry.institute_id) == (
        "export",
        f"cohort {linden.cohort_id}",
        linden.institute.id,
    )
    assert (entry.actor_id, entry.details["file"]) == (bo.person_id, "agenda-linden-autumn-2027-03-01.csv")
    assert answered.headers["Content-Disposition"] == 'attachment; filename="agenda-linden-autumn-2027-03-01.csv"'
    assert answered.content_type == "text/csv; charset=utf-8"


@pytest.mark.parametrize("page", ["agenda", "handout", "questions"])
def test_a_page_costs_the_same_for_one_and_for_thirty(course: Course, linden: Group, bo: Browser, page: str) -> None:
    def cost() -> int:
        read(bo, linden, page)  # once, so that the process has read its copies
        with statements(db.engine) as said:
            read(bo, linden, page)
        return len(said)

    answer(course, linden.trainee.person_id, START)
    alone = cost()
    for number in range(29):
        answer(course, add_trainee(linden.cohort_id, f"Trainee {number}", START), START)

    assert cost() == alone <= 5


PAGES = [
    "agenda",
    "handout",
    "questions",
    *(f"export/{what}.csv" for what in ("cohort", "attention", "progress", "agenda", "questions")),
    *(f"export/{what}.xlsx" for what in ("cohort", "attention", "progress", "agenda", "questions")),
]


@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_supervise_the_cohort_open_its_pages(app: Flask, linden: Group, page: str) -> None:
    cedar = group("Cedar", ("Cy", "Dan", "Eve"), now=START)
    address = f"/cohorts/{linden.cohort_id}/{page}"

    assert [Browser(app, one).get(address).status_code for one in (linden.administrator, linden.supervisor)] == [
        200
    ] * 2
    others = (linden.trainee, cedar.administrator, cedar.supervisor, cedar.trainee)
    assert [Browser(app, one).get(address).status_code for one in others] == [403, 404, 404, 403]


def test_no_page_of_one_institute_holds_anything_of_the_other(
    app: Flask, course: Course, linden: Group, bo: Browser
) -> None:
    cedar = group("Cedar", ("Cyrano", "Danuta", "Evelien"), now=START)
    fail(course, cedar.trainee.person_id, START)
    answer(course, linden.trainee.person_id, START)

    texts = [bo.get(f"/cohorts/{linden.cohort_id}/{page}").text for page in PAGES if not page.endswith("xlsx")]

    assert [word for text in texts for word in ("Cedar", "Evelien", cedar.trainee.email) if word in text] == []
    assert "No misconception was chosen" in texts[0]
