"""A pytest plugin (see pyproject.toml): what tools/provision.py got, as fixtures. What is missing skips a test with the
reason named; with CI=true it fails, and so does the whole run if anything at all was skipped."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests import chromium, page_checks, postgres

IN_CI = os.environ.get("CI", "").lower() == "true"


def without(what: str) -> NoReturn:
    reason = f"{what} is missing: `make test` gets it, or says why it cannot"
    if IN_CI:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A running PostgreSQL server, one for each process that runs tests."""
    programs = postgres.find()
    if programs is None:
        without("PostgreSQL")
    with postgres.running(programs) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of an empty PostgreSQL database, for this test alone."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Chromium's program. Start it with `tests.chromium.arguments()`."""
    return chromium.find() or without("Chromium")


@pytest.fixture(scope="session")
def fallback_fonts() -> None:
    """Faces to stand in until the course's own arrive, as every desktop has them."""
    if not chromium.has_fallback_fonts():
        without("a font such as Liberation Serif")


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core, to be evaluated in a page."""
    if not page_checks.AXE.exists():
        without("axe-core")
    return page_checks.AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu_command() -> list[str]:
    """The HTML checker; append options and files."""
    java = page_checks.java() or without("Java")
    if not page_checks.VNU.exists():
        without("vnu")
    return [str(java), "-jar", str(page_checks.VNU)]


@pytest.fixture(scope="session")
def spelling_command() -> list[str]:
    """The spelling checker; append options."""
    node = page_checks.node() or without("Node.js 20 or newer")
    if not page_checks.CSPELL.exists():
        without("cspell")
    return [str(node), str(page_checks.CSPELL)]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if IN_CI and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if IN_CI and _skipped(config):
        terminalreporter.write_line("CI is true, so a skipped test counts as a failure.", red=True)


def _skipped(config: pytest.Config) -> bool:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter is not None and bool(reporter.stats.get("skipped"))
