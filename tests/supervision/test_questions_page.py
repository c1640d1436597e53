"""Question by question: facility with its interval, what is hidden, and one question with what was said."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.assessment import queries
from app.assessment.disputes import dispute
from app.assessment.models import QuestionVersion
from app.content.records import Course
from app.extensions import db
from app.supervision.question_pages import Wish, wish_from
from tests.conftest import START, Browser
from tests.groups import Group, add_trainee, group
from tests.statements import statements
from tests.supervision.teaching import answer, fail, main_of, people, words
from tests.supervision.test_exports import read_csv


@pytest.fixture
def linden(app: Flask) -> Group:
    return group("Linden", ("Anna", "Bo", "Ines"), now=START)


@pytest.fixture
def bo(app: Flask, linden: Group) -> Browser:
    return Browser(app, linden.supervisor)


def rows(html: str) -> list[str]:
    """What each row of the table says."""
    body = html.split('<table class="question-table">')[1].split("<tbody>")[1]
    return [words(row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]


def read(bo: Browser, group: Group, query: str = "") -> str:
    found = bo.get(f"/cohorts/{group.cohort_id}/questions{query}")
    assert found.status_code == 200
    return main_of(found.text)


def digest_of(question_id: str) -> str:
    row = select(QuestionVersion.scoring_digest).where(QuestionVersion.question_id == question_id)
    return db.session.scalars(row).one()


def test_below_ten_there_are_counts_only(course: Course, linden: Group, bo: Browser) -> None:
    for number, person_id in enumerate(people(linden, 9, START)):
        (fail if number < 2 else answer)(course, person_id, START)

    said = rows(read(bo, linden))

    assert len(said) == 6
    assert [row for row in said if "7 of 9 with full marks" not in row or "hidden below 50" not in row] == []


def test_from_ten_on_facility_has_its_interval(course: Course, linden: Group, bo: Browser) -> None:
    """Wilson's interval of 8 of 10: 49 to 94 (Newcombe 1998, method 3)."""
    for number in range(9):
        person_id = add_trainee(linden.cohort_id, f"Trainee {number}", START)
        (fail if number < 2 else answer)(course, person_id, START)
    answer(course, linden.trainee.person_id, START)

    said = [row for row in rows(read(bo, linden)) if "80 49–94" in row]

    assert said != []


def test_an_answer_counts_only_when_the_question_was_new(course: Course, linden: Group, bo: Browser) -> None:
    for _ in range(3):
        answer(course, linden.trainee.person_id, START)

    assert {re.search(r" (\d) (\d of \d)", row).groups() for row in rows(read(bo, linden)) if " of " in row} == {  # type: ignore[union-attr]
        ("1", "1 of 1")
    }


def test_staff_who_learn_count_nowhere(course: Course, linden: Group, bo: Browser) -> None:
    from app.enrolment import services as enrolment

    enrolment.join(linden.cohort_id, linden.administrator.person_id, now=START)
    fail(course, linden.administrator.person_id, START)

    assert "Nobody has answered yet" in words(read(bo, linden))


def test_the_export_has_the_rows_of_the_page_in_its_order(course: Course, linden: Group, bo: Browser) -> None:
    for person_id in people(linden, 3, START):
        answer(course, person_id, START)
        answer(course, person_id, START, quiz_id="serving")
    query = "?quiz=brewing&sort=-case"

    page = rows(read(bo, linden, query))
    table = read_csv(bo.get(f"/cohorts/{linden.cohort_id}/export/questions.csv{query}").text)[1:]

    assert len(page) == len(table) == 6
    for said, row in zip(page, table, strict=True):
        assert said.startswith(
            f"{row[1]} {row[2]} {row[3]} · {row[0]} {row[4]} {row[5]} of {row[4]} with full marks"
        ), said
    assert [row[1] for row in table] == sorted((row[1] for row in table), reverse=True)


def test_the_institute_pools_its_cohorts(app: Flask, course: Course, linden: Group, bo: Browser) -> None:
    from app.enrolment import services as enrolment

    other = enrolment.create_cohort(linden.institute.id, "Spring", now=START)
    answer(course, linden.trainee.person_id, START)
    answer(course, add_trainee(other, "Rolf", START), START)

    pooled = main_of(bo.get("/institutes/linden/questions").text)

    assert [row for row in rows(read(bo, linden)) if " 1 1 of 1" not in row] == []
    assert [row for row in rows(pooled) if " 2 2 of 2" not in row] == []
    assert len(read_csv(bo.get("/institutes/linden/questions.csv").text)) == 7


