"""The pages of an institute's letters."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.audit.models import AuditEntry
from app.enrolment import inviting
from app.enrolment.queries import cohort_seat
from app.enrolment.rosters import Guest
from app.extensions import db, limiter
from app.institutes.models import Institute, Invitation
from app.mail.models import Letter
from app.mail.services import note_delayed, note_sent, queue_letter, take_letter
from tests.conftest import START, Browser, Clock
from tests.groups import Group, group
from tests.statements import statements

LETTERS = "/institutes/linden/letters"


@pytest.fixture
def linden(app: Flask) -> Group:
    return group("Linden", ("Ann", "Bo", "Tia"), now=START)


@pytest.fixture
def cedar(app: Flask) -> Group:
    return group("Cedar", ("Cyd", "Dan", "Uma"), now=START)


@pytest.fixture
def ann(app: Flask, linden: Group) -> Browser:
    return Browser(app, linden.administrator)


def queue(one: Group, now: datetime = START, **values: Any) -> int:
    """A letter of an institute to its trainee, committed; its id."""
    trainee = one.trainee
    given: dict[str, Any] = {
        "recipient": trainee.email,
        "subject": f"To {trainee.name}",
        "body": f"Dear {trainee.name}",
        "copy": f"Dear {trainee.name}",
        "kind": "message",
        "institute_id": one.institute.id,
    }
    queue_letter(**{**given, **values}, now=now)
    db.session.commit()
    return newest().id


def newest() -> Letter:
    db.session.expire_all()
    return db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(1)).one()


def send_all(now: datetime = START) -> None:
    while (taken := take_letter(now)) is not None:
        note_sent(taken, now)
    db.session.commit()


def invite(one: Group, email: str, now: datetime = START) -> None:
    seat = cohort_seat(one.administrator.person_id, one.cohort_id)
    inviting.invite(seat, [Guest(1, "", email, email)], invited_by=one.administrator.person_id, now=now)
    db.session.commit()


def acts() -> list[tuple[str, str]]:
    return [(row.act, row.subject) for row in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_the_list_tells_what_became_of_each_letter(ann: Browser, linden: Group) -> None:
    queue(linden, recipient="sent@example.org")
    queue(linden, recipient="failed@example.org", expires_at=START)
    queue(linden, recipient="waits@example.org")
    taken = take_letter(START)
    assert taken is not None
    note_sent(taken, START)
    queued = db.session.scalars(select(Letter).where(Letter.recipient == "failed@example.org")).one()
    queued.failed_at, queued.error, queued.body = START, "The mail server answered 550: no such mailbox", ""
    taken = take_letter(START)
    assert taken is not None
    note_delayed(taken, "The mail server answered 451: later", START)
    db.session.commit()

    page = ann.get(LETTERS).text

    assert "Sent 1 Mar 2027, 22:00" in page
    assert "Given up 1 Mar 2027, 22:00" in page
    assert "The last word was: “The mail server answered 550: no such mailbox”" in page
    assert "Waiting, next try 1 Mar 2027, 22:01" in page
    assert "The last word was: “The mail server answered 451: later”" in page
    assert "Letters wait since 1 Mar 2027, 22:00." in page
    assert page.index("waits@") < page.index("failed@") < page.index("sent@")


def test_the_list_is_narrowed_and_paged(ann: Browser, linden: Group) -> None:
    for number in range(51):
        queue(linden, recipient=f"t{number}@example.org")
    queue(linden, kind="overdue", recipient="late@example.org")

    first, second = ann.get(LETTERS).text, ann.get(f"{LETTERS}?page=2").text

    assert first.count('class="posted-to"') == 50
    assert second.count('class="posted-to"') == 2
    assert ann.get(f"{LETTERS}?kind=overdue").text.count('class="posted-to"') == 1
    assert ann.get(f"{LETTERS}?to=T50@").text.count('class="posted-to"') == 1
    assert ann.get(f"{LETTERS}?state=sent").text.count('class="posted-to"') == 0


@pytest.mark.parametrize("query", ["?page=x", "?page=-3", f"?page={'9' * 30}", "?kind=%00&to=%00%25", "?state=no"])
def test_the_list_takes_any_question(ann: Browser, linden: Group, query: str) -> None:
    queue(linden)

    assert ann.get(f"{LETTERS}{query}").status_code == 200


def test_list_and_letter_cost_the_same_for_one_and_for_thirty(ann: Browser, linden: Group) -> None:
    def cost(path: str) -> int:
        with statements(db.engine) as said:
            assert ann.get(path).status_code == 200
        return len(said)

    one = queue(linden)
    few = cost(LETTERS), cost(f"{LETTERS}/{one}")
    for _ in range(30):
        queue(linden)

    assert few == (cost(LETTERS), cost(f"{LETTERS}/{one}")) == (5, 3)


def test_a_letter_is_read_without_its_secret(ann: Browser, linden: Group) -> None:
    invite(linden, "new@example.org")
    token_line = next(line for line in newest().body.splitlines() if "/invitations/" in line)

    page = ann.get(f"{LETTERS}/{newest().id}").text

    assert token_line.rpartition("/")[2] not in page
    assert "[link]" in page
    assert "new@example.org" in page


def test_sending_again_writes_the_same_letter(ann: Browser, linden: Group) -> None:
    letter_id = queue(linden, reply_to="bo@example.org")
    send_all()

    answer = ann.post(f"{LETTERS}/{letter_id}/again")

    assert (answer.status_code, answer.location) == (303, LETTERS)
    again = newest()
    assert (again.id != letter_id, again.body, again.reply_to) == (True, "Dear Tia", "bo@example.org")
    assert (again.kind, again.sent_at, again.institute_id) == ("message", None, linden.institute.id)
    assert acts() == [("send-again", f"letter {letter_id}")]


def test_sending_an_invitation_again_gives_it_a_fresh_link(ann: Browser, linden: Group, time: Clock) -> None:
    invite(linden, "other@example.org")
    invite(linden, "new@example.org")
    first = newest()
    letter_id, before = first.id, db.session.scalars(select(Invitation.token_hash).order_by(Invitation.id)).all()
    send_all()
    time.pass_time(hours=1)

    ann.post(f"{LETTERS}/{letter_id}/again")

    again = newest()
    assert (again.recipient, again.kind, again.queued_at) == ("new@example.org", "invitation", time())
    after = db.session.scalars(select(Invitation.token_hash).order_by(Invitation.id)).all()
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False]


def test_an_invitation_that_was_withdrawn_is_not_sent_again(ann: Browser, linden: Group, time: Clock) -> None:
    invite(linden, "new@example.org")
    letter_id = newest().id
    send_all()
    db.session.scalars(select(Invitation)).one().withdrawn_at = START
    db.session.commit()
    time.pass_time(hours=1)

    answer = ann.post(f"{LETTERS}/{letter_id}/again", follow_redirects=True)

    assert "There is no open invitation to this address any more" in answer.text
    assert (newest().id, acts()) == (letter_id, [])


def test_a_letter_with_a_link_that_is_kept_nowhere_is_not_sent_again(ann: Browser, linden: Group) -> None:
    letter_id = queue(linden, copy="Here: [link]")
    send_all()

    answer = ann.post(f"{LETTERS}/{letter_id}/again", follow_redirects=True)

    assert "This letter held a secret link, which is kept nowhere." in answer.text
    assert newest().id == letter_id


def test_a_letter_that_waits_is_not_sent_again_but_called_back(ann: Browser, linden: Group) -> None:
    letter_id = queue(linden)

    assert "This letter waits still." in ann.post(f"{LETTERS}/{letter_id}/again", follow_redirects=True).text
    answer = ann.post(f"{LETTERS}/{letter_id}/cancel", follow_redirects=True)

    assert "Called back 1 Mar 2027, 22:00" in answer.text
    assert (take_letter(START), acts()) == (None, [("call-back", f"letter {letter_id}")])
    late = ann.post(f"{LETTERS}/{letter_id}/cancel", follow_redirects=True)
    assert "It is too late to call this letter back" in late.text


def test_a_test_letter_goes_to_whoever_asks_and_says_where_it_went(ann: Browser, linden: Group) -> None:
    answer = ann.post(f"{LETTERS}/test", follow_redirects=True)

    assert "The test letter to ann@example.org becomes a file: this site sends no mail yet." in answer.text
    letter = newest()
    assert (letter.recipient, letter.kind, letter.institute_id) == ("ann@example.org", "test", linden.institute.id)
    assert acts() == [("test-letter", "letter to oneself")]


def test_test_letters_are_rate_limited(app: Flask, ann: Browser, linden: Group) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    limiter.enabled = True
    try:
        codes = [ann.post(f"{LETTERS}/test").status_code for _ in range(31)]
    finally:
        app.config["RATELIMIT_ENABLED"] = limiter.enabled = False
        limiter.reset()

    assert codes == [303] * 30 + [429]


def test_nobody_else_reads_or_sends_an_institutes_letters(app: Flask, linden: Group, cedar: Group) -> None:
    letter_id, cedars = queue(linden), queue(cedar)
    send_all()
    before = newest().id
    paths = [("GET", ""), ("GET", f"/{letter_id}"), ("POST", f"/{letter_id}/again"), ("POST", f"/{letter_id}/cancel")]
    paths.append(("POST", "/test"))
    for member, code in (
        (cedar.administrator, 404),
        (cedar.supervisor, 404),
        (linden.supervisor, 404),
        (linden.trainee, 403),
        (cedar.trainee, 403),
    ):
        browser = Browser(app, member)
        for method, path in paths:
            ask = browser.get if method == "GET" else browser.post
            assert ask(f"{LETTERS}{path}").status_code == code, (member.name, method, path)
    ann = Browser(app, linden.administrator)
    assert [ann.get(f"{LETTERS}/{cedars}").status_code, ann.post(f"{LETTERS}/{cedars}/again").status_code] == [404, 404]
    assert newest().id == before


def test_no_page_names_the_other_institute(app: Flask, ann: Browser, linden: Group, cedar: Group) -> None:
    letter_id = queue(linden)
    queue(cedar)
    queue_letter(recipient="tia@example.org", subject="Choose a new password", body="secret", now=START)
    ann.post(f"{LETTERS}/test")

    for path in (LETTERS, f"{LETTERS}/{letter_id}", f"{LETTERS}?to=example"):
        page = ann.get(path).text
        for name in ("Cedar", "Uma", "uma@", "Cyd", "Choose a new password"):
            assert name not in page, (path, name)


def test_times_are_by_the_institutes_clock(app: Flask, ann: Browser, linden: Group) -> None:
    queue(linden, now=datetime(2027, 3, 14, 9, 30, tzinfo=UTC))
    queue(linden, now=datetime(2027, 3, 14, 9, 30, tzinfo=UTC) + timedelta(hours=1))
    db.session.execute(update(Institute).values(time_zone="America/Los_Angeles"))
    db.session.commit()

    page = ann.get(LETTERS).text

    assert ("14 Mar 2027, 01:30" in page, "14 Mar 2027, 03:30" in page) == (True, True)
