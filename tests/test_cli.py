"""The command line as people meet it: in processes of its own, on the sample course."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from app.cli import cli
from config import PREFIX, ROOT
from tests import commands

pytestmark = pytest.mark.slow

SAMPLE_COURSE = ROOT / "tests" / "sample_course"
IMRS = [sys.executable, "-P", "-m", "app.cli"]
Done = subprocess.CompletedProcess[str]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Nothing of the settings that whoever runs the tests may have."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**kept, "IMRS_DATA": str(tmp_path / "data"), "IMRS_COURSE": str(SAMPLE_COURSE), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with tables and an administrator, made once and copied."""
    data = tmp_path_factory.mktemp("upgraded")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environ = {**kept, "IMRS_DATA": str(data), "IMRS_COURSE": str(SAMPLE_COURSE), "PYTHONPATH": str(ROOT)}
    assert imrs(environ, "db", "upgrade").stdout.endswith(", the newest.\n")
    made = imrs(environ, "create-admin", "--name", "Bea", "--email", "bea@example.org", typed="four brown boots\n" * 2)
    assert made.stdout.endswith("bea@example.org may sign in and administer the site.\n"), made.stderr
    return data


@pytest.fixture
def ready(environ: dict[str, str], upgraded: Path) -> dict[str, str]:
    """Settings with a database behind them."""
    shutil.copytree(upgraded, environ["IMRS_DATA"])
    return environ


