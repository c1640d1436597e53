"""Whoever has no business on an institute's pages finds nothing there, and changes nothing."""

import io
from uuid import UUID

import pytest
from flask import Flask

from app.accounts import services as accounts
from app.extensions import db
from app.institutes import invitations
from tests.conftest import START, Browser
from tests.groups import Group
from tests.institutes.test_logos import picture
from tests.test_access import stored

SETTINGS = {
    "name": "Theirs",
    "contact": "",
    "time_zone": "UTC",
    "privacy": "",
    "certificate_line": "",
    "signatory": "",
    "pass_mark": "",
    "retention_years": "7",
    "dispute_owner": "",
}


@pytest.fixture
def asked(linden: Group) -> int:
    """An open invitation to Linden's staff."""
    made = invitations.invite(linden.institute.id, role="supervisor", email="eve@x.org", invited_by=None, now=START)
    db.session.commit()
    return made.invitation_id


def visits(ben: UUID, asked: int) -> list[tuple[str, str, dict[str, object]]]:
    """Everything that only Linden's administrators may, filled in so that it would have an effect."""
    root = "/institutes/linden"
    return [
        ("get", f"{root}/settings", {}),
        ("post", f"{root}/settings", {**SETTINGS}),
        ("get", f"{root}/look", {}),
        ("post", f"{root}/look", {"colour": "#0f5257"}),
        ("post", f"{root}/logo", {"logo": (io.BytesIO(picture("PNG")), "logo.png")}),
        ("get", f"{root}/staff", {}),
        ("post", f"{root}/staff", {"email": "new@example.org", "role": "administrator"}),
        ("post", f"{root}/staff/{ben}/role", {"role": "administrator"}),
        ("post", f"{root}/staff/{ben}/remove", {}),
        ("post", f"{root}/staff/invitations/{asked}/renew", {}),
        ("post", f"{root}/staff/invitations/{asked}/withdraw", {}),
        ("get", f"{root}/report", {}),
    ]


def status(browser: Browser, method: str, path: str, data: dict[str, object]) -> int:
    return (browser.get(path) if method == "get" else browser.post(path, data)).status_code


def test_only_an_administrator_of_the_institute_gets_anywhere(
    linden: Group, cedar: Group, ben: Browser, ada: Browser, cy: Browser, carl: Browser, host: Browser, asked: int
) -> None:
    strangers = {"supervisor": ben, "trainee": ada, "elsewhere": cy, "supervises elsewhere": carl, "site": host}
    before = stored()

    answers = {
        who: [status(browser, *visit) for visit in visits(ben.person_id, asked)] for who, browser in strangers.items()
    }

    every = len(visits(ben.person_id, asked))
    assert answers == {
        "supervisor": [404] * every,
        "trainee": [403] * every,
        "elsewhere": [404] * every,
        "supervises elsewhere": [404] * every,
        "site": [403] * every,
    }
    assert stored() == before


def test_the_same_visits_lead_somewhere_for_an_administrator(bea: Browser, ben: Browser, asked: int) -> None:
    """Else the test above would prove nothing."""
    found = [status(bea, *visit) for visit in visits(ben.person_id, asked)]

    assert found == [200, 303, 200, 303, 303, 200, 200, 303, 303, 200, 303, 302]


def test_an_institute_that_is_not_mine_looks_exactly_like_none(linden: Group, cy: Browser) -> None:
    theirs, absent = cy.get("/institutes/linden"), cy.get("/institutes/larch")

    assert (theirs.status_code, absent.status_code) == (404, 404)
    assert theirs.text.replace("linden", "larch") == absent.text


def test_staff_of_one_institute_do_not_reach_people_of_another(
    linden: Group, cedar: Group, cy: Browser, asked: int
) -> None:
    """With an address of one's own institute, and an id of somebody else's."""
    before = stored()
    bens = linden.supervisor.person_id

    answers = [
        cy.post(f"/institutes/cedar/staff/{bens}/role", {"role": "administrator"}).status_code,
        cy.post(f"/institutes/cedar/staff/{bens}/remove").status_code,
        cy.post(f"/institutes/cedar/staff/invitations/{asked}/renew").status_code,
        cy.post(f"/institutes/cedar/staff/invitations/{asked}/withdraw").status_code,
    ]

    assert answers == [404] * 4
    assert stored() == before


def test_an_invitation_into_a_cohort_is_not_looked_after_with_the_staff(linden: Group, bea: Browser) -> None:
    made = invitations.invite(
        linden.institute.id, role="trainee", email="t@x.org", cohort_id=linden.cohort_id, invited_by=None, now=START
    )
    db.session.commit()

    answers = [
        bea.post(f"/institutes/linden/staff/invitations/{made.invitation_id}/{verb}").status_code
        for verb in ("renew", "withdraw")
    ]

    assert answers == [404, 404]


def test_no_page_of_one_institute_names_anybody_of_the_other(
    app: Flask, linden: Group, cedar: Group, bea: Browser, ben: Browser
) -> None:
    accounts.change_name(cedar.trainee.person_id, "Wilhelmina Quist", START)
    db.session.commit()
    pages = ["", "/settings", "/look", "/staff"]

    seen = "".join(bea.get(f"/institutes/linden{page}").text for page in pages)
    seen += ben.get("/institutes/linden").text + bea.get("/groups").text

    foreign = ("Cedar", "cedar", "Wilhelmina", cedar.administrator.email, cedar.supervisor.email, cedar.trainee.email)
    assert [word for word in foreign if word in seen] == []
