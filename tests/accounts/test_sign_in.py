import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.accounts import hashing, tokens
from app.accounts.models import FailedSignIn, Identity, SignIn
from app.extensions import db
from tests.accounts.conftest import Browser, Clock, Join

NewBrowser = Callable[[], Browser]
REFUSED = "The e-mail address or the password is not right."


def failures() -> int:
    return db.session.scalar(select(func.count()).select_from(FailedSignIn)) or 0


def comparable(page: str) -> str:
    """A page without what the visitor typed."""
    return re.sub(r'value="[^"]*"', "", page)


def test_sign_in_with_the_right_password_leads_to_the_course(browser: NewBrowser, join: Join) -> None:
    ada, here = join("ada"), browser()

    answer = here.sign_in(ada)

    assert (answer.status_code, answer.location) == (303, "/course")
    assert here.is_in
    assert failures() == 0


def test_sign_in_takes_the_address_in_any_case(browser: NewBrowser, join: Join) -> None:
    ada, here = join("ada"), browser()

    here.post("/login", email=" ADA@Example.org", password=ada.password)

    assert here.is_in


@pytest.mark.parametrize("email", ["nobody@example.org", "not an address", "a\0b@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    browser: NewBrowser, join: Join, email: str
) -> None:
    ada = join("ada")

    wrong = browser().post("/login", email=ada.email, password="not her password")
    unknown = browser().post("/login", email=email, password="not her password")

    assert wrong.status_code == unknown.status_code == 422
    assert REFUSED in wrong.text
    assert comparable(wrong.text) == comparable(unknown.text)
    assert failures() == 2


def test_what_was_typed_stays_but_the_password(browser: NewBrowser, join: Join) -> None:
    join("ada")

    page = browser().post("/login", email="ada@example.org", password="secret words of hers").text

    assert 'value="ada@example.org"' in page
    assert "secret words of hers" not in page


def test_five_failures_make_even_the_right_password_wait(browser: NewBrowser, join: Join, time: Clock) -> None:
    ada, here = join("ada"), browser()
    for _number in range(5):
        here.post("/login", email=ada.email, password="a wrong guess")

    refused = here.sign_in(ada)
    time.pass_time(seconds=31)
    accepted = here.sign_in(ada)

    assert refused.status_code == 429
    assert "Too many sign-ins have failed" in refused.text
    assert accepted.status_code == 303
    assert failures() == 0


def test_waiting_does_not_tell_whether_an_address_is_known(browser: NewBrowser, join: Join) -> None:
    join("ada")
    answers = []
    for email in ("ada@example.org", "nobody@example.org"):
        here = browser()
        for _number in range(5):
            here.post("/login", email=email, password="a wrong guess")
        answers.append(here.post("/login", email=email, password="a wrong guess"))

    assert [answer.status_code for answer in answers] == [429, 429]
    assert comparable(answers[0].text) == comparable(answers[1].text)


def test_refused_attempts_do_not_make_the_wait_longer(browser: NewBrowser, join: Join) -> None:
    ada, here = join("ada"), browser()

    for _number in range(9):
        here.post("/login", email=ada.email, password="a wrong guess")

    assert failures() == 5


@pytest.mark.slow
def test_one_network_trying_many_addresses_must_wait(browser: NewBrowser, join: Join) -> None:
    ada, here = join("ada"), browser()
    for number in range(60):
        here.post("/login", email=f"guess{number}@example.org", password="a wrong guess")

    assert here.sign_in(ada).status_code == 429


def test_failures_are_kept_as_keyed_hashes_for_a_day(browser: NewBrowser, time: Clock) -> None:
    browser().post("/login", email="nobody@example.org", password="a wrong guess")
    kept = db.session.scalars(select(FailedSignIn)).one()
    assert len(kept.email_key_hash) == len(kept.address_hash) == 64
    assert kept.email_key_hash != tokens.digest("nobody@example.org")

    time.pass_time(hours=25)
    browser().post("/login", email="somebody@example.org", password="a wrong guess")

    assert failures() == 1


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/modules/hotspots/finding?a=1", "/modules/hotspots/finding?a=1"),
        ("https://evil.example/", "/course"),
        ("//evil.example/", "/course"),
        ("/\\evil.example/", "/course"),
        ("/\t/evil.example/", "/course"),
        ("javascript:alert(1)", "/course"),
        ("", "/course"),
    ],
)
def test_next_leads_only_to_this_site(browser: NewBrowser, join: Join, target: str, expected: str) -> None:
    ada, here = join("ada"), browser()

    path = "/login?" + urlencode({"next": target})

    answer = here.sign_in(ada, path)
    again = here.get(path)

    assert answer.location == expected
    assert again.location == expected


