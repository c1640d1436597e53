"""One Chromium for each process that runs tests, one instance of the sample course for it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from app.content import load_course
from app.content.records import Course
from tests.browser.browsing import Visitor, launched
from tests.browser.instance import SAMPLE_COURSE, Instance, running

Arrive = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    with launched(chromium_path) as started:
        yield started


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Whoever comes to it is new: many tests share it."""
    with running(tmp_path_factory.mktemp("instance") / "data", SAMPLE_COURSE) as started:
        yield started


@pytest.fixture(scope="session")
def tea() -> Course:
    """The sample course."""
    return load_course(SAMPLE_COURSE)


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Arrive]:
    """Open a browser on an instance. At the end none of them may have complained about anything."""
    visitors: list[Visitor] = []

    def arrive(instance: Instance, **options: Any) -> Visitor:
        visitors.append(Visitor(browser, instance, **options))
        return visitors[-1]

    yield arrive
    complaints = [complaint for visitor in visitors for complaint in visitor.watch.complaints]
    for visitor in visitors:
        visitor.close()
    assert complaints == []
