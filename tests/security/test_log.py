"""What is written down about a fault names no person and opens no door."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import engine_options
from app.errors import InvalidSettings
from app.extensions import db
from config import DEFAULTS, Settings
from tests.conftest import Browser


def test_a_fault_of_the_database_does_not_say_what_was_stored(app: Flask) -> None:
    with pytest.raises(OperationalError) as fault:
        db.session.execute(text("SELECT :typed FROM nowhere"), {"typed": "ada@example.org"})

    assert "nowhere" in str(fault.value)
    assert "ada@example.org" not in str(fault.value)


@pytest.mark.parametrize("database", ["sqlite:////tmp/x", "postgresql+psycopg://host/x"])
def test_that_holds_for_either_database(database: str) -> None:
    assert engine_options(database)["hide_parameters"] is True


@pytest.mark.parametrize("path", ["/reset/the-secret", "/email/the-secret", "/register/the-secret"])
def test_a_fault_behind_a_one_time_link_does_not_say_the_link(
    app: Flask, stranger: Browser, path: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("app.accounts.queries.link", fail)

    assert stranger.get(path).status_code == 500
    assert path.replace("the-secret", "<token>") in caplog.text
    assert "the-secret" not in caplog.text


def test_a_wrong_address_of_the_limiter_is_not_repeated() -> None:
    assert "IMRS_LIMITER" in DEFAULTS
    with pytest.raises(InvalidSettings) as fault:
        Settings.from_environ({"IMRS_LIMITER": "redis:/:hunter2@host", "IMRS_DATA": "/dev/null/no-folder"})

    assert "IMRS_LIMITER" in fault.value.message
    assert "hunter2" not in fault.value.message
