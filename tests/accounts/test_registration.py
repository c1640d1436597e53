from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import registration, services
from app.accounts.faults import EmailTaken
from app.accounts.models import Identity, Person, SingleUseToken
from app.extensions import db
from tests.accounts.conftest import PASSWORDS, Browser, Clock, Configure, Join, Post

NewBrowser = Callable[[], Browser]


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def register(here: Browser, path: str = "/register", **changed: str) -> int:
    fields = {"name": "Ada Example", "email": "ada@example.org", "password": PASSWORDS["ada"]}
    return here.post(path, **(fields | changed)).status_code


@pytest.mark.parametrize(
    ("mode", "server", "expected"),
    [
        ("open", None, "at_once"),
        ("open", "mail.example.org", "letter"),
        ("invitation", None, "invitation"),
        ("invitation", "mail.example.org", "invitation"),
    ],
)
def test_way(mode: str, server: str | None, expected: str) -> None:
    assert registration.way(mode, server) == expected


class TestWhileNoLetterCanBeSent:
    def test_registering_signs_in_at_once(self, browser: NewBrowser) -> None:
        here = browser()

        status = register(here)

        assert status == 303
        assert here.is_in
        kept = db.session.scalars(select(Identity)).one()
        assert (kept.name, kept.email, kept.administrator) == ("Ada Example", "ada@example.org", False)

    def test_next_is_kept(self, browser: NewBrowser) -> None:
        answer = browser().post(
            "/register?next=/library", name="Ada Example", email="ada@example.org", password=PASSWORDS["ada"]
        )

        assert answer.location == "/library"

    def test_registering_again_with_the_right_password_signs_in(self, browser: NewBrowser, join: Join) -> None:
        ada, here = join("ada"), browser()

        register(here, email=ada.email.upper())

        assert here.is_in
        assert people() == 1

    def test_registering_again_with_another_password_changes_nothing(self, browser: NewBrowser, join: Join) -> None:
        ada, here = join("ada"), browser()

        status = register(here, password=PASSWORDS["cy"])

        assert status == 422
        assert not here.is_in
        assert people() == 1
        assert browser().sign_in(ada).status_code == 303

    def test_registering_is_no_way_around_the_limits_of_guessing(self, browser: NewBrowser, join: Join) -> None:
        ada, here = join("ada"), browser()
        for number in range(5):
            register(here, password=f"another wrong guess {number}")

        register(here)

        assert not here.is_in
        assert here.sign_in(ada).status_code == 429

    @pytest.mark.parametrize(
        "changed",
        [
            {"name": ""},
            {"name": "A" * 201},
            {"email": "ada"},
            {"email": ""},
            {"password": "short"},
            {"password": "adaexample2027"},
            {"password": ""},
        ],
    )
    def test_a_faulty_form_makes_nothing_and_loses_nothing(self, browser: NewBrowser, changed: dict[str, str]) -> None:
        fields = {"name": "Ada Example", "email": "ada@example.org", "password": PASSWORDS["ada"]} | changed

        answer = browser().post("/register", **fields)

        assert answer.status_code == 422
        assert 'id="errors"' in answer.text
        assert f'value="{fields["name"]}"' in answer.text
        assert f'value="{fields["email"]}"' in answer.text
        assert people() == 0

    def test_a_name_is_text_wherever_it_stands(self, browser: NewBrowser) -> None:
        here = browser()

        here.post("/register", name="<script>alert(1)</script>", email="ada@example.org", password=PASSWORDS["ada"])

        assert "<script>alert" not in here.get("/account").text


