"""The letter that a certificate is there."""

from flask import Flask
from sqlalchemy import select

from app.content.records import Course
from app.credentials import services
from app.credentials.letters import send_certificate
from app.enrolment.terms import terms_for
from app.extensions import db
from app.mail.models import Letter
from tests.conftest import START, Browser, Clock
from tests.groups import Group, group
from tests.taking import finish


def linden() -> Group:
    return group("Linden", ("Ann", "Bo", "Tia"), now=START)


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter)))


def test_a_member_gets_a_letter_about_the_courses_own_certificate_once(app: Flask, course: Course, time: Clock) -> None:
    tia = Browser(app, linden().trainee)
    finish(course, tia.person_id, START)

    for _ in range(2):
        tia.post("/certificate", {"name": "Tia"})
        time.pass_time(minutes=1)

    (letter,) = letters()
    assert (letter.recipient, letter.kind, letter.institute_id) == ("tia@example.org", "account", None)
    assert letter.subject == f"Your certificate: {course.title}"
    assert "http://127.0.0.1:8000/certificate\n" in letter.body


def test_a_certificate_by_an_institutes_terms_is_told_by_the_institute(app: Flask, course: Course) -> None:
    made = linden()
    me = made.trainee
    finish(course, me.person_id, START)
    terms = next(one for one in terms_for(course, me.person_id, START) if one.institute_id == made.institute.id)
    issued = services.issue(course, me.person_id, "Tia <b>", terms, public_url=None, review="none", now=START)

    send_certificate(me.email, issued, START)

    (letter,) = letters()
    assert (letter.kind, letter.institute_id) == ("certificate", made.institute.id)
    assert "Dear Tia &lt;b&gt;," in letter.html
    assert "Dear Tia <b>," in letter.body == letter.copy


def test_whoever_is_in_no_group_gets_no_letter(app: Flask, course: Course, ada: Browser) -> None:
    finish(course, ada.person_id, START)

    ada.post("/certificate", {"name": "Ada"})

    assert letters() == []
