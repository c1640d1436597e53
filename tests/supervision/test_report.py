"""An institute's year, by hand: who joined, left, moved and finished, and nobody's name."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from app.assessment.disputes import dispute
from app.assessment.models import Dispute
from app.content.records import Course
from app.credentials.models import Certificate
from app.enrolment import services as enrolment
from app.enrolment.models import Membership
from app.enrolment.report_queries import Stay
from app.extensions import db
from app.mail.models import Letter
from app.supervision import report
from tests.conftest import START, Browser, Clock
from tests.groups import Group, add_trainee, group
from tests.statements import statements
from tests.supervision.test_exports import read_csv
from tests.taking import answer_all, finish, start

ADA, BEN, CLEO, DORA = (UUID(int=number) for number in range(1, 5))
YEAR = report.year_of(2027, ZoneInfo("Europe/Amsterdam"))


def at(month: int, day: int, year: int = 2027) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def test_a_year_begins_and_ends_by_the_institutes_clocks() -> None:
    assert YEAR.since == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert YEAR.until == datetime(2027, 12, 31, 23, tzinfo=UTC)
    assert [YEAR.holds(moment) for moment in (YEAR.since, YEAR.until, None)] == [True, False, False]


def test_people_are_counted_once_however_often_they_move() -> None:
    stays = [
        Stay(1, ADA, at(5, 1, 2026), at(2, 1)),  # moved
        Stay(2, ADA, at(2, 1), None),
        Stay(1, BEN, at(3, 1), at(4, 1)),  # came and went
        Stay(1, CLEO, at(6, 1), None),
        Stay(1, DORA, at(1, 1, 2028), None),  # later
    ]

    assert report.people_of(YEAR, stays, {ADA: at(3, 3), CLEO: at(1, 1, 2028)}) == report.People(
        joined=2, left=1, there=2, finished=1
    )


def test_cohorts_nobody_was_in_during_the_year_are_left_out() -> None:
    stays = [Stay(1, ADA, at(5, 1, 2026), at(2, 1)), Stay(2, BEN, at(5, 1, 2026), at(6, 1, 2026))]

    lines = report.by_cohort(YEAR, [(1, "Spring", date(2027, 2, 1)), (2, "Old", None), (3, "New", None)], stays, {})

    assert lines == (report.CohortLine(1, "Spring", date(2027, 2, 1), report.People(0, 1, 0, 0)),)


def test_months_go_by_the_institutes_clocks() -> None:
    moments = [datetime(2027, 1, 31, 23, 30, tzinfo=UTC), at(2, 1), at(12, 31, 2026), at(12, 31)]

    assert report.by_month(YEAR, moments, ZoneInfo("Europe/Amsterdam")) == (0, 2, *[0] * 9, 1)


def test_the_time_to_finish_is_a_median_over_those_who_finished_after_joining() -> None:
    stays = [Stay(1, id, at(3, 1), None) for id in (ADA, BEN, CLEO)]

    found = report.days_to_finish(YEAR, stays, {ADA: at(3, 11), BEN: at(3, 31), CLEO: at(2, 1)})

    assert found == report.Middle(20.0, 2)
    assert report.middle([]) == report.Middle(None, 0)


@pytest.fixture
def linden(app: Flask) -> Group:
    return group("Linden", ("Anna", "Bo", "Ines"), now=START, due_on=date(2027, 6, 1))


@pytest.fixture
def anna(app: Flask, linden: Group) -> Browser:
    """Linden's administrator."""
    return Browser(app, linden.administrator)


def rows(anna: Browser) -> list[list[str]]:
    answer = anna.get("/institutes/linden/report/2027.csv")
    assert answer.status_code == 200
    return read_csv(answer.text)[1:]


def values(anna: Browser) -> dict[tuple[str, ...], str]:
    """The last cell of each row of the export, by the first three."""
    return {tuple(row[:3]): row[3] for row in rows(anna)}


def test_the_report_adds_up_what_happened(course: Course, anna: Browser, linden: Group, time: Clock) -> None:
    ines = linden.trainee.person_id
    uma = add_trainee(linden.cohort_id, "Uma", START)
    rolf = enrolment.join(linden.cohort_id, add_trainee(linden.cohort_id, "Rolf", START), now=START)
    failed = answer_all(start(course, uma, "brewing", time()), uma, time(), wrongly=[1, 2, 3])
    finish(course, ines, time.pass_time(days=10))
    enrolment.leave(rolf, _person(rolf), now=time())
    issued(linden.institute.id, ines, at(3, 20))
    dispute(failed.id, uma, 1, "The key is wrong, I think.", now=time())
    db.session.commit()

    said = values(anna)

    assert said["Cohorts", "Linden Autumn", "Joined"] == "3"
    assert said["Cohorts", "Linden Autumn", "Left"] == "1"
    assert said["Cohorts", "Linden Autumn", "There at the end"] == "2"
    assert said["Cohorts", "Linden Autumn", "Finished"] == "1"
    assert said["Certificates issued", "March", "Certificates"] == "1"
    assert said["Certificates issued", "Year", "Certificates"] == "1"
    assert said["Attempts", "Brewing", "Attempts begun"] == "2"
    assert said["Attempts", "Brewing", "People"] == "2"
    assert said["Attempts", "Final test", "Answered to the end"] == "1"
    assert said["Disputed questions", "", "Disputed"] == "1"
    assert said["Disputed questions", "", "Answered"] == "0"


