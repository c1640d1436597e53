"""Guesses made at the same moment are all counted, on both databases."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.extensions import db, limiter
from config import Settings
from tests.conftest import SAMPLE_COURSE

MakeApp = Callable[[str], Flask]


@pytest.fixture
def app_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeApp]:
    made: list[Flask] = []

    def app_on(database: str) -> Flask:
        app = create_app(Settings(data=tmp_path, course=SAMPLE_COURSE, database=database, secret_key="k" * 40))
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        monkeypatch.setattr(limiter, "enabled", False)
        with app.app_context():
            db.create_all()
        made.append(app)
        return app

    yield app_on
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def answers(app: Flask) -> Counter[int]:
    def guess(number: int) -> int:
        typed = {"email": "ada@example.org", "password": f"guess number {number}"}
        return Context().run(lambda: app.test_client().post("/login", data=typed).status_code)

    with ThreadPoolExecutor(12) as threads:
        return Counter(threads.map(guess, range(24)))


def test_on_sqlite(app_on: MakeApp, tmp_path: Path) -> None:
    assert answers(app_on(f"sqlite:///{tmp_path / 'test.sqlite3'}")) == {422: 5, 429: 19}


@pytest.mark.postgres
def test_on_postgresql(app_on: MakeApp, postgres_url: str) -> None:
    assert answers(app_on(postgres_url)) == {422: 5, 429: 19}
