"""The database's tables, brought to where the migrations lead. Call inside an application context."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text

from app.extensions import db

ADVISORY_LOCK = 0x1_6D_72_73  # any number, as long as it is always the same


def upgrade(revision: str = "head") -> None:
    """Apply what is missing. Of several processes that start at once, one does it and the others wait."""
    if revision == "head" and is_current():
        return
    with _alone():
        command.upgrade(_config(), revision)


def downgrade(revision: str) -> None:
    with _alone():
        command.downgrade(_config(), revision)


def current() -> tuple[str, ...]:
    """The revisions that the database is at: one, or none before the first migration."""
    with db.engine.connect() as connection:
        return tuple(MigrationContext.configure(connection).get_current_heads())


def newest() -> tuple[str, ...]:
    return tuple(ScriptDirectory.from_config(_config()).get_heads())


def is_current() -> bool:
    return current() == newest()


def _config() -> Config:
    config = current_app.extensions["migrate"].migrate.get_config()
    assert isinstance(config, Config)
    return config


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
            yield
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
        return
    lock: Path = current_app.config["SETTINGS"].data / ".migrating"
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
