"""Those who run the site found institutes and ask their first administrators; of anybody in them they see nothing."""

from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from app.enrolment import services as enrolment
from app.extensions import db
from app.institutes import invitations, queries, services
from app.institutes.models import Invitation
from app.mail.models import Letter
from config import Settings
from tests.conftest import START, Browser, Clock
from tests.groups import Group, group
from tests.institutes.acts import acts, last_act
from tests.statements import statements

NEW: dict[str, object] = {"name": "Haus Möwe", "time_zone": "Europe/Berlin", "email": "eve@example.org"}


def rows(page: str) -> list[list[str]]:
    """Each institute's cells, without their markup."""
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [cell.split(">", 1)[1].split("<")[0].strip() for cell in row.split('class="number"')[1:]]
        for row in body.split("</tr>")[:-1]
    ]


@pytest.fixture
def mailing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings: Settings = app.config["SETTINGS"]
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, mail_server="mail.example.org"))


def test_only_those_who_run_the_site_see_the_list(linden: Group, bea: Browser, ada: Browser, host: Browser) -> None:
    assert [browser.get("/institutes").status_code for browser in (bea, ada, host)] == [403, 403, 200]
    assert [browser.post("/institutes", NEW).status_code for browser in (bea, ada)] == [403, 403]
    assert [one.slug for one in queries.all_institutes()] == ["linden"]


def test_the_list_counts_staff_cohorts_and_each_trainee_once_and_names_nobody(
    linden: Group, cedar: Group, host: Browser
) -> None:
    second = enrolment.create_cohort(linden.institute.id, "Spring", now=START)
    enrolment.join(second, linden.trainee.person_id, now=START)
    enrolment.join(second, cedar.trainee.person_id, now=START)
    enrolment.leave(cedar.membership_id, cedar.trainee.person_id, now=START)
    db.session.commit()

    page = host.get("/institutes").text

    assert rows(page) == [["2", "1", "0"], ["2", "2", "2"]]
    people = [one for two in (linden, cedar) for one in (two.administrator, two.supervisor, two.trainee)]
    assert [word for one in people for word in (f">{one.name}<", one.email) if word in page] == []


def test_founding_makes_an_address_of_the_name_and_asks_the_first_administrator(
    app: Flask, host: Browser, mailing: None
) -> None:
    answer = host.post("/institutes", NEW)

    assert (answer.status_code, answer.location) == (303, "/institutes")
    (institute,) = queries.all_institutes()
    assert (institute.slug, institute.name, institute.time_zone) == ("haus-mowe", "Haus Möwe", "Europe/Berlin")
    assert (institute.retention_years, queries.staff(institute.id)) == (7, ())
    letter, row = db.session.scalars(select(Letter)).one(), db.session.scalars(select(Invitation)).one()
    assert (letter.recipient, row.role, row.institute_id) == ("eve@example.org", "administrator", institute.id)
    assert "eve@example.org is asked to be administrator" in host.get("/institutes").text
    assert [(act, subject) for act, subject, _ in acts()] == [("found", "institute haus-mowe")]


def test_whoever_has_an_account_is_asked_too_and_not_seated(linden: Group, host: Browser, mailing: None) -> None:
    host.post("/institutes", {**NEW, "email": linden.trainee.email})

    founded = next(one for one in queries.all_institutes() if one.slug == "haus-mowe")
    assert (queries.staff(founded.id), db.session.scalars(select(Letter.recipient)).all()) == ((), ["ada@example.org"])


def test_two_of_one_name_get_two_addresses(host: Browser, mailing: None) -> None:
    for _ in range(3):
        assert host.post("/institutes", NEW).status_code == 303

    assert [one.slug for one in queries.all_institutes()] == ["haus-mowe", "haus-mowe-2", "haus-mowe-3"]


def test_while_no_letter_can_be_sent_the_link_is_shown_once(host: Browser) -> None:
    answer = host.post("/institutes", NEW)

    token = answer.text.split("/invitations/")[1].split("<")[0]
    assert (answer.status_code, invitations.find(token, START) is not None) == (200, True)
    assert token not in host.get("/institutes").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", " ", "Give the institute’s name."),
        ("time_zone", "Mars/Olympus", "Choose a time zone from the list."),
        ("email", "eve", "This is not an e-mail address"),
    ],
)
def test_a_faulty_founding_is_shown_again(host: Browser, field: str, typed: str, said: str) -> None:
    answer = host.post("/institutes", {**NEW, field: typed})

    assert (answer.status_code, said in unescape(answer.text)) == (422, True)
    assert field == "name" or 'value="Haus Möwe"' in answer.text
    assert (queries.all_institutes(), acts()) == ((), [])


def test_an_institute_without_administrator_is_asked_for_again(host: Browser, time: Clock, mailing: None) -> None:
    host.post("/institutes", NEW)
    (institute,) = queries.all_institutes()
    db.session.scalars(select(Invitation)).one().expires_at = time.pass_time(days=1)
    time.pass_time(days=1)
    assert "has no administrator, and nobody is asked" in host.get("/institutes").text

    answer = host.post(f"/institutes/{institute.id}/administrator", {"email": "fay@example.org"})

    assert answer.status_code == 303
    assert "fay@example.org is asked to be administrator" in host.get("/institutes").text
    assert (last_act().act, last_act().institute_id) == ("invite_staff", institute.id)


def test_nobody_is_let_into_an_institute_behind_its_administrators_back(linden: Group, host: Browser) -> None:
    answer = host.post(f"/institutes/{linden.institute.id}/administrator", {"email": "hana@example.org"})

    assert (answer.status_code, db.session.scalars(select(Invitation)).all(), acts()) == (303, [], [])
    assert "has an administrator by now" in unescape(host.get("/institutes").text)


def test_a_faulty_address_is_said_at_its_institute(host: Browser) -> None:
    host.post("/institutes", NEW)
    (institute,) = queries.all_institutes()

    answer = host.post(f"/institutes/{institute.id}/administrator", {"email": "fay"})

    assert (answer.status_code, f'id="email-{institute.id}-error"' in answer.text) == (422, True)
    assert host.post("/institutes/99/administrator", {"email": "fay@example.org"}).status_code == 404


def test_the_way_there_is_on_the_account_page_and_in_the_menu(linden: Group, host: Browser, bea: Browser) -> None:
    assert host.get("/account").text.count('href="/institutes"') == 2
    assert 'href="/institutes"' not in bea.get("/account").text


def test_the_list_is_paged_and_costs_the_same_however_long_it_is(host: Browser) -> None:
    def cost() -> int:
        with statements(db.engine) as said:
            assert host.get("/institutes").status_code == 200
        return len(said)

    group("Linden", ("Bea", "Ben", "Ada"), now=START)
    few = cost()
    for number in range(60):
        services.create_institute(f"Institute {number:02}", now=START)
    db.session.commit()

    assert (few, cost()) == (4, 4)
    first, second, beyond = (host.get(f"/institutes?page={page}").text for page in (1, 2, 99))
    assert ("1 to 50 of 61" in first, "51 to 61 of 61" in second, "51 to 61 of 61" in beyond) == (True, True, True)
    assert ("Institute 00" in first, "Linden" in first, "Linden" in second) == (True, False, True)
    assert host.get("/institutes?page=-1").text.count("1 to 50 of 61") == 1
