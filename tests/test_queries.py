"""What a page costs, and that looking changes nothing."""

from collections.abc import Mapping
from uuid import UUID

import pytest
from flask import Flask

from app.assessment import queries, services
from app.content.records import Course
from app.extensions import db
from app.learning.models import SectionReadRow
from app.scenarios import services as sessions
from tests.addresses import addresses
from tests.conftest import START, Browser
from tests.leading import EARLY, WARM, complete, lead, lead_beside, make, talk_over
from tests.statements import statements
from tests.taking import answer_all, finish, right, start, start_final, start_mending, start_set

COSTS: Mapping[str, int] = {
    "/course": 6,
    "/course/print": 1,
    "/modules/brewing": 4,
    "/modules/brewing/water": 4,
    "/modules/welcome/course": 3,
    "/quizzes/brewing": 4,
    "/quizzes/final": 3,
    "/attempts/{open}": 2,
    "/attempts/{open}/1": 3,
    "/attempts/{closed}/1": 3,
    "/attempts/{closed}/result": 3,
    "/attempts/{before}/1": 4,
    "/attempts/{before}/result": 3,
    "/attempts/{final}/1": 4,
    "/attempts/{final}/result": 4,
    "/certificate": 5,
    "/course/standing": 3,
    "/course/supervision": 6,
    "/attempts/{mend}/2": 4,
    "/attempts/{mended}/1": 3,
    "/attempts/{mended}/2": 5,
    "/attempts/{mended}/result": 4,
    "/mend/mend-kit": 2,
    "/scenarios": 3,
    "/scenarios/cold-hall": 2,
    "/sessions/{open_run}": 3,
    "/sessions/{open_run}/0": 3,
    "/sessions/{run}": 3,
    "/sessions/{run}/0": 3,
    "/sessions/{run}/1": 3,
    "/sessions/{undebriefed}/debrief": 3,
    "/transcripts/one-pot": 1,
    "/library": 1,
    "/library.bib": 0,
    "/aids": 1,
    "/aids/tea-sheet": 1,
    "/glossary": 1,
    "/references": 1,
    "/": 1,
    "/account/groups": 2,
}
"""Statements a page, the one that finds out who is there included."""


def costs(browser: Browser, ids: Mapping[str, UUID]) -> dict[str, int]:
    found = {}
    for page in COSTS:
        with statements(db.engine) as said:
            assert browser.get(page.format(**ids)).status_code in {200, 302}, page
        found[page] = len(said)
    return found


@pytest.fixture
def ids(course: Course, ada: Browser) -> dict[str, UUID]:
    closed = answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START, wrongly=[1])
    before = answer_all(start_set(course, ada.person_id, "before", START), ada.person_id, START)
    final = answer_all(start_final(course, ada.person_id, START), ada.person_id, START, wrongly=[1])
    practice = start(course, ada.person_id, "brewing", START)
    mended = answer_all(start_mending(course, ada.person_id, START), ada.person_id, START)
    return {
        "closed": closed.id,
        "open": practice,
        "before": before.id,
        "final": final.id,
        "mended": mended.id,
        "mend": half_mended(course, ada),
        **runs(course, ada),
    }


def half_mended(course: Course, ada: Browser) -> UUID:
    """An exercise whose slip has been looked for, and whose line is still to write."""
    attempt_id = start_mending(course, ada.person_id, START)
    first = queries.attempt(attempt_id, ada.person_id).items[0]
    services.answer(attempt_id, ada.person_id, 1, right(first), now=START)
    db.session.commit()
    return attempt_id


def runs(course: Course, ada: Browser) -> dict[str, UUID]:
    """Sessions: one led twice and debriefed, one that waits for its debrief, one open."""
    led = complete(course, ada.person_id, START)
    further = sessions.go_back(led, ada.person_id, 0, 3, now=START)
    make(led, ada.person_id, EARLY[2:], START, number=further)
    waiting = lead(course, ada.person_id, START)
    return {"run": led, "undebriefed": waiting, "open_run": lead_beside(waiting, START, WARM[:3])}


def test_every_page_costs_what_the_table_says(ada: Browser, ids: dict[str, UUID]) -> None:
    assert costs(ada, ids) == COSTS


def test_a_question_costs_three_and_a_lesson_one_more_for_the_terms() -> None:
    pages = ("/modules/brewing/water", "/attempts/{open}/1", "/attempts/{closed}/1")

    assert [COSTS[page] for page in pages] == [4, 3, 3]


@pytest.mark.slow
def test_pages_cost_the_same_after_thirty_attempts_and_reads(
    course: Course, ada: Browser, ids: dict[str, UUID]
) -> None:
    answer_all(ids["open"], ada.person_id, START)
    for _ in range(26):
        answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)
    ids["open"] = start(course, ada.person_id, "brewing", START)
    for number in range(30):
        section_id = "water" if number == 0 else f"section-{number}"
        row = {"module_id": "brewing", "section_id": section_id, "edition": "0.9", "read_at": START}
        db.session.add(SectionReadRow(person_id=ada.person_id, **row))
    db.session.commit()
    assert len(queries.summaries(ada.person_id)) == 30

    assert costs(ada, ids) == COSTS


@pytest.mark.slow
def test_pages_cost_the_same_after_many_sessions_and_ways(course: Course, ada: Browser, ids: dict[str, UUID]) -> None:
    for sequence in range(1, 11):
        further = sessions.go_back(ids["run"], ada.person_id, 0, sequence, now=START)
        make(ids["run"], ada.person_id, WARM[sequence - 1 :], START, number=further)
    make(ids["open_run"], ada.person_id, WARM[3:], START)
    for _ in range(5):
        talk_over(lead_beside(ids["run"], START, WARM), ada.person_id, START)
    ids["open_run"] = lead_beside(ids["run"], START, WARM[:3])

    assert costs(ada, ids) == COSTS


def test_looking_writes_nothing(app: Flask, course: Course, ada: Browser, bea: Browser, stranger: Browser) -> None:
    finish(course, ada.person_id, START)
    ada.post("/certificate", {"name": "Ada"})
    attempt_id = start(course, ada.person_id, "serving", START)
    (*_, closed) = queries.summaries(ada.person_id)
    done, begun = complete(course, ada.person_id, START), lead(course, ada.person_id, START, WARM[:3])
    for given in ({"attempt_id": attempt_id, "run_id": done}, {"attempt_id": closed.id, "run_id": begun}):
        for address in addresses(app, given):
            if address.method == "GET":
                for browser in (stranger, ada, bea):
                    with statements(db.engine) as said:
                        browser.get(address.path)
                    assert [one for one in said if not one.startswith("SELECT")] == [], address


def test_static_files_ask_the_database_nothing(app: Flask, ada: Browser) -> None:
    path = next(one.path for one in addresses(app) if one.endpoint == "static")
    with statements(db.engine) as said:
        assert ada.get(path).status_code == 200

    assert said == []
