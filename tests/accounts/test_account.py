import re
from collections.abc import Callable

import pytest

from app.accounts import queries, services
from app.extensions import db
from tests.accounts.conftest import Browser, Clock, Join, Member, Post

NewBrowser = Callable[[], Browser]
NEW = "seven slow tortoises"


@pytest.fixture
def ada(join: Join) -> Member:
    return join("ada")


@pytest.fixture
def here(browser: NewBrowser, ada: Member) -> Browser:
    """Ada's own browser."""
    here = browser()
    here.sign_in(ada)
    return here


def sign_in_ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r"/account/sign-ins/(\d+)/end", page)]


def test_the_account_shows_details_and_sign_ins(here: Browser, browser: NewBrowser, ada: Member) -> None:
    there = browser()
    there.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1"
    there.sign_in(ada)

    page = here.get("/account").text

    assert "Ada Example" in page
    assert "ada@example.org" in page
    assert "Safari on iPhone" in page
    assert page.count("this one") == 1
    assert len(sign_in_ids(page)) == 2


def test_the_name_is_changed(here: Browser, ada: Member) -> None:
    answer = here.post("/account/name", name="  Ada   Łącka ")

    assert (answer.status_code, answer.location) == (303, "/account")
    assert queries.profile(ada.person_id).name == "Ada Łącka"


def test_a_faulty_name_is_shown_again(here: Browser, ada: Member) -> None:
    answer = here.post("/account/name", name="123")

    assert answer.status_code == 422
    assert 'value="123"' in answer.text
    assert queries.profile(ada.person_id).name == "Ada Example"


class TestPassword:
    def test_it_is_changed_and_other_sign_ins_end(
        self, here: Browser, browser: NewBrowser, ada: Member, post: Post
    ) -> None:
        there = browser()
        there.sign_in(ada)

        answer = here.post("/account/password", current=ada.password, password=NEW)

        assert answer.status_code == 303
        assert here.is_in
        assert not there.is_in
        assert browser().sign_in(ada).status_code == 422
        assert post.all() == [(ada.email, "Your password has been changed")]

    def test_the_present_one_is_needed(self, here: Browser, browser: NewBrowser, ada: Member) -> None:
        answer = here.post("/account/password", current="not her password", password=NEW)

        assert answer.status_code == 422
        assert browser().sign_in(ada).status_code == 303

    def test_it_may_not_be_ones_own_name(self, here: Browser, ada: Member) -> None:
        assert here.post("/account/password", current=ada.password, password="adaexample99").status_code == 422

    def test_an_open_browser_cannot_guess_it(self, here: Browser, ada: Member) -> None:
        for number in range(5):
            here.post("/account/password", current=f"guess number {number}", password=NEW)

        assert "Too many" in here.post("/account/password", current=ada.password, password=NEW).text

    def test_links_asked_for_under_the_old_one_die(self, here: Browser, ada: Member, post: Post) -> None:
        here.post("/reset", email=ada.email)
        link = post.link()

        here.post("/account/password", current=ada.password, password=NEW)

        assert here.get(link).status_code == 404


