"""Letters about a last day: who gets them, when, and never twice."""

import email
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import create_app
from app.content import current_course
from app.content.records import Course
from app.enrolment.models import Cohort, Membership, Notice
from app.enrolment.services import leave
from app.extensions import db
from app.institutes.models import Institute
from app.mail.delivery import message
from app.mail.models import Letter
from app.mail.services import take_letter
from app.supervision.reminders import write_due
from config import Settings
from tests.conftest import SAMPLE_COURSE, Clock
from tests.groups import Group, add_trainee, group
from tests.statements import statements
from tests.taking import answer_all, finish, finish_modules, start_final

JOINED = datetime(2027, 2, 1, 12, tzinfo=UTC)
DUE = date(2027, 3, 12)
NINE = datetime(2027, 3, 5, 9, tzinfo=UTC)
"""A week before, at nine in UTC."""
AFTER = datetime(2027, 3, 13, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def linden(app: Flask) -> Group:
    return group("Linden", ("Ann", "Bo", "Tia"), now=JOINED, due_on=DUE)


def written() -> list[tuple[str, str]]:
    """Kind and recipient of every reminder, in the order of writing."""
    rows = db.session.execute(
        select(Letter.kind, Letter.recipient).where(Letter.kind.in_(("before_due", "overdue"))).order_by(Letter.id)
    )
    return [(row.kind, row.recipient) for row in rows]


def run(course: Course, *moments: datetime) -> list[int]:
    """How many are written at each of these moments, each in a transaction of its own."""
    counts = []
    for moment in moments:
        counts.append(write_due(course, moment))
        db.session.commit()
    return counts


def change(membership_id: int, **values: object) -> None:
    db.session.execute(update(Membership).where(Membership.id == membership_id).values(**values))
    db.session.commit()


def test_reminders_come_a_week_before_and_the_morning_after_once_each(course: Course, linden: Group) -> None:
    moments = (NINE - MINUTE, NINE, NINE + MINUTE, NINE + timedelta(days=6), AFTER - MINUTE, AFTER, AFTER + MINUTE)

    assert run(course, *moments) == [0, 1, 0, 0, 0, 1, 0]

    tia = linden.trainee.email
    assert written() == [("before_due", tia), ("overdue", tia)]
    assert db.session.scalars(select(Notice.kind).order_by(Notice.kind)).all() == ["before_due", "overdue"]


def test_a_reminder_that_was_missed_comes_late_but_not_much_too_late(course: Course, linden: Group) -> None:
    assert run(course, AFTER + timedelta(days=7)) == [0]
    assert run(course, datetime(2027, 3, 12, 23, 59, tzinfo=UTC)) == [1]
    assert run(course, AFTER + timedelta(days=6)) == [1]


@pytest.mark.parametrize(
    ("zone", "due_on", "nine", "morning_after"),
    [
        ("Pacific/Auckland", DUE, "2027-03-04T20:00", "2027-03-12T20:00"),
        ("America/Los_Angeles", DUE, "2027-03-05T17:00", "2027-03-13T17:00"),
        # Clocks go forward on 14 March 2027 in California, and back on 4 April in New Zealand.
        ("America/Los_Angeles", date(2027, 3, 14), "2027-03-07T17:00", "2027-03-15T16:00"),
        ("America/Los_Angeles", date(2027, 3, 21), "2027-03-14T16:00", "2027-03-22T16:00"),
        ("America/Los_Angeles", date(2027, 3, 13), "2027-03-06T17:00", "2027-03-14T16:00"),
        ("Pacific/Auckland", date(2027, 4, 3), "2027-03-26T20:00", "2027-04-03T21:00"),
        ("Pacific/Auckland", date(2027, 4, 11), "2027-04-03T21:00", "2027-04-11T21:00"),
    ],
)
def test_reminders_go_by_the_institutes_clock(
    course: Course, linden: Group, zone: str, due_on: date, nine: str, morning_after: str
) -> None:
    db.session.execute(update(Institute).values(time_zone=zone))
    db.session.execute(update(Cohort).values(due_on=due_on))
    db.session.commit()
    first, second = (datetime.fromisoformat(f"{moment}+00:00") for moment in (nine, morning_after))

    assert run(course, first - MINUTE, first, second - MINUTE, second) == [0, 1, 0, 1]

    assert [kind for kind, _ in written()] == ["before_due", "overdue"]


def test_two_institutes_on_opposite_sides_of_the_date_line_each_have_their_morning(course: Course, app: Flask) -> None:
    linden = group("Linden", ("Ann", "Bo", "Tia"), now=JOINED, due_on=DUE)
    cedar = group("Cedar", ("Cy", "Dan", "Uma"), now=JOINED, due_on=DUE)
    for one, zone in ((linden, "Pacific/Auckland"), (cedar, "America/Los_Angeles")):
        db.session.execute(update(Institute).where(Institute.id == one.institute.id).values(time_zone=zone))
    db.session.commit()

    run(course, datetime(2027, 3, 4, 20, tzinfo=UTC))
    assert written() == [("before_due", linden.trainee.email)]
    run(course, datetime(2027, 3, 5, 17, tzinfo=UTC))

    assert written()[1:] == [("before_due", cedar.trainee.email)]
    lindens = db.session.scalars(select(Letter).where(Letter.institute_id == linden.institute.id)).one()
    assert "Cedar" not in lindens.body + lindens.html + lindens.subject + lindens.copy


def test_whoever_declined_or_left_or_has_no_last_day_gets_none(course: Course, linden: Group) -> None:
    declined, left = add_trainee(linden.cohort_id, "Dee", JOINED), add_trainee(linden.cohort_id, "Lou", JOINED)
    memberships = {one.person_id: one for one in db.session.scalars(select(Membership))}
    memberships[declined].reminders = False
    leave(memberships[left].id, left, now=JOINED)
    db.session.commit()

    run(course, NINE, AFTER)

    assert {recipient for _, recipient in written()} == {linden.trainee.email}
    db.session.execute(update(Cohort).values(due_on=None))
    assert run(course, NINE) == [0]


def test_a_group_that_was_put_away_reminds_nobody(course: Course, linden: Group) -> None:
    db.session.execute(update(Cohort).values(ended_at=JOINED))

    assert run(course, NINE, AFTER) == [0, 0]


def test_whoever_has_finished_gets_none(course: Course, linden: Group) -> None:
    late = add_trainee(linden.cohort_id, "Nell", JOINED)
    finish(course, linden.trainee.person_id, JOINED)
    finish_modules(course, late, JOINED)

    run(course, NINE)

    assert written() == [("before_due", "nell@example.org")]
    assert "- one test to pass\n" in db.session.scalars(select(Letter.body)).one()


@pytest.mark.parametrize(("mark", "count"), [(1, 0), (100, 1)])
def test_finished_goes_by_the_groups_own_mark(course: Course, linden: Group, mark: int, count: int) -> None:
    tia = linden.trainee.person_id
    finish_modules(course, tia, JOINED)
    answer_all(start_final(course, tia, JOINED), tia, JOINED, wrongly=[1])
    db.session.execute(update(Cohort).values(pass_mark=mark))
    db.session.commit()

    assert run(course, NINE) == [count]


def test_another_last_day_brings_another_reminder(course: Course, linden: Group) -> None:
    run(course, NINE, AFTER)

    change(linden.membership_id, due_on=date(2027, 4, 2))

    assert run(course, AFTER, datetime(2027, 3, 26, 9, tzinfo=UTC), datetime(2027, 4, 3, 9, tzinfo=UTC)) == [0, 1, 1]
    notices = db.session.execute(select(Notice.kind, Notice.due_on).order_by(Notice.due_on, Notice.kind)).all()
    assert [tuple(notice) for notice in notices] == [
        ("before_due", DUE),
        ("overdue", DUE),
        ("before_due", date(2027, 4, 2)),
        ("overdue", date(2027, 4, 2)),
    ]


def test_whoever_joins_late_is_not_flooded(course: Course, linden: Group) -> None:
    evening = datetime(2027, 3, 10, 18, tzinfo=UTC)
    run(course, NINE)
    add_trainee(linden.cohort_id, "Nell", evening)
    db.session.commit()

    assert run(course, evening + MINUTE, evening + timedelta(hours=23), evening + timedelta(days=1)) == [0, 0, 1]


def test_whoever_joins_after_the_last_day_is_not_told_that_it_is_over(course: Course, linden: Group) -> None:
    run(course, AFTER)
    add_trainee(linden.cohort_id, "Nell", AFTER)
    db.session.commit()

    assert run(course, AFTER + timedelta(days=2)) == [0]


def test_a_reminder_that_waits_too_long_is_not_sent(course: Course, linden: Group) -> None:
    run(course, NINE)

    assert db.session.scalars(select(Letter.expires_at)).one() == datetime(2027, 3, 13, tzinfo=UTC)


def test_a_rollback_takes_notice_and_letter_together(course: Course, linden: Group) -> None:
    write_due(course, NINE)
    db.session.rollback()
    assert (written(), db.session.scalars(select(Notice)).all()) == ([], [])

    assert run(course, NINE) == [1]


def test_reminders_read_the_same_number_of_statements_for_many(course: Course, linden: Group) -> None:
    def reads() -> int:
        with statements(db.engine) as said:
            write_due(course, NINE)
        db.session.rollback()
        return len([one for one in said if one.startswith("SELECT")])

    few = reads()
    for number in range(30):
        add_trainee(linden.cohort_id, f"Nell {number}", JOINED)
    db.session.commit()

    assert (few, reads()) == (4, 4)


def parts_of(letter_now: datetime) -> tuple[EmailMessage, str, str]:
    """The next letter as a mail program reads it: the whole, its text and its page."""
    taken = take_letter(letter_now)
    assert taken is not None
    raw = message(taken, "Course <course@example.org>").message().as_bytes()
    read = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    text, page = read.iter_parts()
    return read, text.get_content(), page.get_content()


@pytest.mark.parametrize("moment", [NINE, AFTER])
def test_text_and_page_say_the_same(course: Course, linden: Group, moment: datetime) -> None:
    db.session.execute(update(Institute).values(contact="office@linden.example"))
    run(course, moment)

    read, text, page = parts_of(moment)

    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert read["Reply-To"] == "office@linden.example"
    for said in ("Dear Tia,", "“Linden Autumn”", "Friday, 12 March 2027", "sections to read", "tests to pass"):
        assert said in text, said
        assert said in page, said
    links = ["http://127.0.0.1:8000/course", "http://127.0.0.1:8000/account/groups"]
    assert [link in text for link in links] == [True, True]
    assert [f'href="{link}"' in page for link in links] == [True, True]


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_four_workers_write_every_reminder_once(
    request: pytest.FixtureRequest, tmp_path: Path, time: Clock, database: str
) -> None:
    url = f"sqlite:///{tmp_path / 'four.sqlite3'}"
    if database == "postgresql":
        url = request.getfixturevalue("postgres_url")
    settings = Settings(data=tmp_path, course=SAMPLE_COURSE, database=url, secret_key="k" * 40)
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        made = group("Linden", ("Ann", "Bo", "Tia"), now=JOINED, due_on=DUE)
        for number in range(11):
            add_trainee(made.cohort_id, f"Nell {number}", JOINED)
        db.session.commit()
        counts = at_once(app, 4)
        recipients = db.session.scalars(select(Letter.recipient)).all()
        db.session.remove()
        db.engine.dispose()

    assert sum(counts) == 12
    assert len(set(recipients)) == len(recipients) == 12


def at_once(app: Flask, workers: int) -> Sequence[int]:
    start, counts = Barrier(workers), []

    def work() -> None:
        with app.app_context():
            start.wait()
            counts.append(write_due(current_course(), NINE))
            db.session.commit()
            db.session.remove()

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == workers
    return counts
