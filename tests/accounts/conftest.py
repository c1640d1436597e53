"""The cast with their passwords, browsers that sign in by the form, and what lies in the outbox."""

import re
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import services
from app.extensions import db, limiter
from app.mail.models import Letter
from tests.conftest import START, Clock

__all__ = ["START", "Browser", "Clock", "Configure", "Join", "Member", "Post"]

PASSWORDS = {"ada": "grey heron under lamps", "bea": "four brown boots walking", "cy": "purple lake in autumn"}
LINK = re.compile(r"http://course\.test(/\S+)")
ONE_TIME = re.compile(r"/(register|reset|email)/.")


class Configure(Protocol):
    def __call__(self, **changes: object) -> None: ...


@pytest.fixture(autouse=True)
def unlimited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flask-Limiter counts across tests: off, but where it is what a test is about."""
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture(autouse=True)
def configure(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Change settings for one test. Every test has the public address that LINK looks for."""

    def configure(**changes: object) -> None:
        changed = replace(app.config["SETTINGS"], **changes)
        monkeypatch.setitem(app.config, "SETTINGS", changed)

    configure(url="http://course.test")
    return configure


@dataclass(frozen=True)
class Member:
    """One of the cast, with what a test needs to act as them."""

    person_id: UUID
    name: str
    email: str
    password: str


class Join(Protocol):
    def __call__(self, name: str, *, administrator: bool = False) -> Member: ...


@pytest.fixture
def join(app: Flask, time: Clock) -> Join:
    """Give one of the cast an account."""

    def join(name: str, *, administrator: bool = False) -> Member:
        member = Member(UUID(int=0), f"{name.title()} Example", f"{name}@example.org", PASSWORDS[name])
        person_id = services.create_account(
            name=member.name, email=member.email, password=member.password, now=time(), administrator=administrator
        )
        db.session.commit()
        return replace(member, person_id=person_id)

    return join


class Browser:
    """A client of its own, with the few steps that many tests share."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str) -> TestResponse:
        return self._apart(lambda: self.client.get(path))

    def post(self, path: str, **fields: str) -> TestResponse:
        return self._apart(lambda: self.client.post(path, data=fields))

    @staticmethod
    def _apart(visit: Callable[[], TestResponse]) -> TestResponse:
        """Outside the test's own application context, as every real request is."""
        db.session.commit()
        return Context().run(visit)

    def sign_in(self, member: Member, path: str = "/login") -> TestResponse:
        return self.post(path, email=member.email, password=member.password)

    @property
    def is_in(self) -> bool:
        return self.get("/account").status_code == 200


@pytest.fixture
def browser(app: Flask, time: Clock) -> Callable[[], Browser]:
    return lambda: Browser(app)


@dataclass(frozen=True)
class Post:
    """What lies in the outbox."""

    def all(self) -> list[tuple[str, str]]:
        return [(letter.recipient, letter.subject) for letter in db.session.scalars(select(Letter).order_by(Letter.id))]

    def links(self) -> list[str]:
        """The one-time links in the letters, the latest first, as paths."""
        bodies = db.session.scalars(select(Letter.body).order_by(Letter.id.desc()))
        found = [match[1] for body in bodies for match in LINK.finditer(body)]
        return [link for link in found if ONE_TIME.match(link)]

    def link(self) -> str:
        """The latest of them."""
        return self.links()[0]


@pytest.fixture
def post(app: Flask) -> Post:
    return Post()
