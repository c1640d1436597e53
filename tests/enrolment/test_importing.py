"""Inviting a whole list."""

import io
import re
from datetime import timedelta

import pytest
from flask import Flask

from app.enrolment import previews
from app.enrolment.rosters import Guest
from app.errors import Conflict
from tests.conftest import START, Browser, Clock
from tests.enrolment.conftest import As, acts, letters
from tests.groups import Group, member

FAULTY = """name,email
Eve Sund,eve@example.org
Nobody
Ada,ada@example.org
Bea,bea@example.org
Finn,finn@
Eve again,EVE@example.org

Gus <b>Holm</b>,gus@example.org
"""
SIGNED = re.compile(r'name="people" value="([^"]*)"')


@pytest.fixture
def path(linden: Group) -> str:
    return f"/cohorts/{linden.cohort_id}/people/import"


def signed_in(page: str) -> str:
    found = SIGNED.search(page)
    assert found is not None
    return found[1]


def test_the_preview_shows_every_bad_line_and_imports_nothing(path: str, bo: Browser) -> None:
    answer = bo.post(path, {"pasted": FAULTY})

    assert answer.status_code == 200
    rows = re.findall(r'<tr><th scope="row">(\d+)</th><td class="as-typed">(.*?)</td><td>(.*?)</td>', answer.text)
    assert rows == [
        ("3", "Nobody", "no e-mail address"),
        ("4", "Ada ada@example.org", "is in this group already"),
        ("5", "Bea bea@example.org", "is one of the institute’s staff, whose answers never count"),
        ("6", "Finn,finn@", "not an e-mail address that letters can be sent to"),
        ("7", "Eve again,EVE@example.org", "the same address as in line 2"),
    ]
    assert "2 people can be invited" in answer.text and "5 lines will not do" in answer.text
    assert "Line 1 was read as headings." in answer.text
    assert "Gus &lt;b&gt;Holm&lt;/b&gt;" in answer.text
    assert "Eve again,EVE@example.org" in answer.text[answer.text.index("<textarea") :]
    assert (letters(), acts()) == ([], [])


def test_what_is_confirmed_is_imported_and_a_second_time_harmless(
    linden: Group, path: str, bo: Browser, time: Clock
) -> None:
    signed = signed_in(bo.post(path, {"pasted": FAULTY}).text)

    first = bo.post(path, {"people": signed})
    again = bo.post(path, {"people": signed})
    told = bo.get(f"/cohorts/{linden.cohort_id}/people").text

    assert (first.status_code, again.status_code) == (303, 303)
    assert [(one.recipient, one.institute_id) for one in letters()] == [
        ("eve@example.org", linden.institute.id),
        ("gus@example.org", linden.institute.id),
    ]
    assert "2 letters are on their way." in told
    assert "Nobody had to be invited. 2 were passed over" in told
    preview = bo.post(path, {"pasted": FAULTY}).text
    assert "0 people can be invited" in preview and "has an invitation that is still open" in preview
    assert 'name="people"' not in preview


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_every_usual_encoding(path: str, bo: Browser, encoding: str) -> None:
    raw = "Zoë Sund;zoe@example.org\r\nGus;gus@example.org\r\n".encode(encoding)

    answer = bo.post(path, {"file": (io.BytesIO(raw), "people.csv")}, content_type="multipart/form-data")

    assert "2 people can be invited" in answer.text
    assert "Zoë Sund" in answer.text


def test_a_large_list_is_taken_and_one_too_large_is_told(linden: Group, path: str, bo: Browser) -> None:
    lines = [f"Somebody with quite a long name {number},somebody.{number}@example.org" for number in range(2000)]
    assert len("\n".join(lines)) > 100_000

    fine = bo.post(path, {"pasted": "\n".join(lines)})
    many = bo.post(path, {"pasted": "\n".join([*lines, "x@example.org"])})
    huge = bo.post(path, {"pasted": "x" * 1_100_000})
    elsewhere = bo.post(f"/cohorts/{linden.cohort_id}/people/invite", {"name": "x" * 300_000})

    assert (fine.status_code, many.status_code, huge.status_code, elsewhere.status_code) == (200, 422, 413, 413)
    assert "2000 people can be invited" in fine.text
    assert "These are 2001 people, more than 2000." in many.text
    assert "x@example.org" in many.text


def test_an_empty_list_is_told(path: str, bo: Browser) -> None:
    answers = [bo.post(path), bo.post(path, {"pasted": " \n"})]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Choose a file, or paste the list." in answers[0].text


def test_a_preview_holds_for_its_maker_its_cohort_and_two_hours(
    app: Flask, linden: Group, cedar: Group, path: str, bo: Browser, browser: As, time: Clock
) -> None:
    signed = signed_in(bo.post(path, {"pasted": "eve@example.org"}).text)
    cleo = browser(cedar.administrator)

    forged = bo.post(path, {"people": signed[:-2] + "AA"})
    others = cleo.post(f"/cohorts/{cedar.cohort_id}/people/import", {"people": signed})
    time.pass_time(hours=2, seconds=1)
    late = bo.post(path, {"people": signed})

    assert [one.status_code for one in (forged, others, late)] == [303, 303, 303]
    assert "Nobody has been invited: send the list once more." in bo.get(path).text
    assert letters() == []


def test_what_was_signed_comes_back(app: Flask, linden: Group) -> None:
    somebody = member("Wilma", START)
    guests = (Guest(1, "Zoë", "Zoe@example.org", "zoe@example.org"), Guest(2, "", "b@example.org", "b@example.org"))
    with app.test_request_context():
        signed = previews.sign(guests, 7, somebody.person_id, START)

        assert previews.read(signed, 7, somebody.person_id, START + timedelta(hours=2)) == guests
        with pytest.raises(Conflict):
            previews.read(signed, 8, somebody.person_id, START)
        with pytest.raises(Conflict):
            previews.read(signed, 7, linden.trainee.person_id, START)
        with pytest.raises(Conflict):
            previews.read(signed, 7, somebody.person_id, START - timedelta(seconds=1))
