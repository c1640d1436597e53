from collections.abc import Callable

import pytest
from sqlalchemy import delete

from app.accounts import services
from app.accounts.faults import DeadLink
from app.accounts.models import Identity
from app.extensions import db
from tests.accounts.conftest import Browser, Clock, Join, Post

NewBrowser = Callable[[], Browser]
NEW = "seven slow tortoises"


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(
    browser: NewBrowser, join: Join, post: Post
) -> None:
    join("ada")

    known = browser().post("/reset", email="ada@example.org")
    unknown = browser().post("/reset", email="cy@example.org")

    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("ada@", "x@") == unknown.text.replace("cy@", "x@")
    assert post.all() == [("ada@example.org", "Choose a new password")]


def test_the_letter_goes_to_the_address_of_the_account(browser: NewBrowser, join: Join, post: Post) -> None:
    join("ada")

    browser().post("/reset", email="ADA@EXAMPLE.ORG")

    assert [recipient for recipient, _subject in post.all()] == ["ada@example.org"]


def test_a_reset_sets_the_password_and_ends_every_sign_in(browser: NewBrowser, join: Join, post: Post) -> None:
    ada, here, there = join("ada"), browser(), browser()
    here.sign_in(ada)
    there.sign_in(ada)
    browser().post("/reset", email=ada.email)

    page = here.get(post.link())
    answer = here.post(post.link(), password=NEW)

    assert ada.email in page.text
    assert (answer.status_code, answer.location) == (303, "/login")
    assert not here.is_in
    assert not there.is_in
    assert browser().sign_in(ada).status_code == 422
    assert browser().post("/login", email=ada.email, password=NEW).status_code == 303
    assert post.all()[-1] == (ada.email, "Your password has been changed")


def test_a_link_works_once(browser: NewBrowser, join: Join, post: Post) -> None:
    ada = join("ada")
    browser().post("/reset", email=ada.email)
    link = post.link()
    browser().post(link, password=NEW)

    again = browser().post(link, password="quite another password")

    assert again.status_code == 410
    assert "has been used" in again.text
    assert browser().post("/login", email=ada.email, password=NEW).status_code == 303


def test_opening_the_link_does_not_use_it_up(browser: NewBrowser, join: Join, post: Post) -> None:
    browser().post("/reset", email=join("ada").email)
    link = post.link()

    for _time in range(3):
        assert browser().get(link).status_code == 200
    assert browser().post(link, password="short").status_code == 422
    assert browser().post(link, password=NEW).status_code == 303


def test_a_link_works_for_two_hours(browser: NewBrowser, join: Join, post: Post, time: Clock) -> None:
    browser().post("/reset", email=join("ada").email)
    link = post.link()

    time.pass_time(minutes=119)
    within = browser().get(link).status_code
    time.pass_time(minutes=1)
    after = browser().post(link, password=NEW)

    assert within == 200
    assert after.status_code == 410
    assert 'href="/reset"' in after.text


def test_the_other_links_of_the_same_person_die_with_a_reset(
    browser: NewBrowser, join: Join, post: Post, time: Clock
) -> None:
    """Also a change of address that an intruder has begun."""
    ada = join("ada")
    services.request_email_change(ada.person_id, "cy@example.org", time())
    db.session.commit()
    links = [link for link in post.links() if "/email/" in link]
    browser().post("/reset", email=ada.email)
    first = post.link()
    browser().post("/reset", email=ada.email)
    second = post.link()

    browser().post(second, password=NEW)

    assert browser().get(first).status_code == 404
    assert browser().post(links[0]).status_code == 404


def test_a_reset_ends_the_wait(browser: NewBrowser, join: Join, post: Post) -> None:
    ada, here = join("ada"), browser()
    for _number in range(6):
        here.post("/login", email=ada.email, password="a wrong guess")
    here.post("/reset", email=ada.email)

    here.post(post.link(), password=NEW)

    assert here.post("/login", email=ada.email, password=NEW).status_code == 303


def test_three_letters_an_hour_are_enough(browser: NewBrowser, join: Join, post: Post) -> None:
    ada = join("ada")

    for _number in range(6):
        assert browser().post("/reset", email=ada.email).status_code == 200

    assert len(post.all()) == 3


@pytest.mark.parametrize("path", ["/register", "/email", "/first-administrator"])
def test_a_link_serves_its_own_purpose_only(browser: NewBrowser, join: Join, post: Post, path: str) -> None:
    browser().post("/reset", email=join("ada").email)

    assert browser().get(post.link().replace("/reset", path)).status_code == 404


def test_of_two_at_the_same_moment_one_is_refused(join: Join, post: Post, time: Clock) -> None:
    ada = join("ada")
    services.request_reset(ada.email, time())
    token = post.link().rsplit("/", 1)[1]

    services.reset_password(token, NEW, time())

    with pytest.raises(DeadLink):
        services.reset_password(token, NEW, time())


def test_a_person_without_identity_has_no_way_in(browser: NewBrowser, join: Join, post: Post, time: Clock) -> None:
    ada, here = join("ada"), browser()
    here.sign_in(ada)
    services.request_reset(ada.email, time())
    link = post.link()
    db.session.execute(delete(Identity))

    assert not here.is_in
    assert browser().get(link).status_code == 404
