"""An institute's staff: invited, seated when they accept, given another role, removed."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.enrolment import services as enrolment
from app.enrolment import staffing
from app.errors import Conflict, NotFound
from app.extensions import db, limiter
from app.institutes import invitations, queries, services
from app.institutes.models import Institute, Invitation
from app.institutes.records import Role
from app.mail.models import Letter
from config import Settings
from tests.conftest import START, Browser, Clock, Member
from tests.groups import Group, seated
from tests.institutes.acts import acts, last_act
from tests.statements import statements

STAFF = "/institutes/linden/staff"


def roles(group: Group) -> dict[UUID, Role]:
    db.session.expire_all()
    return {one.person_id: one.role for one in queries.staff(group.institute.id)}


def letters() -> list[Letter]:
    db.session.expire_all()
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


@pytest.fixture
def mailing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that can send letters."""
    settings: Settings = app.config["SETTINGS"]
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, mail_server="mail.example.org"))


def test_the_list_says_who_is_there_since_when_and_what_they_supervise(linden: Group, bea: Browser) -> None:
    page = bea.get(STAFF).text

    rows = page.split('<ul class="roster">')[1].split("</ul>")[0].split("<li>")[1:]
    words = ("Bea", "Ben", "<p>Administrator<", "<p>Supervisor<", "since 1 Mar 2027", "Supervises Linden Autumn")
    assert [[word for word in words if word in row] for row in rows] == [
        ["Bea", "<p>Administrator<", "since 1 Mar 2027"],
        ["Ben", "<p>Supervisor<", "since 1 Mar 2027", "Supervises Linden Autumn"],
    ]


def test_an_invitation_goes_out_by_letter_and_seats_nobody(
    app: Flask, linden: Group, ada: Browser, bea: Browser, mailing: None
) -> None:
    before = roles(linden)

    answer = bea.post(STAFF, {"email": "ada@example.org", "role": "administrator"})

    assert (answer.status_code, answer.location) == (303, STAFF)
    (letter,) = letters()
    row = db.session.scalars(select(Invitation)).one()
    assert (letter.recipient, letter.institute_id, letter.expires_at) == (
        "ada@example.org",
        linden.institute.id,
        row.expires_at,
    )
    link = f"{app.config['SETTINGS'].base_url}/invitations/"
    assert (letter.body.count(link), letter.html.count(link) > 0, link in letter.copy) == (1, True, False)
    assert (row.role, row.cohort_id, row.invited_by) == ("administrator", None, bea.person_id)
    assert roles(linden) == before
    assert ada.get("/institutes/linden").status_code == 403
    assert (last_act().act, last_act().details, last_act().institute_id) == (
        "invite_staff",
        {"role": "administrator"},
        linden.institute.id,
    )


def test_while_no_letter_can_be_sent_the_link_is_shown_once(linden: Group, bea: Browser) -> None:
    answer = bea.post(STAFF, {"email": "eve@example.org", "role": "supervisor"})

    token = answer.text.split("/invitations/")[1].split("<")[0]
    found = invitations.find(token, START)
    assert (answer.status_code, found is not None and found.email) == (200, "eve@example.org")
    assert token not in bea.get(STAFF).text


def test_inviting_again_leaves_one_invitation(linden: Group, bea: Browser, time: Clock, mailing: None) -> None:
    bea.post(STAFF, {"email": "eve@example.org", "role": "supervisor"})
    time.pass_time(days=3)
    bea.post(STAFF, {"email": "Eve@example.org", "role": "administrator"})

    (row,) = db.session.scalars(select(Invitation))
    assert (row.role, row.invited_at, len(letters())) == ("administrator", time(), 2)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "eve", "role": "supervisor"}, "This is not an e-mail address"),
        ({"email": "", "role": "supervisor"}, "Give an e-mail address."),
        ({"email": "eve@example.org", "role": "owner"}, "choice"),
        ({"email": "eve@example.org\nBcc: all@example.org", "role": "supervisor"}, "This is not an e-mail address"),
    ],
)
def test_a_faulty_invitation_is_shown_again(linden: Group, bea: Browser, typed: dict[str, object], said: str) -> None:
    answer = bea.post(STAFF, typed)

    assert (answer.status_code, said in answer.text, letters(), acts()) == (422, True, [], [])


def test_an_invitation_is_sent_again_or_withdrawn(linden: Group, bea: Browser, time: Clock, mailing: None) -> None:
    made = invitations.invite(
        linden.institute.id, role="supervisor", email="eve@x.org", invited_by=None, now=START, lasts=timedelta(days=2)
    )
    time.pass_time(days=3)
    assert "has run out" in bea.get(STAFF).text

    bea.post(f"{STAFF}/invitations/{made.invitation_id}/renew")
    db.session.expire_all()
    renewed = db.session.scalars(select(Invitation)).one().expires_at
    bea.post(f"{STAFF}/invitations/{made.invitation_id}/withdraw")

    assert (len(letters()), renewed > time()) == (1, True)
    bea.get(STAFF)  # says what was done
    assert "eve@x.org" not in bea.get(STAFF).text
    assert [act for act, _, _ in acts()] == ["renew_invitation", "withdraw_invitation"]


def test_what_was_taken_up_is_not_sent_again(linden: Group, bea: Browser) -> None:
    made = invitations.invite(linden.institute.id, role="supervisor", email="eve@x.org", invited_by=None, now=START)
    invitations.take(made.token, linden.trainee.person_id, START)

    assert bea.post(f"{STAFF}/invitations/{made.invitation_id}/renew").status_code == 409
    assert letters() == []