def imrs(environ: Mapping[str, str], *arguments: str, typed: str = "", **variables: str) -> Done:
    done = commands.imrs({**environ, **variables}, *arguments, typed=typed)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Served:
    """A running `imrs serve`, and what it has printed."""

    def __init__(self, process: "subprocess.Popen[str]", output: Path, port: int) -> None:
        self.process = process
        self.output = output
        self.address = f"http://127.0.0.1:{port}"

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def get(self, path: str) -> tuple[int, str]:
        with urlopen(self.address + path, timeout=30) as response:
            return response.status, response.read().decode()

    def wait_until_ready(self) -> None:
        end = time.monotonic() + 120  # filling the demo takes a while
        while time.monotonic() < end and self.process.poll() is None:
            try:
                self.get("/healthz")
            except OSError:  # nobody answers yet, or only after the demo is filled
                time.sleep(0.05)
            else:
                return
        pytest.fail(f"The course did not start.\n{self.said()}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@contextmanager
def serving(environ: Mapping[str, str], output: Path, *command: str, **variables: str) -> Iterator[Served]:
    port = free_port()
    with output.open("w", encoding="utf-8") as file:
        served = Served(
            _start(command or ("serve",), {**environ, **variables, "IMRS_PORT": str(port)}, file), output, port
        )
        try:
            served.wait_until_ready()
            yield served
        finally:
            if served.process.poll() is None:
                served.stop()


def _start(command: tuple[str, ...], environ: Mapping[str, str], output: IO[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen([*IMRS, *command], env=environ, stdout=output, stderr=output, text=True, cwd="/")


def test_help_documents_every_command() -> None:
    runner = CliRunner()
    shown = runner.invoke(cli, ["--help"], prog_name="imrs").output

    commands = re.findall(r"^  ([a-z][a-z-]+) +[A-Z]", shown.split("Commands:")[1], re.MULTILINE)
    assert commands == ["check", "create-admin", "db", "demo", "invite", "serve", "worker"]
    for command in commands:
        page = runner.invoke(cli, [command, "--help"], prog_name="imrs")
        assert page.exit_code == 0
        assert page.output.startswith(f"Usage: imrs {command} ")


@pytest.mark.parametrize(
    ("arguments", "variables", "sentence"),
    [
        (["serve"], {"IMRS_PORT": "eighty"}, "IMRS_PORT is “eighty”: give a whole number from 1 to 65535.\n"),
        (["worker"], {"IMRS_PORTS": "80"}, "IMRS_PORTS is not a setting: did you mean IMRS_PORT?\n"),
        (["serve"], {"IMRS_DATA": "/proc/nowhere"}, "IMRS_DATA is /proc/nowhere, which cannot be written to ("),
        (["serve"], {"IMRS_HOST": "192.0.2.1"}, "IMRS_HOST is “192.0.2.1”, which is no address of this machine: "),
        (["worker", "--once"], {}, "The database is not at this version's tables: run `imrs db upgrade`, "),
        (["db", "upgrade", "nonsense"], {}, "The database cannot be brought to where this version needs it: "),
        (
            ["serve"],
            {"IMRS_DATABASE": "postgresql://imrs:hunter2@127.0.0.1:1/imrs", "IMRS_PORT": "0"},
            "IMRS_PORT is “0”: ",
        ),
        (
            ["db", "current"],
            {"IMRS_DATABASE": "postgresql://imrs:hunter2@127.0.0.1:1/imrs"},
            "The database cannot be used (IMRS_DATABASE): connection failed: ",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    environ: dict[str, str], arguments: list[str], variables: dict[str, str], sentence: str
) -> None:
    done = imrs(environ, *arguments, **variables)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr


def test_serve_says_that_the_port_is_taken(environ: dict[str, str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = imrs(environ, "serve", IMRS_PORT=str(port))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} on 127.0.0.1 is taken, perhaps by a course that runs already: ")
    assert not (tmp_path / "data" / "imrs.sqlite3").exists()


def test_a_faulty_course_never_starts(environ: dict[str, str], tmp_path: Path) -> None:
    course = shutil.copytree(SAMPLE_COURSE, tmp_path / "course")
    with (course / "course" / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("unheard_of: 1\n")
    (course / "course" / "glossary.yaml").unlink()

    checked = imrs(environ, "check", IMRS_COURSE=str(course))
    served = imrs(environ, "serve", IMRS_COURSE=str(course), IMRS_PORT=str(free_port()))

    assert (checked.returncode, served.returncode) == (1, 1)
    for said in (checked.stdout, served.stderr):
        assert re.search(r"^course/course\.yaml:\d+: ", said, re.MULTILINE)
        assert re.search(r"^course/glossary\.yaml:1: ", said, re.MULTILINE)
    assert not (tmp_path / "data" / "imrs.sqlite3").exists()


def test_check_needs_no_data_folder_and_writes_schemas(environ: dict[str, str], tmp_path: Path) -> None:
    done = imrs(environ, "check", "--schema", str(tmp_path / "schemas"), IMRS_DATA="/proc/nowhere")

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "schemas" / "course.schema.json").exists()


def test_strict_check_writes_its_report_where_it_is_told(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    pages = str(tmp_path / "pages")
    strict = imrs(environ, "check", "--strict", "--write", pages, IMRS_COURSE=str(SAMPLE_COURSE))
    lax = imrs(environ, "check", "--write", pages)
    nowhere = imrs(environ, "check", "--strict", "--write", str(tmp_path / "file"), IMRS_COURSE=str(SAMPLE_COURSE))

    assert (strict.returncode, strict.stderr) == (1, "")
    assert (tmp_path / "pages" / "check.md").read_text(encoding="utf-8").startswith("# The strict check\n")
    assert (lax.returncode, lax.stderr) == (1, "--write needs --strict: it writes what the strict check reports.\n")
    assert nowhere.returncode == 1
    assert nowhere.stderr.startswith(f"The report cannot be written to {tmp_path / 'file'}: ")


def test_serve_opens_the_course_and_stops_cleanly(environ: dict[str, str], tmp_path: Path) -> None:
    with serving(environ, tmp_path / "log") as served:
        status, _ = served.get("/healthz")
        link = re.search(rf"^  {served.address}(/first-administrator/\S+)$", served.said(), re.MULTILINE)
        assert link is not None
        assert status == 200
        assert served.get(link[1])[0] == 200
        assert served.said().startswith(f"The course is open at {served.address}  (Ctrl+C ends it)\n")
        assert f"Letters go to files in {tmp_path / 'data' / 'mail'} until" in served.said()
        assert served.stop() == 0
    assert "Error" not in served.said()
    assert "WARNING" not in served.said()


def test_serve_prints_no_link_once_there_is_an_administrator(ready: dict[str, str], tmp_path: Path) -> None:
    with serving(ready, tmp_path / "log", IMRS_URL="https://course.example.org") as served:
        assert "first-administrator" not in served.said()
        assert served.said().startswith("The course is open at https://course.example.org")


def test_serve_sends_letters(ready: dict[str, str], tmp_path: Path) -> None:
    invited = imrs(ready, "invite", "ada@example.org")
    assert re.fullmatch(r"ada@example\.org  http://127\.0\.0\.1:8000/register/\S+\n", invited.stdout), invited.stderr

    with serving(ready, tmp_path / "log"):
        end = time.monotonic() + 15
        while not list((tmp_path / "data" / "mail").glob("*.eml")):
            assert time.monotonic() < end, "No letter was written."
            time.sleep(0.1)


def test_worker_sends_what_is_due_once(ready: dict[str, str], tmp_path: Path) -> None:
    imrs(ready, "invite", "ada@example.org", "cy@example.org", "bea@example.org")

    first, second = imrs(ready, "worker", "--once"), imrs(ready, "worker", "--once")

    assert first.stdout == "2 sent, 0 delayed, 0 given up.\n"
    assert second.stdout == "0 sent, 0 delayed, 0 given up.\n"
    assert len(list((tmp_path / "data" / "mail").glob("*.eml"))) == 2


def test_invite_names_a_wrong_address_and_invites_nobody(ready: dict[str, str], tmp_path: Path) -> None:
    done = imrs(ready, "invite", "ada@example.org", "nonsense")

    assert (done.returncode, done.stderr) == (1, "“nonsense” is not an e-mail address; nobody has been invited.\n")
    with sqlite3.connect(tmp_path / "data" / "imrs.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM letters").fetchone() == (0,)


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("nonsense", "four brown boots", r".+\n"),
        ("ada@example.org", "short", r".+\n"),
        ("bea@example.org", "four brown boots", r"There is an account with the address bea@example\.org already\.\n"),
    ],
)
def test_create_admin_refuses_in_a_sentence(ready: dict[str, str], email: str, password: str, sentence: str) -> None:
    done = imrs(ready, "create-admin", "--name", "Ada", "--email", email, "--password", password)

    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(sentence, done.stderr)


def test_db_goes_down_and_up_again(environ: dict[str, str]) -> None:
    before = imrs(environ, "db", "current").stdout
    up = imrs(environ, "db", "upgrade").stdout
    down = imrs(environ, "db", "downgrade", "base").stdout

    assert before == down
    assert before.startswith("The tables are at nothing; the newest is ")
    assert up.endswith(", the newest.\n")


def test_demo_is_an_instance_of_its_own(environ: dict[str, str], tmp_path: Path) -> None:
    """On the shipped course, which is what it shows."""
    del environ["IMRS_COURSE"]
    command = ("demo", "--small", "--data", str(tmp_path / "demo"))
    with serving(environ, tmp_path / "log", *command, IMRS_MAIL_SERVER="mail.example.org") as served:
        first = served.said()
    with serving(environ, tmp_path / "log", *command) as served:
        again = served.said()

    account = re.compile(r"^  (\S+@\S*example\.org)  (\S+)  \(.+\)$", re.MULTILINE)
    accounts = account.findall(first)
    assert len(accounts) >= 10
    assert accounts == account.findall(again)
    assert ("Linden Institute, Tuesday group" in first, "Linden Institute, Tuesday group" in again) == (True, False)
    assert not (tmp_path / "data").exists()
