"""An institute's settings: what is taken, what is refused and said, and what stands on the record."""

import pytest
from sqlalchemy import select

from app.errors import Refused
from app.extensions import db
from app.institutes import queries, services
from app.institutes.models import Institute
from app.institutes.records import InstituteSettings
from tests.conftest import Browser
from tests.groups import Group
from tests.institutes.acts import acts, last_act
from tests.institutes.test_outsiders import SETTINGS

FULL = {
    "name": " Linden Institute ",
    "contact": "office@linden.example",
    "time_zone": "Europe/Amsterdam",
    "privacy": "We keep it.\r\n\r\nAsk us.",
    "certificate_line": "Accredited by nobody.",
    "signatory": "Dr B. Linden, head of training",
    "pass_mark": "85",
    "retention_years": "10",
}


def linden_now() -> Institute:
    db.session.expire_all()
    return db.session.scalars(select(Institute).where(Institute.slug == "linden")).one()


def test_settings_are_kept_as_they_were_typed_but_for_blanks_around(linden: Group, bea: Browser, ben: Browser) -> None:
    answer = bea.post("/institutes/linden/settings", {**FULL, "dispute_owner": str(ben.person_id)})

    assert (answer.status_code, answer.location) == (303, "/institutes/linden/settings")
    row = linden_now()
    kept = {name: getattr(row, name) for name in (*FULL, "dispute_owner_id", "slug", "version")}
    assert kept == {
        **FULL,
        "name": "Linden Institute",
        "privacy": "We keep it.\n\nAsk us.",
        "pass_mark": 85,
        "retention_years": 10,
        "dispute_owner_id": ben.person_id,
        "slug": "linden",
        "version": 1,
    }
    page = bea.get("/institutes/linden/settings").text
    assert 'value="Dr B. Linden, head of training"' in page
    assert f'<option selected value="{ben.person_id}">Ben</option>' in page
    assert '<option selected value="Europe/Amsterdam">Europe/Amsterdam</option>' in page


def test_a_change_stands_on_the_record_by_what_was_changed_and_by_no_name(linden: Group, bea: Browser) -> None:
    bea.post("/institutes/linden/settings", {**SETTINGS, "name": "Linden", "pass_mark": "90", "contact": "a@b.example"})

    entry = last_act()
    assert (entry.act, entry.subject, entry.details) == (
        "settings",
        "institute linden",
        {"what": "contact, pass_mark"},
    )
    assert (entry.institute_id, entry.actor_id) == (linden.institute.id, bea.person_id)


def test_saving_what_is_there_already_is_no_act(linden: Group, bea: Browser) -> None:
    assert bea.post("/institutes/linden/settings", {**SETTINGS, "name": "Linden"}).status_code == 303

    assert acts() == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "  ", "Give the institute’s name."),
        ("name", "x" * 201, "Use at most 200 characters."),
        ("name", "Lin\x00den", "This contains characters that cannot be printed."),
        ("contact", "office", "This is not an e-mail address"),
        ("time_zone", "Europe/Nowhere", "Choose a time zone from the list."),
        ("time_zone", "../../etc/passwd", "Choose a time zone from the list."),
        ("time_zone", "posixrules", "Choose a time zone from the list."),
        ("privacy", "x" * 10_001, "Use at most 10000 characters."),
        ("certificate_line", "x" * 301, "Use at most 300 characters."),
        ("signatory", "a\nb", "This contains characters that cannot be printed."),
        ("pass_mark", "0", "Give a whole number from 1 to 100."),
        ("pass_mark", "101", "Give a whole number from 1 to 100."),
        ("pass_mark", "80.5", "Give a whole number from 1 to 100."),
        ("pass_mark", "٨٠", "Give a whole number from 1 to 100."),
        ("retention_years", "", "Give a whole number from 1 to 30."),
        ("retention_years", "31", "Give a whole number from 1 to 30."),
        ("retention_years", "9" * 40, "Give a whole number from 1 to 30."),
        ("dispute_owner", "somebody", "Choose one of the staff, or nobody."),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_lost_or_kept(
    linden: Group, bea: Browser, field: str, typed: str, said: str
) -> None:
    answer = bea.post("/institutes/linden/settings", {**SETTINGS, "signatory": "Dr Lin", field: typed})

    assert (answer.status_code, said in answer.text, f'id="{field}-error"' in answer.text) == (422, True, True)
    assert field == "signatory" or "Dr Lin" in answer.text
    assert (linden_now().name, linden_now().signatory, acts()) == ("Linden", "", [])


def test_only_staff_may_answer_disputes(linden: Group, cedar: Group, bea: Browser) -> None:
    for outsider in (cedar.administrator, linden.trainee):
        answer = bea.post("/institutes/linden/settings", {**SETTINGS, "dispute_owner": str(outsider.person_id)})
        assert (answer.status_code, linden_now().dispute_owner_id) == (422, None)
        with pytest.raises(Refused):
            services.change_settings(
                linden.institute.id,
                InstituteSettings(
                    name="x",
                    contact="",
                    time_zone="UTC",
                    privacy="",
                    certificate_line="",
                    signatory="",
                    pass_mark=None,
                    retention_years=7,
                    dispute_owner_id=outsider.person_id,
                ),
            )
        db.session.rollback()


def test_text_of_an_institute_is_shown_as_text(linden: Group, bea: Browser) -> None:
    bea.post("/institutes/linden/settings", {**SETTINGS, "name": "<script>alert(1)</script>"})

    for page in ("", "/settings", "/look", "/staff"):
        assert "<script>alert" not in bea.get(f"/institutes/linden{page}").text


def test_a_new_name_moves_no_address(linden: Group, bea: Browser) -> None:
    bea.post("/institutes/linden/settings", {**SETTINGS, "name": "Maple"})

    assert bea.get("/institutes/linden").status_code == 200
    assert queries.institute(linden.institute.id).name == "Maple"
