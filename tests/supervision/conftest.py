"""Linden: Lea administers, Bo supervises, Ada learns, due a month after the start. And Cedar, equally full."""

from datetime import date

import pytest
from flask import Flask

from tests.conftest import START, Browser, Clock
from tests.groups import Group, group


@pytest.fixture
def linden(app: Flask, time: Clock) -> Group:
    return group("Linden", ("Lea", "Bo", "Ada"), now=START, due_on=date(2027, 4, 1))


@pytest.fixture
def cedar(app: Flask, time: Clock) -> Group:
    return group("Cedar", ("Cleo", "Cy", "Dan"), now=START, due_on=date(2027, 4, 1))


@pytest.fixture
def bo(app: Flask, linden: Group) -> Browser:
    return Browser(app, linden.supervisor)


@pytest.fixture
def lea(app: Flask, linden: Group) -> Browser:
    return Browser(app, linden.administrator)
