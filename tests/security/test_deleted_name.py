"""A name that is deleted cannot be guessed by what is left of its certificate."""

from sqlalchemy import update

from app.content.records import Course
from app.credentials import queries
from app.credentials.models import Certificate
from app.extensions import db
from tests.conftest import START, Browser
from tests.taking import finish


def test_the_hash_over_the_name_goes_with_the_name(course: Course, ada: Browser, stranger: Browser) -> None:
    finish(course, ada.person_id, START)
    ada.post("/certificate", {"name": "Ada Lindqvist"})
    found = queries.valid_certificate(ada.person_id, course.edition)
    assert found is not None
    before = stranger.get(f"/certificates/{found.id}.json").get_json()

    db.session.execute(update(Certificate).values(name=None))
    after = stranger.get(f"/certificates/{found.id}.json").get_json()

    assert (before["name"], before["sha256"]) == ("Ada Lindqvist", found.hash)
    assert (after["name"], after["sha256"]) == (None, None)
    assert found.hash not in stranger.get(f"/certificates/{found.id}").text