def test_a_refused_page_is_opened_after_signing_in(browser: NewBrowser, join: Join) -> None:
    ada, here = join("ada"), browser()

    refused = here.get("/account/name")
    answer = here.sign_in(ada, refused.location)

    assert refused.status_code == 302
    assert answer.location == "/account/name"


def test_the_cookie_holds_the_secret_alone_and_the_database_its_hash(browser: NewBrowser, join: Join) -> None:
    ada, here = join("ada"), browser()
    here.sign_in(ada)

    with here.client.session_transaction() as cookie:
        held = dict(cookie)

    assert set(held) == {"_user_id", "_fresh"}
    row = db.session.scalars(select(SignIn)).one()
    assert row.token_hash == tokens.digest(held["_user_id"])


def test_signing_in_keeps_nothing_that_was_planted_in_the_cookie(browser: NewBrowser, join: Join) -> None:
    ada, cy, here = join("ada"), join("cy"), browser()
    here.sign_in(cy)
    with here.client.session_transaction() as cookie:
        planted = cookie["_user_id"]
        cookie["planted"] = "by Cy"
    here.post("/logout")
    with here.client.session_transaction() as cookie:
        cookie["_user_id"] = planted
        cookie["planted"] = "by Cy"

    here.sign_in(ada)

    with here.client.session_transaction() as cookie:
        assert cookie["_user_id"] != planted
        assert "planted" not in cookie


def test_signing_out_ends_the_sign_in_for_copies_of_the_cookie_too(browser: NewBrowser, join: Join) -> None:
    ada, here, thief = join("ada"), browser(), browser()
    here.sign_in(ada)
    with here.client.session_transaction() as cookie:
        stolen = cookie["_user_id"]
    with thief.client.session_transaction() as cookie:
        cookie["_user_id"] = stolen
    assert thief.is_in

    here.post("/logout")

    assert not here.is_in
    assert not thief.is_in


def test_signing_out_twice_is_no_fault(browser: NewBrowser) -> None:
    assert browser().post("/logout").location == "/"


def test_the_hash_in_the_database_is_no_key(browser: NewBrowser, join: Join) -> None:
    ada, here, thief = join("ada"), browser(), browser()
    here.sign_in(ada)
    found = db.session.scalars(select(SignIn.token_hash)).one()

    with thief.client.session_transaction() as cookie:
        cookie["_user_id"] = found

    assert not thief.is_in


def test_a_sign_in_not_used_for_two_months_ends(browser: NewBrowser, join: Join, time: Clock) -> None:
    ada, here = join("ada"), browser()
    here.sign_in(ada)

    time.pass_time(days=59)
    still = here.is_in
    time.pass_time(days=2)

    assert still
    assert not here.is_in


def test_reads_do_not_move_last_seen_but_posts_do(browser: NewBrowser, join: Join, time: Clock) -> None:
    ada, here = join("ada"), browser()
    here.sign_in(ada)
    time.pass_time(days=1)

    here.get("/account")
    after_reading = db.session.scalars(select(SignIn.last_seen_at)).one()
    here.post("/account/name", name="Ada Example")
    after_writing = db.session.scalars(select(SignIn.last_seen_at)).one()

    assert (time() - after_reading).days == 1
    assert after_writing == time()


def test_whoever_is_signed_in_is_loaded_by_one_query(app: Flask, browser: NewBrowser, join: Join) -> None:
    ada, here = join("ada"), browser()
    here.sign_in(ada)
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    here.get("/library")
    event.remove(db.engine, "before_cursor_execute", note)

    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1


def test_an_outdated_hash_is_renewed_at_the_sign_in(browser: NewBrowser, join: Join) -> None:
    from argon2 import PasswordHasher

    ada, here = join("ada"), browser()
    db.session.scalars(select(Identity)).one().password_hash = PasswordHasher(1, 8, 1).hash(ada.password)
    db.session.commit()

    here.sign_in(ada)

    renewed = db.session.scalars(select(Identity.password_hash)).one()
    assert not hashing.is_outdated(renewed)
    assert hashing.verify(renewed, ada.password)