class TestOnceLettersGoOut:
    @pytest.fixture(autouse=True)
    def letters(self, configure: Configure) -> None:
        configure(mail_server="mail.example.org")

    def test_the_letter_leads_to_an_account(self, browser: NewBrowser, post: Post) -> None:
        here = browser()

        here.post("/register", email="Ada@Example.org")
        before = people()
        page = here.get(post.link())
        status = register(here, path=post.link())

        assert before == 0
        assert "ada@example.org" in page.text
        assert status == 303
        assert here.is_in

    def test_a_known_address_gets_the_same_answer_and_another_letter(
        self, browser: NewBrowser, join: Join, post: Post
    ) -> None:
        join("ada")

        known = browser().post("/register", email="ada@example.org").text
        unknown = browser().post("/register", email="cy@example.org").text

        assert known.replace("ada@", "x@") == unknown.replace("cy@", "x@")
        assert post.all() == [
            ("ada@example.org", "You already have an account"),
            ("cy@example.org", "Finish your registration"),
        ]

    def test_three_letters_an_hour_are_enough(self, browser: NewBrowser, join: Join, post: Post, time: Clock) -> None:
        join("ada")
        for email in ("ada@example.org", "cy@example.org") * 5:
            assert browser().post("/register", email=email).status_code == 200
        in_the_first_hour = len(post.all())

        time.pass_time(minutes=61)
        browser().post("/register", email="cy@example.org")

        assert in_the_first_hour == 6
        assert len(post.all()) == 7

    def test_the_link_fixes_the_address(self, browser: NewBrowser, post: Post) -> None:
        browser().post("/register", email="ada@example.org")

        register(browser(), path=post.link(), email="cy@example.org")

        assert db.session.scalars(select(Identity.email_key)).one() == "ada@example.org"

    def test_the_link_works_once(self, browser: NewBrowser, post: Post) -> None:
        browser().post("/register", email="ada@example.org")
        link = post.link()
        register(browser(), path=link)

        again = browser().get(link)

        assert again.status_code == 410
        assert "/login" in again.text
        assert register(browser(), path=link) == 410

    def test_the_link_works_for_a_day(self, browser: NewBrowser, post: Post, time: Clock) -> None:
        browser().post("/register", email="ada@example.org")
        time.pass_time(hours=24)

        answer = browser().get(post.link())

        assert answer.status_code == 410
        assert "has expired" in answer.text

    def test_of_two_letters_the_second_finds_the_account_made(self, browser: NewBrowser, post: Post) -> None:
        browser().post("/register", email="ada@example.org")
        first = post.link()
        browser().post("/register", email="ada@example.org")
        register(browser(), path=post.link())

        assert register(browser(), path=first) == 404
        assert people() == 1

    def test_the_password_may_not_be_the_address(self, browser: NewBrowser, post: Post) -> None:
        browser().post("/register", email="ada@example.org")

        assert register(browser(), path=post.link(), password="ada@example.org") == 422


class TestByInvitation:
    @pytest.fixture(autouse=True)
    def closed(self, configure: Configure) -> None:
        configure(registration="invitation")

    def test_nobody_registers_without(self, browser: NewBrowser) -> None:
        here = browser()

        page = here.get("/register")
        register(here)

        assert "open by invitation" in page.text
        assert people() == 0

    def test_an_invitation_leads_to_an_account(self, browser: NewBrowser, post: Post, time: Clock) -> None:
        services.invite("ada@example.org", time())
        here = browser()

        register(here, path=post.link())

        assert here.is_in
        assert post.all() == [("ada@example.org", "Your invitation")]

    def test_links_begun_while_it_was_open_are_closed_with_it(
        self, browser: NewBrowser, post: Post, time: Clock
    ) -> None:
        services.request_registration("ada@example.org", time())

        assert register(browser(), path=post.link()) == 404
        assert people() == 0

    def test_inviting_again_replaces_the_first_link(self, browser: NewBrowser, time: Clock) -> None:
        first = services.invite("ada@example.org", time()).token
        second = services.invite("Ada@Example.org", time()).token

        assert browser().get(f"/register/{first}").status_code == 404
        assert browser().get(f"/register/{second}").status_code == 200

    def test_who_has_an_account_is_not_invited(self, join: Join, post: Post, time: Clock) -> None:
        ada = join("ada")

        assert services.invite(ada.email, time()).token is None
        assert post.all() == []


def test_two_accounts_with_one_address_are_refused_by_the_database(join: Join, time: Clock) -> None:
    ada = join("ada")

    with pytest.raises(EmailTaken):
        services.create_account(name="Cy", email=ada.email.upper(), password=PASSWORDS["cy"], now=time())

    assert people() == 1


def test_tokens_are_kept_as_hashes_only(app: Flask, post: Post, time: Clock) -> None:
    services.invite("ada@example.org", time())

    kept = db.session.scalars(select(SingleUseToken)).one()

    assert kept.token_hash not in post.link()
    assert post.link().rsplit("/", 1)[1] not in (kept.token_hash, kept.email)


@pytest.mark.parametrize("token", ["x", "%00", "%F0%9F%98%80", "'--", "a" * 5000, "..%2f"])
@pytest.mark.parametrize("path", ["/register", "/reset", "/email", "/first-administrator"])
def test_a_made_up_link_gets_a_page_with_the_next_step(browser: NewBrowser, path: str, token: str) -> None:
    here = browser()

    seen, sent = here.get(f"{path}/{token}"), here.post(f"{path}/{token}", password="grey heron under lamps")

    assert (seen.status_code, sent.status_code) == (404, 404)
    if token != "..%2f":
        assert "This link does not work" in seen.text
