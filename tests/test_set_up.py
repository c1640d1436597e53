"""Setting up, as far as it can be tested without the network."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from config import ROOT

SCRIPT = ROOT / "tools" / "set_up.py"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A project in which nothing has been set up."""
    folder = tmp_path / "with space"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(SCRIPT, folder / "tools")
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    return folder


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("set_up_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(folder: Path, code: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the script under a Python in which `code` has been run before."""
    start = f"import sys, runpy; {code}\nsys.argv = ['set_up.py', 'run']; runpy.run_path(sys.argv[0], None, '__main__')"
    start = start.replace("runpy.run_path(sys.argv[0]", f"runpy.run_path({str(folder / 'tools' / 'set_up.py')!r}")
    return subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=False)


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 4))


def test_an_old_python_gets_a_sentence(copy: Path) -> None:
    done = run(copy, "sys.version_info = (3, 8, 10)")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("This is Python 3.8, and the course needs 3.11 or newer: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_module_gets_a_sentence(copy: Path, module: str) -> None:
    done = run(copy, f"sys.modules[{module!r}] = None")

    assert done.returncode == 1
    assert done.stderr.startswith(f"This Python comes without its {module} module, ")
    assert done.stderr.count("\n") == 1
    assert not (copy / ".venv").exists()


def test_a_folder_that_cannot_be_written_to_gets_a_sentence(copy: Path) -> None:
    done = run(copy, "import os; os.access = lambda *_: False")

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"Cannot write to the project's folder ({copy}): ")


@pytest.mark.slow
def test_a_failed_installation_gets_a_sentence_and_is_tried_again(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up = load(copy / "tools" / "set_up.py")
    (copy / "requirements" / "run.txt").write_text("nonesuch==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="ascii")
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    assert [set_up.main("run"), set_up.main("run")] == [1, 1]
    assert not (copy / ".venv" / "set-up-for-run").exists()


def test_a_changed_lock_file_or_place_is_noticed(copy: Path, tmp_path: Path) -> None:
    before = load(copy / "tools" / "set_up.py").fingerprint("run")
    moved = copy.rename(tmp_path / "moved")
    after_move = load(moved / "tools" / "set_up.py").fingerprint("run")
    with (moved / "requirements" / "run.txt").open("a", encoding="ascii") as lock:
        lock.write("# changed\n")

    assert len({before, after_move, load(moved / "tools" / "set_up.py").fingerprint("run")}) == 3


@pytest.mark.slow
def test_what_is_set_up_is_left_alone(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No network, no pip, no write: only the stamp is read."""
    for name in ("run.txt", "test.txt"):
        (copy / "requirements" / name).write_text("", encoding="ascii")
    set_up = load(copy / "tools" / "set_up.py")
    assert set_up.main("run") == 0
    monkeypatch.setattr(set_up.subprocess, "run", None)

    assert set_up.main("run") == 0

    command = copy / ".venv" / "bin" / "imrs"
    assert os.access(command, os.X_OK)


@pytest.mark.parametrize("name", ["run", "test", "postgres", "java", "node"])
def test_lock_files_hold_hashes_and_no_address(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="ascii").splitlines()

    pins = [index for index, line in enumerate(lines) if "==" in line]
    assert pins
    assert all("--hash=sha256:" in lines[index + 1] for index in pins)
    assert not [line for line in lines if "://" in line or line.startswith("-")]


def test_npm_lock_file_holds_hashes_and_no_address() -> None:
    text = (ROOT / "tests" / "browser" / "package-lock.json").read_text(encoding="ascii")

    assert {line.split()[0] for line in text.splitlines() if "://" in line} <= {'"url":'}  # whom to fund
    assert "resolved" not in text
    assert text.count('"integrity": "sha512-') == text.count('"version": "')


@pytest.mark.parametrize("target", ["run", "demo", "test", "test-fast", "lint", "screens", "bench"])
def test_every_target_sets_up_first(copy: Path, target: str) -> None:
    """Without any Python, each target says so in a sentence."""
    done = subprocess.run(
        ["make", target, "PYTHON=no-such-python"], cwd=copy, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert done.stderr.startswith("There is no no-such-python here: install Python 3.11 or newer.\n")