class TestEmail:
    def test_it_changes_when_the_new_address_confirms(
        self, here: Browser, browser: NewBrowser, ada: Member, post: Post
    ) -> None:
        here.post("/account/email", email="Ada@New.example", current=ada.password)
        link = _confirmation(post)
        before = queries.profile(ada.person_id).email
        opened = browser().get(link)
        still = queries.profile(ada.person_id).email
        answer = browser().post(link)

        assert (before, still) == (ada.email, ada.email)
        assert opened.status_code == 200
        assert answer.status_code == 303
        assert queries.profile(ada.person_id).email == "Ada@New.example"
        assert browser().post("/login", email="ada@new.example", password=ada.password).status_code == 303
        assert post.all() == [
            ("Ada@New.example", "Confirm your new e-mail address"),
            (ada.email, "Your e-mail address is about to change"),
            (ada.email, "Your e-mail address has been changed"),
        ]

    def test_the_password_is_needed(self, here: Browser, post: Post) -> None:
        assert here.post("/account/email", email="cy@new.example", current="not hers").status_code == 422
        assert post.all() == []

    def test_somebody_elses_address_is_not_betrayed(self, here: Browser, ada: Member, join: Join, post: Post) -> None:
        join("bea")

        known = here.post("/account/email", email="bea@example.org", current=ada.password).text
        unknown = here.post("/account/email", email="cy@example.org", current=ada.password).text

        assert known.replace("bea@", "x@") == unknown.replace("cy@", "x@")
        assert post.all()[0] == ("bea@example.org", "You already have an account")

    def test_an_address_taken_meanwhile_is_refused(
        self, here: Browser, ada: Member, join: Join, post: Post, browser: NewBrowser
    ) -> None:
        here.post("/account/email", email="bea@example.org", current=ada.password)
        link = _confirmation(post)
        join("bea")

        answer = browser().post(link)

        assert answer.status_code == 410
        assert "has an account already" in answer.text
        assert queries.profile(ada.person_id).email == ada.email

    def test_a_reset_letter_to_the_old_address_dies(self, here: Browser, ada: Member, post: Post) -> None:
        here.post("/reset", email=ada.email)
        old = post.link()
        here.post("/account/email", email="ada@new.example", current=ada.password)

        here.post(_confirmation(post))

        assert here.get(old).status_code == 404

    def test_the_same_address_is_no_change(self, here: Browser, ada: Member, post: Post) -> None:
        assert here.post("/account/email", email=ada.email.upper(), current=ada.password).status_code == 422
        assert post.all() == []

    def test_a_link_works_once_and_for_a_day(
        self, here: Browser, ada: Member, post: Post, browser: NewBrowser, time: Clock
    ) -> None:
        here.post("/account/email", email="ada@new.example", current=ada.password)
        link = _confirmation(post)
        time.pass_time(hours=24)

        assert browser().get(link).status_code == 410
        assert browser().post(link).status_code == 410


class TestSignIns:
    def test_one_is_ended_from_another(self, here: Browser, browser: NewBrowser, ada: Member) -> None:
        there = browser()
        there.sign_in(ada)
        other = sign_in_ids(here.get("/account").text)[0]

        answer = here.post(f"/account/sign-ins/{other}/end")

        assert answer.location == "/account"
        assert here.is_in
        assert not there.is_in

    def test_ending_this_one_signs_out(self, here: Browser) -> None:
        [this] = sign_in_ids(here.get("/account").text)

        assert here.post(f"/account/sign-ins/{this}/end").location == "/"
        assert not here.is_in

    @pytest.mark.parametrize("path_id", ["99", "2147483647", "2147483648", "99999999999999999999", "-1", "x"])
    def test_one_that_is_not_there_is_not_found(self, here: Browser, path_id: str) -> None:
        assert here.post(f"/account/sign-ins/{path_id}/end").status_code == 404

    def test_somebody_elses_is_as_if_absent(self, here: Browser, browser: NewBrowser, join: Join) -> None:
        cy = browser()
        cy.sign_in(join("cy"))
        [adas] = sign_in_ids(here.get("/account").text)

        assert cy.post(f"/account/sign-ins/{adas}/end").status_code == 404
        assert here.is_in


def test_signing_in_as_somebody_else_ends_the_first_sign_in(
    here: Browser, browser: NewBrowser, ada: Member, join: Join, time: Clock, post: Post
) -> None:
    services.invite("cy@example.org", time())
    db.session.commit()

    here.post(post.link(), name="Cy Example", password="purple lake in autumn")

    assert "Cy Example" in here.get("/account").text
    assert queries.sign_ins(ada.person_id, time()) == ()


def _confirmation(post: Post) -> str:
    return next(link for link in post.links() if link.startswith("/email/"))
