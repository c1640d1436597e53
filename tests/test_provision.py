"""What is missing is named, skipped at home and a failure in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT
from tools import provision
from tools.provision import Need

SKIPS = """
import pytest

@pytest.fixture
def nothing_installed(monkeypatch):
    monkeypatch.setattr("tests.postgres.find", lambda: None)

def test_that_passes():
    pass

def test_that_needs_postgres(nothing_installed, request):
    request.getfixturevalue("postgres_url")
"""


def run_pytest(folder: Path, test: str, ci: str, *options: str) -> "subprocess.CompletedProcess[str]":
    (folder / "test_given.py").write_text(test, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p tests.provided -rs\n", encoding="utf-8")
    environ = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "test_given.py"]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_what_is_missing_is_skipped_by_name_and_fails_in_ci(tmp_path: Path, options: tuple[str, ...]) -> None:
    at_home = run_pytest(tmp_path, SKIPS, "", *options)
    in_ci = run_pytest(tmp_path, SKIPS, "true", *options)

    assert at_home.returncode == 0
    assert "PostgreSQL is missing: `make test` gets it, or says why it cannot" in at_home.stdout
    assert in_ci.returncode == 1
    assert "1 failed, 1 passed" in in_ci.stdout


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_any_skip_fails_in_ci(tmp_path: Path, options: tuple[str, ...]) -> None:
    skips = "import pytest\n\ndef test_that_skips():\n    pytest.skip('for a reason')\n"

    at_home = run_pytest(tmp_path, skips, "", *options)
    in_ci = run_pytest(tmp_path, skips, "true", *options)

    assert (at_home.returncode, in_ci.returncode) == (0, 1)
    assert "CI is true, so a skipped test counts as a failure." in in_ci.stdout


@pytest.mark.slow
def test_no_tests_at_all_fail(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, "", "true").returncode == 5


@pytest.mark.parametrize(("ci", "status", "verb"), [("true", 1, "fail"), ("", 0, "are skipped")])
def test_provision_names_what_it_could_not_get(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, status: int, verb: str
) -> None:
    monkeypatch.setenv("CI", ci)
    tried: list[str] = []

    def note(way: str) -> bool:
        tried.append(way)
        return True

    never = Need("A unicorn", lambda: False, (lambda: note("first"), lambda: note("second")))
    here = Need("A horse", lambda: True, (lambda: note("wrong"),))
    monkeypatch.setattr(provision, "NEEDS", (never, here))

    assert provision.main() == status

    assert tried == ["first", "second"]
    assert capsys.readouterr().err == f"Missing: A unicorn. Tests that need it {verb}.\n"
