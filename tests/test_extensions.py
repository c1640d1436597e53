"""Moments in UTC, and SQLite's transactions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask, g
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError

from app import create_app
from app.accounts.models import Identity, Person
from app.extensions import db
from config import Settings
from tests.conftest import SAMPLE_COURSE, START, Browser
from tests.statements import everything

LATE = datetime(2027, 3, 28, 3, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a fresh database of either kind."""
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}" if on_sqlite else request.getfixturevalue("postgres_url")
    app = create_app(Settings(data=tmp_path, course=SAMPLE_COURSE, database=url, secret_key="k" * 40))
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_a_moment_comes_back_aware_in_utc(either: Flask) -> None:
    id = uuid4()
    db.session.add(Person(id=id, created_at=LATE))
    db.session.commit()
    db.session.expire_all()

    found = db.session.get_one(Person, id).created_at

    assert (found, found.utcoffset(), found.isoformat()) == (LATE, timedelta(0), "2027-03-28T01:30:00.123456+00:00")


def test_moments_of_different_zones_compare_as_moments(either: Flask) -> None:
    early, late = uuid4(), uuid4()
    db.session.add_all([Person(id=early, created_at=LATE - timedelta(seconds=1)), Person(id=late, created_at=LATE)])
    db.session.commit()

    found = db.session.scalars(select(Person.id).where(Person.created_at >= LATE.astimezone(UTC))).all()

    assert found == [late]


def test_a_moment_without_a_zone_is_refused(either: Flask) -> None:
    db.session.add(Person(created_at=datetime(2027, 3, 1)))

    with pytest.raises(StatementError, match="without a zone"):
        db.session.flush()

    db.session.rollback()
    with pytest.raises(StatementError, match="without a zone"):
        db.session.scalars(select(Person).where(Person.created_at > datetime(2027, 3, 1))).all()


def test_references_hold(either: Flask) -> None:
    db.session.add(
        Identity(
            person_id=uuid4(),
            name="Nobody",
            email="n@example.org",
            email_key="n@example.org",
            password_hash="x",
            created_at=START,
            changed_at=START,
        )
    )

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_every_sqlite_connection_follows_the_rules(app: Flask) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    connection = db.session.connection()

    found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas}

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


def begins(said: list[str]) -> set[str]:
    return {one for one in said if one.startswith("BEGIN")}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_read_takes_no_write_lock(app: Flask, ada: Browser, method: str) -> None:
    with everything(db.engine) as said:
        assert ada.get("/course", method=method).status_code == 200

    assert begins(said) == {"BEGIN"}


def test_a_write_takes_its_lock_before_it_reads(app: Flask, ada: Browser) -> None:
    with everything(db.engine) as said:
        assert ada.post("/modules/brewing/water").status_code == 303

    assert begins(said) == {"BEGIN IMMEDIATE"}


def test_a_command_takes_its_lock_first(app: Flask) -> None:
    db.session.commit()
    with everything(db.engine) as said:
        db.session.scalars(select(Person)).all()

    assert begins(said) == {"BEGIN IMMEDIATE"}


def test_a_read_that_leaves_an_audit_entry_takes_its_lock_first(app: Flask) -> None:
    other = create_app(replace(app.config["SETTINGS"]))
    with other.test_request_context("/course"):
        g.writes_audit = True
        with everything(db.engine) as said:
            db.session.scalars(select(Person)).all()
        db.session.remove()

    assert begins(said) == {"BEGIN IMMEDIATE"}
