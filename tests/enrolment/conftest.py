"""Two institutes, browsers of their people, and what lies in the outbox."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.extensions import db, limiter
from app.mail.models import Letter
from tests.conftest import START, Browser, Clock, Member
from tests.groups import Group, group

LINK = re.compile(r"http://course\.test(/invitations/\S+)")

As = Callable[[Member], Browser]


@pytest.fixture(autouse=True)
def unlimited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flask-Limiter counts across tests: off, but where it is what a test is about."""
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture(autouse=True)
def address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters go out, and have a public address in them."""
    changed = replace(app.config["SETTINGS"], url="http://course.test", mail_server="mail.test")
    monkeypatch.setitem(app.config, "SETTINGS", changed)


@pytest.fixture
def linden(app: Flask, time: Clock) -> Group:
    return group("Linden", ("Bo", "Bea", "Ada"), now=START)


@pytest.fixture
def cedar(app: Flask, time: Clock) -> Group:
    return group("Cedar", ("Cleo", "Cy", "Dan"), now=START)


@pytest.fixture
def browser(app: Flask) -> As:
    return lambda member: Browser(app, member)


@pytest.fixture
def bo(linden: Group, browser: As) -> Browser:
    """Linden's administrator."""
    return browser(linden.administrator)


def letters(kind: str = "invitation") -> list[Letter]:
    """Those of one kind, in the order of writing."""
    db.session.expire_all()
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def link_in(letter: Letter) -> str:
    """The path of the link in an invitation."""
    found = LINK.search(letter.body)
    assert found is not None
    return found[1]


def acts() -> list[tuple[str, str, object, object]]:
    """(act, subject, actor, about whom) of every entry."""
    db.session.expire_all()
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.act, row.subject, row.actor_id, row.person_id) for row in rows]
