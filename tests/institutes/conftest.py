"""Two institutes, and a browser for each of their people."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.extensions import db
from tests.conftest import START, Browser, Clock, Member
from tests.groups import Group, group, seated


@pytest.fixture
def linden(app: Flask, time: Clock) -> Group:
    return group("Linden", ("Bea", "Ben", "Ada"), now=START)


@pytest.fixture
def cedar(app: Flask, time: Clock) -> Group:
    return group("Cedar", ("Cy", "Carl", "Dan"), now=START)


@pytest.fixture
def bea(app: Flask, linden: Group) -> Browser:
    """Linden's administrator."""
    return Browser(app, linden.administrator)


@pytest.fixture
def ben(app: Flask, linden: Group) -> Browser:
    """Linden's supervisor."""
    return Browser(app, linden.supervisor)


@pytest.fixture
def ada(app: Flask, linden: Group) -> Browser:
    """Linden's trainee."""
    return Browser(app, linden.trainee)


@pytest.fixture
def cy(app: Flask, cedar: Group) -> Browser:
    """Cedar's administrator."""
    return Browser(app, cedar.administrator)


@pytest.fixture
def carl(app: Flask, cedar: Group) -> Browser:
    """Cedar's supervisor."""
    return Browser(app, cedar.supervisor)


@pytest.fixture
def host(app: Flask, join: Callable[..., Member]) -> Browser:
    """Runs the site, and is on nobody's staff."""
    return Browser(app, join("Hana", administrator=True))


@pytest.fixture
def second(linden: Group) -> Member:
    """Linden's second administrator."""
    member = seated(linden.institute, "Bodil", "administrator", START)
    db.session.commit()
    return member