def test_one_question_says_what_was_chosen_how_often(course: Course, linden: Group, bo: Browser) -> None:
    for number, person_id in enumerate(people(linden, 5, START)):
        answer(course, person_id, START, believing=["boiling-for-all"] if number < 3 else [])
    asked = next(one for one in ("brewing-ada-a", "brewing-ben-a") if _drawn(one))

    said = words(main_of(bo.get(f"/cohorts/{linden.cohort_id}/questions/{digest_of(asked)}").text))

    assert "Boil the water for longer. (wrong) 3 of 5" in said
    assert "as the leaves want it. (right) 2 of 5" in said
    assert "Let it stand for ten minutes. (wrong) 0 of 5" in said
    assert "Nobody has disputed it." in said


def _drawn(question_id: str) -> bool:
    return (
        db.session.scalar(select(QuestionVersion.digest).where(QuestionVersion.question_id == question_id)) is not None
    )


def test_a_dispute_is_said_without_who_and_what(course: Course, linden: Group, bo: Browser) -> None:
    answer(course, linden.trainee.person_id, START)
    attempt = queries.summaries(linden.trainee.person_id)[0]
    dispute(attempt.id, linden.trainee.person_id, 1, "I found the key wrong.", now=START)
    db.session.commit()
    item = queries.attempt(attempt.id, linden.trainee.person_id).items[0]

    page = bo.get(f"/cohorts/{linden.cohort_id}/questions/{digest_of(item.question_id)}").text

    assert "Disputed on 1 March 2027 · waits for a reply" in words(page)
    assert [word for word in ("I found", "Ines", "/disputes/") if word in main_of(page)] == []
    assert sum("1 dispute" in row for row in rows(read(bo, linden))) == 1


@pytest.mark.parametrize("digest", ["0" * 64, "short"])
def test_a_question_nobody_here_was_asked_is_not_there(
    app: Flask, course: Course, linden: Group, bo: Browser, digest: str
) -> None:
    cedar = group("Cedar", ("Cy", "Dan", "Eve"), now=START)
    answer(course, cedar.trainee.person_id, START)
    theirs = db.session.scalars(select(QuestionVersion.scoring_digest)).first()

    for address in (f"/cohorts/{linden.cohort_id}/questions", "/institutes/linden/questions"):
        assert bo.get(f"{address}/{digest}").status_code == 404
        assert bo.get(f"{address}/{theirs}").status_code == 404


@pytest.mark.parametrize("page", ["questions", "questions.csv", "questions.xlsx"])
def test_only_staff_of_the_institute_open_its_questions(app: Flask, linden: Group, page: str) -> None:
    cedar = group("Cedar", ("Cy", "Dan", "Eve"), now=START)
    address = f"/institutes/linden/{page}"

    assert [Browser(app, one).get(address).status_code for one in (linden.administrator, linden.supervisor)] == [
        200
    ] * 2
    others = (linden.trainee, cedar.administrator, cedar.supervisor, cedar.trainee)
    assert [Browser(app, one).get(address).status_code for one in others] == [403, 404, 404, 403]


@pytest.mark.parametrize(
    ("given", "wish"),
    [
        ({}, Wish()),
        ({"quiz": "brewing", "sort": "-n", "page": "3"}, Wish("brewing", "n", True, 3)),
        ({"quiz": "nowhere", "sort": "-name", "page": "0"}, Wish()),
        ({"page": "²"}, Wish()),
        ({"page": "999999999"}, Wish()),
    ],
)
def test_what_cannot_be_read_in_an_address_is_left_out(given: dict[str, str], wish: Wish) -> None:
    assert wish_from(given, ["brewing"]) == wish
    assert wish_from(wish.address, ["brewing"]) == wish


def test_the_institutes_questions_cost_the_same_for_one_and_for_thirty(
    course: Course, linden: Group, bo: Browser
) -> None:
    def cost() -> int:
        bo.get("/institutes/linden/questions")
        with statements(db.engine) as said:
            assert bo.get("/institutes/linden/questions").status_code == 200
        return len(said)

    answer(course, linden.trainee.person_id, START)
    alone = cost()
    for number in range(29):
        answer(course, add_trainee(linden.cohort_id, f"Trainee {number}", START), START)

    assert cost() == alone <= 5
