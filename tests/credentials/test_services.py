"""Issuing: only when complete, once, as a snapshot."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts import services as accounts
from app.content.records import Course
from app.credentials import queries, services
from app.credentials.models import Certificate
from app.credentials.names import NAME_LENGTH, one_line, unprintable
from app.credentials.values import CertificateRecord, Said, content_hash
from app.enrolment.terms import own_terms
from app.errors import Conflict, NotFound
from app.extensions import db
from tests.conftest import START, Browser
from tests.taking import answer_all, finish, read_all, start

LATER = START + timedelta(days=3)


def issue(course: Course, browser: Browser, name: str = "Ada Łukasiewicz") -> CertificateRecord:
    found = services.issue(
        course,
        browser.person_id,
        name,
        own_terms(course),
        public_url="https://course.example.org",
        review="awaiting",
        now=LATER,
    )
    db.session.commit()
    return found


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Certificate)) or 0


def test_nothing_is_issued_before_the_end(course: Course, ada: Browser) -> None:
    read_all(course, ada.person_id, START)
    answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)
    answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START, wrongly=[1, 2])

    with pytest.raises(Conflict):
        issue(course, ada)

    assert count() == 0


def test_it_says_what_was_done(course: Course, ada: Browser) -> None:
    finish(course, ada.person_id, START)

    found = issue(course, ada)

    assert (found.person_id, found.institute_id, found.status) == (ada.person_id, None, "valid")
    assert (found.name, found.heading, found.title) == ("Ada Łukasiewicz", "Certificate of tea", "Making Tea")
    assert (found.edition, found.hours) == ("0.9", course.contact_hours.hours)
    assert (found.statement, found.review) == (course.certificate.statement, "awaiting")
    assert (found.completed_on, found.issued_at) == (START.date(), LATER)
    assert found.address == f"https://course.example.org/certificates/{found.id}"
    said = Said(**{name: getattr(found, name) for name in Said.__dataclass_fields__})
    assert found.hash == content_hash(said)
    assert queries.certificate(found.id) == found


def test_asked_twice_it_is_the_same(course: Course, ada: Browser) -> None:
    finish(course, ada.person_id, START)

    assert issue(course, ada) == issue(course, ada, "Another Name")
    assert count() == 1


def test_neither_a_new_name_nor_a_new_text_changes_it(course: Course, ada: Browser) -> None:
    finish(course, ada.person_id, START)
    before = issue(course, ada)

    accounts.change_name(ada.person_id, "Augusta", LATER)
    db.session.commit()
    edited = replace(course, title="Another title", certificate=replace(course.certificate, statement="Else."))

    assert issue(edited, ada) == before
    assert queries.certificate(before.id) == before


def test_another_edition_has_its_own(course: Course, ada: Browser) -> None:
    finish(course, ada.person_id, START)
    first = issue(course, ada)

    second = issue(replace(course, edition="1.0"), ada)

    assert (first.edition, second.edition, count()) == ("0.9", "1.0", 2)
    assert queries.valid_certificate(ada.person_id, "0.9") == first


def test_the_database_keeps_two_valid_ones_apart_too(course: Course, ada: Browser) -> None:
    finish(course, ada.person_id, START)
    row = db.session.get_one(Certificate, issue(course, ada).id)
    again = {name: getattr(row, name) for name in Certificate.__table__.columns.keys() if name != "id"}  # noqa: SIM118

    db.session.add(Certificate(**{**again, "status": "revoked"}))
    db.session.flush()
    db.session.add(Certificate(**again))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_somebody_elses_is_not_found(course: Course, ada: Browser, cy: Browser) -> None:
    finish(course, ada.person_id, START)
    found = issue(course, ada)

    assert queries.own_certificate(found.id, ada.person_id) == found
    with pytest.raises(NotFound):
        queries.own_certificate(found.id, cy.person_id)


@pytest.mark.parametrize(
    ("name", "missing"), [("王小明", ("王", "小", "明")), ("Ada 😀😀", ("😀",)), ("Ada ŁğşéÅ O’Neil-d’Août", ())]
)
def test_a_name_that_the_typeface_lacks_is_refused(
    course: Course, ada: Browser, name: str, missing: tuple[str, ...]
) -> None:
    finish(course, ada.person_id, START)
    assert unprintable(name) == missing

    if missing:
        with pytest.raises(services.NameUnprintable) as refused:
            issue(course, ada, name)
        assert (refused.value.characters, count()) == (missing, 0)
    else:
        assert issue(course, ada, name).name == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \t  Love\nlace ", "Ada Love lace"),
        ("Ada\u202eevil\u200b", "Adaevil"),
        ("Ame\u0301lie", "Amélie"),
        ("Ada\u00a0B", "Ada B"),
        ("\x00\x1b", ""),
        (None, ""),
    ],
)
def test_a_name_is_one_line_of_visible_letters(typed: str | None, kept: str) -> None:
    assert one_line(typed) == kept


def test_a_name_has_room_in_its_column() -> None:
    assert NAME_LENGTH <= 200
