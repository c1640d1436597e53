from collections.abc import Callable

import pytest

from app.accounts import queries, services
from app.errors import Refused
from app.extensions import db
from tests.accounts.conftest import PASSWORDS, Browser, Clock, Join

NewBrowser = Callable[[], Browser]


def make(here: Browser, token: str | None, name: str = "bea") -> int:
    return here.post(
        f"/first-administrator/{token}",
        name=f"{name.title()} Example",
        email=f"{name}@example.org",
        password=PASSWORDS[name],
    ).status_code


def test_the_link_makes_an_administrator_once(browser: NewBrowser, time: Clock) -> None:
    here = browser()
    token = services.first_administrator_token(time())

    first, second = make(here, token), make(browser(), token, "cy")

    assert (first, second) == (303, 410)
    assert here.get("/admin/invitations").status_code == 200
    assert queries.person_id_of("cy@example.org") is None


def test_each_start_replaces_the_link(browser: NewBrowser, time: Clock) -> None:
    old, new = services.first_administrator_token(time()), services.first_administrator_token(time())

    assert make(browser(), old) == 404
    assert make(browser(), new) == 303


def test_there_is_no_link_once_there_is_an_administrator(browser: NewBrowser, join: Join, time: Clock) -> None:
    left_over = services.first_administrator_token(time())
    join("bea", administrator=True)

    assert services.first_administrator_token(time()) is None
    assert make(browser(), left_over, "cy") == 410


def test_a_taken_address_does_not_use_the_link_up(browser: NewBrowser, join: Join, time: Clock) -> None:
    join("cy")
    token = services.first_administrator_token(time())

    assert make(browser(), token, "cy") == 422
    assert make(browser(), token) == 303


def test_the_command_line_makes_an_administrator(join: Join, time: Clock) -> None:
    person_id = services.create_administrator(
        name=" Bea  Example", email="bea@example.org", password=PASSWORDS["bea"], now=time()
    )
    db.session.commit()

    assert queries.profile(person_id).administrator
    assert queries.profile(person_id).name == "Bea Example"


@pytest.mark.parametrize(
    "given",
    [
        {"name": "", "email": "bea@example.org", "password": PASSWORDS["bea"]},
        {"name": "Bea", "email": "bea", "password": PASSWORDS["bea"]},
        {"name": "Bea", "email": "bea@example.org", "password": "short"},
    ],
)
def test_the_command_line_is_told_what_is_wrong(time: Clock, join: Join, given: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"\w+ .*\.$"):
        services.create_administrator(**given, now=time())
