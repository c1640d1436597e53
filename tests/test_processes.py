"""Each test runs the processes inside a process of its own, as `imrs serve` does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config import ROOT

pytestmark = pytest.mark.slow

SCRIPT = """
import os, pathlib, sys, time
from app import processes
processes.FIRST_WAIT, processes.PATIENCE = 0.05, 1.0
folder = pathlib.Path(sys.argv[1])

def note(name):
    with (folder / name).open("a") as file:
        file.write(f"{os.getpid()}\\n")

def main():
    note("main")
    MAIN

def helper():
    note("helper")
    HELPER

sys.exit(processes.Processes(main, {"The helper": helper}).run())
"""


def start(folder: Path, main: str, helper: str = "time.sleep(60)") -> "subprocess.Popen[str]":
    script = SCRIPT.replace("MAIN", main).replace("HELPER", helper)
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True
    )


def pids(folder: Path, name: str) -> list[int]:
    file = folder / name
    return [int(line) for line in file.read_text(encoding="ascii").split()] if file.exists() else []


def wait_until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_main_process_decides_the_status_and_ends_the_rest(tmp_path: Path) -> None:
    process = start(tmp_path, "time.sleep(0.3); sys.exit(3)")

    assert process.wait(15) == 3

    assert len(pids(tmp_path, "helper")) == 1
    assert not is_alive(pids(tmp_path, "helper")[0])


def test_a_helper_that_ends_is_started_again(tmp_path: Path) -> None:
    process = start(tmp_path, "time.sleep(60)")
    wait_until(lambda: len(pids(tmp_path, "helper")) == 1)

    os.kill(pids(tmp_path, "helper")[0], signal.SIGKILL)
    wait_until(lambda: len(pids(tmp_path, "helper")) == 2)
    process.terminate()
    _, said = process.communicate(timeout=15)

    assert len(pids(tmp_path, "main")) == 1
    assert said.startswith("The helper ended (status -9) and starts again in ")


def test_a_helper_that_fails_at_once_does_not_stop_the_main_process(tmp_path: Path) -> None:
    process = start(tmp_path, "time.sleep(1); sys.exit(0)", helper="raise ValueError('broken')")

    _, said = process.communicate(timeout=15)

    assert process.returncode == 0
    assert "ValueError: broken" in said
    assert 2 <= len(pids(tmp_path, "helper")) <= 10


def test_stopping_stops_all(tmp_path: Path) -> None:
    process = start(tmp_path, "time.sleep(60)")
    wait_until(lambda: bool(pids(tmp_path, "main") and pids(tmp_path, "helper")))

    process.terminate()
    process.communicate(timeout=15)

    assert not any(map(is_alive, pids(tmp_path, "main") + pids(tmp_path, "helper")))


def test_a_process_that_does_not_stop_is_ended(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); note('deaf'); time.sleep(60)"
    process = start(tmp_path, "time.sleep(60)", helper=deaf)
    wait_until(lambda: bool(pids(tmp_path, "deaf")))

    process.terminate()
    process.communicate(timeout=15)

    assert not is_alive(pids(tmp_path, "deaf")[0])


def test_nothing_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    process = start(tmp_path, "time.sleep(60)")
    wait_until(lambda: bool(pids(tmp_path, "main") and pids(tmp_path, "helper")))

    process.kill()
    process.communicate(timeout=15)

    wait_until(lambda: not any(map(is_alive, pids(tmp_path, "main") + pids(tmp_path, "helper"))))
