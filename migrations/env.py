"""Alembic's entry: runs the migrations on the application's own database connection."""

import logging
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.extensions import Base, UTCDateTime, db

log = logging.getLogger("alembic.env")


def run_migrations() -> None:
    """Run inside one transaction on either database.

    SQLite rebuilds a table to change it, and dropping the old one would empty every table that hangs on it by
    CASCADE. So foreign keys are off meanwhile, on the driver's connection, because the pragma does nothing inside a
    transaction; before the commit every reference is checked.
    """
    with db.engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            _foreign_keys(connection, "OFF")
        try:
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                render_as_batch=True,
                compare_type=True,
                transactional_ddl=True,
                render_item=_render_item,
                process_revision_directives=_skip_empty,
            )
            with connection.begin():
                context.run_migrations()
                if on_sqlite:
                    _check_references(connection)
        finally:
            if on_sqlite:
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={state}")


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"The migration would leave references to nothing in: {tables}. Nothing was changed.")


def _render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """A migration is history: it names no class of the application, which may change its meaning later."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def _skip_empty(migration_context: Any, revision: Any, directives: list[Any]) -> None:
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []
        log.info("The models hold nothing that the migrations lack.")


if context.is_offline_mode():
    raise SystemExit("Migrations are run on a database, not printed as SQL.")
with current_app.app_context():
    run_migrations()
