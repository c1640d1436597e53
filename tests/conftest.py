"""The application on the sample course, an empty database for every test, and the cast.

Ada learns, Bea supervises, Cy is an outsider with as much of his own.
"""

import re
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from werkzeug.test import TestResponse

from app import clock, create_app
from app.accounts import hashing, sign_ins
from app.accounts import services as accounts
from app.content import current_course
from app.content.records import Course
from app.extensions import Base, db
from config import Settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
"""No test asks how long anything takes."""
settings.register_profile("quick", deadline=None, max_examples=20)
"""For make test-fast."""

SHIPPED_HASH = hashing.NOBODYS_HASH
hashing.HASHER = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1)
hashing.NOBODYS_HASH = hashing.HASHER.hash("The password of somebody who is not there.")
"""Quick: hundreds of tests give people accounts."""

SAMPLE_COURSE = Path(__file__).parent / "sample_course"
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
LONG = ("browser", "slow", "postgres")
START = datetime(2027, 3, 1, 22, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    moment: datetime = START

    def __call__(self) -> datetime:
        return self.moment

    def pass_time(self, **parts: float) -> datetime:
        self.moment += timedelta(**parts)
        return self.moment


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long first, so that at the end nobody waits for one that has just begun."""
    long = {item.path for item in items if any(item.get_closest_marker(mark) for mark in LONG)}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stands = Clock()
    monkeypatch.setattr(clock, "now", stands)
    return stands


@pytest.fixture(scope="session")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all tests of a process: reading a course takes longer than emptying a database."""
    data = tmp_path_factory.mktemp("data")
    settings = Settings(
        data=data, course=SAMPLE_COURSE, database=f"sqlite:///{data / 'test.sqlite3'}", secret_key="k" * 40
    )
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def app(sample_app: Flask, time: Clock) -> Iterator[Flask]:
    with sample_app.app_context():
        yield sample_app
        db.session.remove()
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        db.session.remove()


@pytest.fixture
def course(app: Flask) -> Course:
    return current_course()


def without_tokens(page: TestResponse) -> str:
    """The page, but for what changes with the second: its tokens against forged forms."""
    return TOKEN.sub("", page.text)


@dataclass(frozen=True)
class Member:
    """One of the cast."""

    person_id: UUID
    name: str
    email: str


class Browser:
    """A client that acts as one of the cast, or as a stranger."""

    def __init__(self, app: Flask, member: Member | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        self.member = member
        if member is not None:
            token = sign_ins.start(member.person_id, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", clock.now())
            db.session.commit()
            with self.client.session_transaction() as cookie:
                cookie["_user_id"] = token

    @property
    def person_id(self) -> UUID:
        assert self.member is not None, "A stranger has no id."
        return self.member.person_id

    def get(self, path: str, **options: object) -> TestResponse:
        return self._apart(lambda: self.client.get(path, **options))

    def post(self, path: str, data: dict[str, object] | None = None, **options: object) -> TestResponse:
        return self._apart(lambda: self.client.post(path, data=data, **options))

    @staticmethod
    def _apart(visit: Callable[[], TestResponse]) -> TestResponse:
        """Outside the test's own application context, as every real request is."""
        db.session.commit()
        db.session.expire_all()
        return Context().run(visit)


@pytest.fixture
def join(app: Flask, time: Clock) -> Callable[..., Member]:
    """Give somebody an account."""

    def join(name: str, *, administrator: bool = False) -> Member:
        email = f"{name.lower()}@example.org"
        person_id = accounts.create_account(
            name=name, email=email, password="four brown boots walking", now=time(), administrator=administrator
        )
        db.session.commit()
        return Member(person_id, name, email)

    return join


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def ada(app: Flask, join: Callable[..., Member]) -> Browser:
    return Browser(app, join("Ada"))


@pytest.fixture
def bea(app: Flask, join: Callable[..., Member]) -> Browser:
    return Browser(app, join("Bea", administrator=True))


@pytest.fixture
def cy(app: Flask, join: Callable[..., Member]) -> Browser:
    return Browser(app, join("Cy"))
