from collections.abc import Callable

import pytest

from app.accounts import queries
from tests.accounts.conftest import Browser, Clock, Join, Post

NewBrowser = Callable[[], Browser]


@pytest.fixture
def bea(browser: NewBrowser, join: Join) -> Browser:
    """The administrator's browser."""
    here = browser()
    here.sign_in(join("bea", administrator=True))
    return here


def test_a_list_is_invited_however_it_is_parted(bea: Browser, post: Post) -> None:
    page = bea.post("/admin/invitations", addresses="ada@example.org, Cy@example.org;\n<cy@example.org>\n")

    assert page.status_code == 200
    assert sorted(recipient for recipient, _subject in post.all()) == ["ada@example.org", "cy@example.org"]


def test_links_are_shown_while_no_letter_can_be_sent(bea: Browser, post: Post) -> None:
    page = bea.post("/admin/invitations", addresses="ada@example.org").text

    assert "http://course.test" + post.link() in page
    assert post.link() not in bea.get("/admin/invitations").text


def test_one_bad_address_invites_nobody_and_loses_nothing(bea: Browser, post: Post) -> None:
    page = bea.post("/admin/invitations", addresses="ada@example.org, nonsense")

    assert page.status_code == 422
    assert "nonsense" in page.text
    assert "ada@example.org" in page.text
    assert post.all() == []


def test_more_than_a_hundred_are_refused(bea: Browser, post: Post) -> None:
    page = bea.post("/admin/invitations", addresses=" ".join(f"person{n}@example.org" for n in range(101)))

    assert page.status_code == 422
    assert post.all() == []


def test_who_has_an_account_is_named(bea: Browser, join: Join, post: Post) -> None:
    ada = join("ada")

    assert "have an account already" in bea.post("/admin/invitations", addresses=ada.email).text
    assert post.all() == []


def test_a_withdrawn_invitation_no_longer_works(bea: Browser, browser: NewBrowser, post: Post, time: Clock) -> None:
    bea.post("/admin/invitations", addresses="ada@example.org")
    [invitation] = queries.open_invitations(time())

    answer = bea.post(f"/admin/invitations/{invitation.id}/withdraw")

    assert answer.location == "/admin/invitations"
    assert queries.open_invitations(time()) == ()
    assert browser().get(post.link()).status_code == 404


def test_open_invitations_are_those_not_taken_up(bea: Browser, browser: NewBrowser, post: Post, time: Clock) -> None:
    bea.post("/admin/invitations", addresses="ada@example.org")
    browser().post(post.link(), name="Ada Example", password="grey heron under lamps")
    bea.post("/admin/invitations", addresses="cy@example.org")

    assert [invitation.email for invitation in queries.open_invitations(time())] == ["cy@example.org"]
    time.pass_time(days=14)
    assert queries.open_invitations(time()) == ()


@pytest.mark.parametrize("path", ["/admin/invitations", "/admin/invitations/1/withdraw"])
def test_who_is_no_administrator_is_refused(browser: NewBrowser, join: Join, post: Post, path: str) -> None:
    cy = browser()
    cy.sign_in(join("cy"))

    assert cy.post(path, addresses="ada@example.org").status_code == 403
    assert cy.get("/admin/invitations").status_code == 403
    assert post.all() == []
