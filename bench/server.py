"""The server under measurement: the course, and beside it, in the same processes, two empty Flask applications' pages.

Run as a process of its own by `python -m bench`: python -m bench.server DATA PORT
"""

import sys
from pathlib import Path

from flask import Flask, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import insert
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app import clock, create_app, extensions, schema
from app.accounts.models import Identity, Person
from app.accounts.sign_ins import start
from app.extensions import Base, UTCDateTime, db
from app.serving import WebServer, open_socket
from config import Settings

EMPTY = "/empty"
PEOPLE = 600


class BenchRow(Base):
    """The one row that the empty writing page inserts."""

    __tablename__ = "bench_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[object] = mapped_column(UTCDateTime)


def make(settings: Settings) -> Flask:
    """The course with the empty pages mounted below /empty."""
    app = create_app(settings)
    app.config["RATELIMIT_ENABLED"] = False
    extensions.limiter.enabled = False
    empty = empty_app(settings)
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {EMPTY: empty})  # type: ignore[method-assign]  # as Flask documents it
    return app


def empty_app(settings: Settings) -> Flask:
    """As little as a Flask page can do: read the signed cookie; or insert a row and commit."""
    app = Flask("empty")
    app.secret_key = settings.secret_key
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database
    store = SQLAlchemy(model_class=Base)
    store.init_app(app)
    with app.app_context():
        extensions.follow_sqlite_rules(store.engine)

    @app.get("/")
    def nothing() -> str:
        return f"<!doctype html><title>Empty</title><p>{session.get('_user_id', '')[:4]}"

    @app.post("/row")
    def row() -> tuple[str, int]:
        store.session.execute(insert(BenchRow).values(at=clock.now()))
        store.session.commit()
        return "", 204

    return app


def people(app: Flask, count: int) -> list[str]:
    """Sign `count` people in; returns their session cookies' values."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # of the default kind
    cookies: list[str] = []
    for number in range(count):
        person = Person(created_at=clock.now())
        db.session.add(person)
        db.session.flush()
        db.session.add(
            Identity(
                person_id=person.id,
                name=f"Person {number}",
                email=f"{number}@example.org",
                email_key=f"{number}@example.org",
                password_hash="-",
                administrator=False,
                created_at=clock.now(),
                changed_at=clock.now(),
            )
        )
        db.session.flush()
        token = start(person.id, "bench", clock.now())
        cookies.append(str(serializer.dumps({"_user_id": token})))
    db.session.commit()
    return cookies


def main() -> None:
    """Set up an instance in DATA and serve it on PORT until told to stop."""
    data, port = Path(sys.argv[1]), int(sys.argv[2])
    settings = Settings(
        data=data, port=port, database=f"sqlite:///{data / 'bench.sqlite3'}", secret_key="bench" * 8, workers=2
    )
    app = make(settings)
    with app.app_context():
        schema.upgrade()
        db.metadata.tables["bench_rows"].create(db.engine)
        (data / "cookies.txt").write_text("\n".join(people(app, PEOPLE)))
        db.engine.dispose()
    listener = open_socket(settings.host, port)
    WebServer(lambda: app, settings, listener, False, announce=lambda: print("ready", flush=True)).run()


if __name__ == "__main__":
    main()
