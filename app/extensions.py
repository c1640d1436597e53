"""The libraries the application is built on, set up once. Imports nothing of ours."""

import sqlite3
from datetime import UTC, datetime
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_translations
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_mailman import Mail
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Base(DeclarativeBase):
    """Every table descends from this. Constraints have names, so that migrations can drop them on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone: it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be stored.")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
csrf = CSRFProtect()
login = LoginManager()
limiter = Limiter(key_func=get_remote_address, default_limits=[])
babel = Babel()
mail = Mail()
compress = Compress()


def follow_sqlite_rules(engine: Engine) -> None:
    """Give SQLite a begin of our own.

    A transaction that reads first and writes later fails at once when another wrote in between, whatever the busy
    timeout. So whatever may write begins IMMEDIATE and waits its turn: unsafe requests and commands.
    """
    event.listen(engine, "connect", _prepare_sqlite_connection)
    event.listen(engine, "begin", _begin_sqlite_transaction)


def _prepare_sqlite_connection(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite_transaction(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _only_reads() else "BEGIN IMMEDIATE")


def _only_reads() -> bool:
    if not has_request_context():
        return False
    return g.get("has_written", False) or (request.method in SAFE_METHODS and not g.get("writes_audit", False))


def only_read_from_here() -> None:
    """After its commit an unsafe request that goes on to show a page need not make others wait."""
    g.has_written = True


def writes_audit() -> None:
    """A page that looks at somebody notes it: call this before the first statement, so that SQLite waits its turn."""
    if db.session().in_transaction():
        db.session.rollback()
    g.writes_audit = True


def give_up_writing() -> None:
    """An unsafe request that changed nothing goes on to show what was wrong, without making others wait."""
    db.session.rollback()
    only_read_from_here()


@pass_eval_context
def _gettext(template: EvalContext, message: str, /, **variables: object) -> str:
    """`_()` in templates: the translated message; in HTML its variables are escaped, in letters they are not.

    A page says dozens of messages, so the way is shorter than Jinja's own, and each is put together once.
    """
    said = _said()
    text = said.get((message, template.autoescape))
    if text is None:
        text = said[message, template.autoescape] = _text(template, get_translations().ugettext(message))
    return text % variables if variables or "%" in text else text


@pass_eval_context
def _ngettext(template: EvalContext, singular: str, plural: str, num: int, /, **variables: object) -> str:
    """The same for a message that depends on a number, which it may name as %(num)d."""
    text = _text(template, get_translations().ungettext(singular, plural, num))
    return text % {"num": num, **variables} if "%" in text else text


def _text(template: EvalContext, text: str) -> str:
    return Markup(text) if template.autoescape else text


_SAID: dict[Any, dict[tuple[str, bool], str]] = {}
"""For each catalogue what it says for a message, in HTML and in plain text. As large as the templates are."""


def _said() -> dict[tuple[str, bool], str]:
    here = g._get_current_object()  # one look behind the proxy instead of three
    said: dict[tuple[str, bool], str] | None = here.get("said")
    if said is None:
        said = here.said = _SAID.setdefault(get_translations(), {})
    return said


def init_app(app: Flask) -> None:
    """Bind every library to `app`. The order matters only for the database, which migrations need."""
    db.init_app(app)
    migrate.init_app(app, db, directory=app.config["MIGRATIONS"], render_as_batch=True, compare_type=True)
    csrf.init_app(app)
    login.init_app(app)
    limiter.init_app(app)
    mail.init_app(app)
    babel.init_app(app)
    compress.init_app(app)
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            follow_sqlite_rules(db.engine)