def test_a_role_is_changed_both_ways(linden: Group, bea: Browser, ben: Browser, second: Member) -> None:
    bea.post(f"{STAFF}/{ben.person_id}/role", {"role": "administrator"})
    raised = roles(linden)[ben.person_id]
    bea.post(f"{STAFF}/{ben.person_id}/role", {"role": "supervisor"})

    assert (raised, roles(linden)[ben.person_id]) == ("administrator", "supervisor")
    assert [(act, details) for act, _, details in acts()] == [
        ("change_role", {"role": "administrator"}),
        ("change_role", {"role": "supervisor"}),
    ]
    assert last_act().person_id == ben.person_id


def test_the_last_administrator_cannot_go_nor_become_less(linden: Group, bea: Browser) -> None:
    for verb in ("remove", "role"):
        answer = bea.post(f"{STAFF}/{bea.person_id}/{verb}", {"role": "supervisor"})
        said = "An institute needs an administrator, and this is the last one."
        assert (answer.status_code, said in unescape(answer.text)) == (422, True)

    assert roles(linden)[bea.person_id] == "administrator"
    assert acts() == []


def test_an_administrator_may_go_when_there_is_another(linden: Group, bea: Browser, second: Member) -> None:
    answer = bea.post(f"{STAFF}/{bea.person_id}/remove")

    assert (answer.status_code, answer.location) == (303, "/course")
    assert bea.get(STAFF).status_code == 403
    assert bea.person_id not in roles(linden)


def test_whoever_makes_themselves_supervisor_is_led_away(linden: Group, bea: Browser, second: Member) -> None:
    answer = bea.post(f"{STAFF}/{bea.person_id}/role", {"role": "supervisor"})

    assert (answer.location, bea.get(STAFF).status_code) == ("/course", 404)


def test_removing_somebody_ends_their_supervision_there_and_what_disputes_came_to_them(
    linden: Group, cedar: Group, bea: Browser, ben: Browser
) -> None:
    services.give_seat(cedar.institute.id, ben.person_id, "supervisor", now=START)
    enrolment.name_supervisor(cedar.cohort_id, ben.person_id)
    db.session.get_one(Institute, linden.institute.id).dispute_owner_id = ben.person_id
    db.session.get_one(Institute, cedar.institute.id).dispute_owner_id = ben.person_id
    db.session.commit()

    bea.post(f"{STAFF}/{ben.person_id}/remove")

    assert (staffing.supervised(linden.institute.id), ben.person_id in roles(linden)) == ({}, False)
    assert ben.person_id in staffing.supervised(cedar.institute.id)
    owners = {one.slug: one.dispute_owner_id for one in queries.all_institutes()}
    assert owners == {"cedar": ben.person_id, "linden": None}
    assert (ben.get("/institutes/linden").status_code, ben.get(f"/cohorts/{linden.cohort_id}").status_code) == (
        404,
        404,
    )
    assert (last_act().act, last_act().details, last_act().person_id) == (
        "remove_staff",
        {"cohorts": 1},
        ben.person_id,
    )


def test_nobody_is_removed_who_has_no_seat(linden: Group, bea: Browser, ada: Browser) -> None:
    assert bea.post(f"{STAFF}/{ada.person_id}/remove").status_code == 404
    assert bea.post(f"{STAFF}/{ada.person_id}/role", {"role": "administrator"}).status_code == 404
    with pytest.raises(NotFound):
        services.take_seat(linden.institute.id, ada.person_id)


def test_an_invitation_makes_nobody_less_than_they_are(linden: Group, bea: Browser, ben: Browser) -> None:
    services.give_seat(linden.institute.id, bea.person_id, "supervisor", now=START)
    services.give_seat(linden.institute.id, ben.person_id, "administrator", now=START)

    assert set(roles(linden).values()) == {"administrator"}


def test_a_role_of_nobody_and_no_role_are_refused(linden: Group, bea: Browser, ben: Browser) -> None:
    assert bea.post(f"{STAFF}/{ben.person_id}/role", {"role": "owner"}).status_code == 422
    with pytest.raises(Conflict):
        services.change_role(linden.institute.id, bea.person_id, "supervisor")


def test_whoever_invites_all_day_is_stopped(
    linden: Group, cedar: Group, bea: Browser, cy: Browser, monkeypatch: pytest.MonkeyPatch, mailing: None
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()

    answers = [bea.post(STAFF, {"email": f"a{n}@x.org", "role": "supervisor"}).status_code for n in range(61)]

    assert answers == [303] * 60 + [429]
    assert cy.post("/institutes/cedar/staff", {"email": "a@x.org", "role": "supervisor"}).status_code == 303
    limiter.reset()


def test_the_page_costs_the_same_however_many_there_are(linden: Group, bea: Browser) -> None:
    def cost() -> int:
        with statements(db.engine) as said:
            assert bea.get(STAFF).status_code == 200
        return len(said)

    few = cost()
    for number in range(30):
        somebody = seated(linden.institute, f"Staff {number}", "supervisor", START)
        enrolment.name_supervisor(linden.cohort_id, somebody.person_id)
        invitations.invite(linden.institute.id, role="supervisor", email=f"i{number}@x.org", invited_by=None, now=START)
    db.session.commit()

    assert (few, cost()) == (6, 6)
