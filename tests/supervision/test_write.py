"""Writing to trainees: one or several, each a letter of their own."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.accounts.models import Identity
from app.audit.models import AuditEntry
from app.content.records import Course
from app.extensions import db
from app.mail.models import Letter
from app.supervision import letters as written
from tests.conftest import Browser, Clock
from tests.groups import Group
from tests.supervision.seen import needs, words
from tests.supervision.test_cohort import fail, joined, page_of


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == "message").order_by(Letter.id)))


def send(browser: Browser, cohort: Group, people: list[UUID], **data: str) -> object:
    letter = {"subject": "Brewing", "body": "Dear all?\n\nNo: you.", **data}
    given: dict[str, object] = {"to": [str(one) for one in people], **letter}
    return browser.post(f"{page_of(cohort)}/write", given).status_code


def test_each_gets_a_letter_of_their_own_and_answers_go_to_the_writer(linden: Group, bo: Browser) -> None:
    zed = joined(linden, "Zed")

    assert send(bo, linden, [linden.trainee.person_id, zed]) == 303

    found = [(one.recipient, one.subject, one.reply_to, one.institute_id) for one in letters()]
    assert found == [
        ("ada@example.org", "Brewing", "bo@example.org", linden.institute.id),
        ("zed@example.org", "Brewing", "bo@example.org", linden.institute.id),
    ]
    first = letters()[0]
    assert first.body.startswith("Dear Ada,\n\nDear all?\n\nNo: you.\n\nBo\nLinden\n")
    assert [name for name in ("Zed", "zed@") if name in first.body + first.html] == []


def test_what_is_typed_is_text_in_the_page_of_a_letter(linden: Group, bo: Browser) -> None:
    send(bo, linden, [linden.trainee.person_id], body="<script>x</script> & {{ 7 * 7 }}")

    (letter,) = letters()
    assert "&lt;script&gt;x&lt;/script&gt; &amp; {{ 7 * 7 }}" in letter.html
    assert "<script>x</script> & {{ 7 * 7 }}" in letter.body


def test_that_it_went_is_said_and_noted(linden: Group, bo: Browser) -> None:
    send(bo, linden, [linden.trainee.person_id])

    assert "The letter to Ada is on its way." in words(bo.get(page_of(linden)).text)
    assert [(one.act, one.person_id, one.actor_id) for one in db.session.scalars(select(AuditEntry))] == [
        ("write", linden.trainee.person_id, linden.supervisor.person_id)
    ]


def test_a_letter_begins_with_what_it_is_about(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fail(course, linden.trainee.person_id, time, 3)

    page = bo.get(f"{page_of(linden)}/write?to={linden.trainee.person_id}").text

    assert 'value="Making Tea: Brewing"' in page
    assert "You have tried “Brewing” several times" in words(page)
    assert f'name="reason-{linden.trainee.person_id}" value="failed:brewing"' in page


def test_to_several_only_what_all_share_is_said(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fail(course, linden.trainee.person_id, time, 3)
    zed = joined(linden, "Zed")

    page = bo.get(f"{page_of(linden)}/write?to={linden.trainee.person_id}&to={zed}").text

    assert "Write to 2 trainees" in words(page)
    assert "How are you getting on with the course?" in words(page)
    assert "You have tried" not in page


def test_marked_as_contacted_on_request_alone(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    ada = linden.trainee.person_id
    fail(course, ada, time, 3)
    reason = {f"reason-{ada}": "failed:brewing"}

    send(bo, linden, [ada], **reason)
    assert [name for name, _ in needs(bo.get(page_of(linden)))] == ["Ada"]
    send(bo, linden, [ada], contacted="y", **reason)
    assert needs(bo.get(page_of(linden))) == []


@pytest.mark.parametrize(
    "fault",
    [{"subject": ""}, {"subject": " \n "}, {"subject": "x" * 151}, {"body": ""}, {"body": "  "}, {"body": "x" * 5001}],
)
def test_faults_are_shown_with_what_was_typed_and_nothing_goes(
    linden: Group, bo: Browser, fault: dict[str, str]
) -> None:
    given: dict[str, object] = {"to": str(linden.trainee.person_id), "subject": "Kept", "body": "Kept, too.", **fault}

    answer = bo.post(f"{page_of(linden)}/write", given)

    assert answer.status_code == 422
    assert [kept for kept in ("Kept", "Kept, too.") if kept in given.values() and kept not in answer.text] == []
    assert letters() == []


def test_a_subject_stays_on_one_line(linden: Group, bo: Browser) -> None:
    send(bo, linden, [linden.trainee.person_id], subject="One\r\nBcc: all@example.org")

    assert [one.subject for one in letters()] == ["One Bcc: all@example.org"]


def test_so_many_letters_a_day_and_no_more(
    linden: Group, bo: Browser, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "MOST", 2)
    zed, ada = joined(linden, "Zed"), linden.trainee.person_id

    assert [send(bo, linden, people) for people in ([ada], [ada, zed], [zed], [ada])] == [303, 422, 303, 422]
    time.pass_time(days=1, minutes=1)
    assert send(bo, linden, [ada, zed]) == 303
    assert len(letters()) == 4


def test_nobody_outside_the_cohort_is_written_to(linden: Group, cedar: Group, bo: Browser) -> None:
    people = [linden.trainee.person_id, cedar.trainee.person_id]

    assert send(bo, linden, people) == 404
    assert bo.get(f"{page_of(linden)}/write?to={people[1]}").status_code == 404
    assert bo.get(f"{page_of(linden)}/write?to=nobody").status_code == 404
    assert letters() == []


def test_whoever_has_no_address_any_more_cannot_be_written_to(linden: Group, bo: Browser) -> None:
    db.session.execute(delete(Identity).where(Identity.person_id == linden.trainee.person_id))
    db.session.commit()

    assert bo.get(f"{page_of(linden)}/write?to={linden.trainee.person_id}").status_code == 404


def test_without_anybody_ticked_it_says_so(linden: Group, bo: Browser) -> None:
    answer = bo.get(f"{page_of(linden)}/write")

    assert (answer.status_code, answer.location) == (303, f"{page_of(linden)}#needs")
    assert "Tick those to whom you want to write." in words(bo.get(page_of(linden)).text)


def test_nobody_else_writes(app: Flask, linden: Group, cedar: Group, bea: Browser, stranger: Browser) -> None:
    visitors = [Browser(app, cedar.supervisor), Browser(app, cedar.administrator), Browser(app, linden.trainee)]
    people = [linden.trainee.person_id]
    address = f"{page_of(linden)}/write?to={people[0]}"

    assert [send(one, linden, people) for one in (*visitors, bea, stranger)] == [404, 404, 403, 403, 302]
    assert [one.get(address).status_code for one in (*visitors, bea, stranger)] == [404, 404, 403, 403, 302]
    assert letters() == []