def issued(institute_id: int, person_id: UUID, *moments: datetime) -> None:
    """Certificates of one edition, of which the last is valid."""
    for moment in moments:
        words = dict.fromkeys(("heading", "title", "statement", "review"), "x")
        db.session.add(
            Certificate(
                id=uuid4(),
                person_id=person_id,
                institute_id=institute_id,
                status="valid" if moment is moments[-1] else "replaced",
                name="Ines",
                edition="0.9",
                hours="1",
                completed_on=moment.date(),
                issued_at=moment,
                hash="h",
                address=None,
                **words,
            )
        )
        db.session.flush()


def _person(membership_id: int) -> UUID:
    return db.session.get_one(Membership, membership_id).person_id


def test_a_certificate_that_was_replaced_counts_once(anna: Browser, linden: Group) -> None:
    issued(linden.institute.id, linden.trainee.person_id, at(2, 1), at(5, 1))
    db.session.commit()

    said = values(anna)

    assert said["Certificates issued", "February", "Certificates"] == "1"
    assert said["Certificates issued", "Year", "Certificates"] == "1"


def test_letters_are_counted_by_what_became_of_them(anna: Browser, linden: Group) -> None:
    for number, (sent, failed) in enumerate([(START, None), (START, None), (None, START), (None, None)]):
        db.session.add(
            Letter(
                recipient=f"x{number}@example.org",
                subject="x",
                body="" if sent or failed else "x",
                kind="invitation",
                institute_id=linden.institute.id,
                queued_at=START,
                due_at=START,
                tries=0,
                sent_at=sent,
                failed_at=failed,
            )
        )
    db.session.commit()

    said = values(anna)

    assert [said["Letters", "Invitation", what] for what in ("Written", "Sent", "Failed")] == ["4", "2", "1"]


def test_the_page_prints_the_rows_of_the_export_and_no_name(course: Course, anna: Browser, linden: Group) -> None:
    finish(course, linden.trainee.person_id, START)
    page = anna.get("/institutes/linden/report/2027").text
    main = page.split("<main")[1].split("</main>")[0]

    cells = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", main)]

    for row in rows(anna):
        assert row[1] in ["", *cells], row
        assert row[3] in ["", *cells] or row[3] == "2027-06-01", row
    assert [name for name in ("Ines", "Anna", "Bo ", linden.trainee.email) if name in main] == []


def test_a_report_costs_the_same_for_one_and_for_thirty(course: Course, anna: Browser, linden: Group) -> None:
    def cost() -> int:
        with statements(db.engine) as said:
            assert anna.get("/institutes/linden/report/2027").status_code == 200
        return len([one for one in said if one.startswith("SELECT")])

    answer_all(start(course, linden.trainee.person_id, "brewing", START), linden.trainee.person_id, START)
    alone = cost()
    for number in range(29):
        person_id = add_trainee(linden.cohort_id, f"Trainee {number}", START - timedelta(days=number))
        answer_all(start(course, person_id, "brewing", START, seed=number), person_id, START)

    assert cost() == alone <= 12


def test_reports_of_years_to_come_are_not_there(anna: Browser, linden: Group) -> None:
    assert anna.get("/institutes/linden/report").location == "/institutes/linden/report/2027"
    assert anna.get("/institutes/linden/report/2028").status_code == 404
    assert anna.get("/institutes/linden/report/2000").status_code == 200


@pytest.mark.parametrize("path", ["report", "report/2027", "report/2027.csv", "report/2027.xlsx", "dossier"])
def test_only_administrators_of_the_institute_open_report_and_dossier(app: Flask, linden: Group, path: str) -> None:
    cedar = group("Cedar", ("Cy", "Dan", "Eve"), now=START)
    address = f"/institutes/linden/{path}"

    assert Browser(app, linden.administrator).get(address).status_code in {200, 302}
    others = (linden.supervisor, linden.trainee, cedar.administrator, cedar.supervisor, cedar.trainee)
    assert [Browser(app, one).get(address).status_code for one in others] == [404, 403, 404, 404, 403]


def test_a_reply_is_counted_with_its_time(course: Course, anna: Browser, linden: Group, time: Clock) -> None:
    ines = linden.trainee.person_id
    attempt = answer_all(start(course, ines, "brewing", START), ines, START)
    dispute(attempt.id, ines, 1, "The key is wrong.", now=START)
    db.session.flush()
    row = db.session.scalars(select(Dispute)).one()
    row.reply, row.replied_at = "It stands.", time.pass_time(days=3)
    db.session.commit()

    said = values(anna)

    assert said["Disputed questions", "", "Answered"] == "1"
    assert said["Disputed questions", "", "Median time to the answer (days)"] == "3.0"
