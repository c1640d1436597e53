"""What the course writes, nobody else on the machine reads, whatever folder it was given."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli
from app.data_folder import close_database
from tests.conftest import SAMPLE_COURSE


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_database_in_a_folder_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    settings = cli._settings({"IMRS_DATA": str(tmp_path), "IMRS_COURSE": str(SAMPLE_COURSE)})
    with sqlite3.connect(settings.data / "imrs.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE results (name)")
        modes = {path.name: mode(path) for path in tmp_path.iterdir()}

    assert set(modes) == {"imrs.sqlite3", "imrs.sqlite3-shm", "imrs.sqlite3-wal", "secret_key"}
    assert set(modes.values()) == {0o600}


def test_an_older_database_that_stands_open_is_taken_back(tmp_path: Path) -> None:
    for name in ("imrs.sqlite3", "imrs.sqlite3-wal", "other"):
        (tmp_path / name).write_bytes(b"")
        (tmp_path / name).chmod(0o644)

    close_database(f"sqlite:///{tmp_path / 'imrs.sqlite3'}")

    assert {path.name: mode(path) for path in tmp_path.iterdir()} == {
        "imrs.sqlite3": 0o600,
        "imrs.sqlite3-wal": 0o600,
        "other": 0o644,
    }


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:////nowhere/at/all", "postgresql+psycopg://a:b@host/c"])
def test_a_database_that_is_no_file_here_is_left_alone(address: str) -> None:
    close_database(address)
