"""Headers, cookies, forged forms, error pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from app import access, create_app
from app.extensions import login
from app.security import POLICY
from tests.addresses import Address, addresses
from tests.conftest import Browser
from tests.test_access import RULES, ask, stored

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
DAY = 86_400
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def guarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Forged forms are refused, as they are outside tests."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


@pytest.fixture
def in_service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Faults become pages, as they do outside tests."""
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return app


def always(answer: TestResponse) -> dict[str, str | None]:
    return {name: answer.headers.get(name) for name in ALWAYS}


def token(browser: Browser, path: str) -> str:
    found = TOKEN.search(browser.get(path).text)
    assert found is not None
    return found[1]


def test_every_response_carries_the_headers(app: Flask, stranger: Browser, bea: Browser) -> None:
    for browser in (stranger, bea):
        for address in addresses(app):
            assert always(ask(browser, address)) == ALWAYS, address


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/attempts/x", 404), ("DELETE", "/course", 405), ("OPTIONS", "/course", 302)],
)
def test_refusals_carry_them_too(stranger: Browser, method: str, path: str, status: int) -> None:
    answer = stranger.client.open(path, method=method)

    assert (answer.status_code, always(answer)) == (status, ALWAYS)


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed() -> None:
    sources = {part.split()[0]: part.split()[1:] for part in POLICY.split("; ")}

    assert sources["default-src"] == ["'none'"]
    assert sources["script-src"] == sources["style-src"] == ["'self'"]
    assert {source for group in sources.values() for source in group} == {"'none'", "'self'", "data:"}


def test_pages_for_those_signed_in_are_stored_nowhere(app: Flask, bea: Browser) -> None:
    for address in addresses(app):
        if RULES[address.endpoint] is not access.public:
            assert ask(Browser(app, bea.member), address).headers["Cache-Control"] == "private, no-store", address


@pytest.mark.parametrize("path", ["/", "/library", "/glossary", "/references", "/nowhere"])
def test_a_public_page_is_stored_nowhere_once_it_carries_a_name(stranger: Browser, ada: Browser, path: str) -> None:
    assert stranger.get(path).headers["Cache-Control"] == "private, no-cache"
    assert ada.get(path).headers["Cache-Control"] == "private, no-store"


def test_static_files_are_kept_for_good_and_ask_nobody_who_is_there(app: Flask, ada: Browser) -> None:
    path = next(one.path for one in addresses(app) if one.endpoint == "static")

    answer = ada.get(path)

    assert (answer.status_code, answer.cache_control.public, answer.cache_control.max_age) == (200, True, 31_536_000)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(guarded: Flask, stranger: Browser) -> None:
    (cookie,) = stranger.get("/login").headers.getlist("Set-Cookie")

    assert cookie.startswith("session=")
    assert cookie.partition("; ")[2] == "HttpOnly; Path=/; SameSite=Lax"


def test_behind_https_the_cookie_is_bound_to_it(app: Flask) -> None:
    secure = create_app(replace(app.config["SETTINGS"], url="https://course.example.org", proxies=1))
    client = secure.test_client()

    answer = client.get("/login", headers={"X-Forwarded-Proto": "https"})

    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=")
    assert cookie.partition("; ")[2] == "Secure; HttpOnly; Path=/; SameSite=Lax"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/login").headers


def posts(app: Flask) -> Iterator[Address]:
    return (one for one in addresses(app) if one.method == "POST" and one.endpoint != "site.theme")


def test_no_form_is_accepted_without_its_token(guarded: Flask, bea: Browser) -> None:
    before = stored()

    for address in posts(guarded):
        answer = bea.post(address.path, {"name": "Mallory", "option": "ask", "csrf_token": "made-up"})
        assert answer.status_code == 400, address
        assert "That form could not be accepted" in answer.text
        assert "Nothing was changed." in answer.text

    assert stored() == before


def test_another_visitors_token_is_refused(guarded: Flask, ada: Browser, cy: Browser) -> None:
    stolen = token(cy, "/quizzes/brewing")

    assert ada.post("/quizzes/brewing/start", {"csrf_token": stolen}).status_code == 400
    assert ada.post("/quizzes/brewing/start", {"csrf_token": token(ada, "/quizzes/brewing")}).status_code == 303


@pytest.mark.parametrize("days", [1, 45])
def test_a_token_does_not_expire_while_somebody_reads(
    guarded: Flask, ada: Browser, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as the sign-in holds, which its table decides, not the cookie's date."""
    kept = token(ada, "/quizzes/brewing")
    now: Any = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) + days * DAY)

    assert ada.post("/quizzes/brewing/start", {"csrf_token": kept}).status_code == 303


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example/", "/\t/evil.example"])
def test_signing_in_never_leads_elsewhere(app: Flask, ada: Browser, target: str) -> None:
    assert ada.member is not None
    form: dict[str, object] = {"email": ada.member.email, "password": "four brown boots walking", "next": target}
    here = f"/login?next={quote(target, safe='')}"

    assert Browser(app).post(here, form).location == "/course"
    assert ada.get(here).location == "/course"
    assert Browser(app).post("/theme", {"theme": "dark", "next": target}).location == "/"


def test_signing_in_leads_back(app: Flask, ada: Browser) -> None:
    assert ada.member is not None
    form: dict[str, object] = {"email": ada.member.email, "password": "four brown boots walking"}

    assert Browser(app).post("/login?next=%2Fmodules%2Fbrewing%3Fa%3D1", form).location == "/modules/brewing?a=1"


def break_view(app: Flask, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    @access.allow(access.public)
    def broken(**_: object) -> str:
        raise ValueError("the-inside-of-the-program")

    monkeypatch.setitem(app.view_functions, endpoint, broken)


@pytest.mark.parametrize("somebody", [True, False])
def test_an_unforeseen_fault_shows_a_page_and_nothing_of_the_inside(
    in_service: Flask, ada: Browser, stranger: Browser, somebody: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_view(in_service, "site.library", monkeypatch)

    answer = (ada if somebody else stranger).get("/library")

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert [word for word in ("Traceback", "ValueError", "the-inside", ".py") if word in answer.text] == []
    assert always(answer) == ALWAYS


def test_a_database_that_is_gone_shows_no_inside_either(
    in_service: Flask, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(token: str) -> None:
        raise OperationalError("SELECT secret_column", {}, OSError("no route to db.internal"))

    monkeypatch.setattr(login, "_user_callback", gone)

    answer = ada.get("/course")

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert [word for word in ("Traceback", "secret_column", "db.internal") if word in answer.text] == []
    assert always(answer) == ALWAYS


def test_after_a_fault_nothing_half_done_is_kept(
    in_service: Flask, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("app.assessment.items.keep", fail)
    before = stored()["attempts"]

    assert ada.post("/quizzes/brewing/start").status_code == 500
    assert stored()["attempts"] == before == []


def test_a_form_that_is_too_large_is_refused_with_a_page(in_service: Flask, ada: Browser) -> None:
    answer = ada.post("/certificate", {"name": "x" * 1_100_000})

    assert answer.status_code == 413
    assert "That is too much at once" in answer.text
