from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import access
from app.extensions import limiter
from tests.accounts.conftest import Browser

PUBLIC = {
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.register",
    "accounts.register_by_link",
    "accounts.first_administrator",
    "accounts.reset",
    "accounts.reset_by_link",
    "accounts.confirm_email",
}
ADMINISTRATORS = {"accounts.invitations", "accounts.withdraw_invitation"}


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and a filled-in path of every route of this feature."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("accounts."):
            methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            path = app.url_map.bind("course.test").build(rule.endpoint, dict.fromkeys(rule.arguments, 1), methods[0])
            for method in methods:
                yield rule.endpoint, method, path


def test_every_route_has_the_rule_it_should(app: Flask) -> None:
    for endpoint, _method, _path in routes(app):
        expected = (
            access.public
            if endpoint in PUBLIC
            else access.administrator
            if endpoint in ADMINISTRATORS
            else access.signed_in
        )
        assert access.rule_of(app, endpoint) is expected, endpoint


def test_whoever_is_not_signed_in_is_sent_to_sign_in(app: Flask, browser: Callable[[], Browser]) -> None:
    for endpoint, method, path in list(routes(app)):
        if endpoint not in PUBLIC:
            answer = browser().get(path) if method == "GET" else browser().post(path)
            assert answer.status_code == 302, endpoint
            assert answer.location.startswith("/login?next="), endpoint


@pytest.mark.parametrize("path", ["/login", "/register", "/reset", "/account/password", "/admin/invitations"])
def test_no_form_is_accepted_without_its_csrf_token(
    app: Flask, browser: Callable[[], Browser], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert browser().post(path, email="ada@example.org", password="grey heron under lamps").status_code == 400


@pytest.mark.parametrize("path", ["/login", "/register", "/reset", "/reset/x", "/register/x", "/email/x"])
def test_one_address_cannot_post_without_end(
    browser: Callable[[], Browser], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    here = browser()

    answers = [here.post(path).status_code for _number in range(61)]

    assert answers[-1] == 429
    assert here.get(path).status_code != 429
    limiter.reset()
