"""Starts the whole: settings and course checked, tables upgraded, then web server and letter worker side by side."""

import signal
import threading

import click
from flask import Flask

from app import clock, create_app, schema
from app.accounts.services import first_administrator_token
from app.demo import fill
from app.extensions import db
from app.mail.worker import work
from app.processes import Processes
from app.serving import WebServer, open_socket
from config import Settings


def launch(settings: Settings, *, reload: bool = False, demo: bool = False) -> int:
    """Serve until told to stop. Returns the exit status."""
    listener = open_socket(settings.host, settings.port)
    app = create_app(settings, reload=reload)
    with app.app_context():
        schema.upgrade()
        lines = [f"The course is open at {settings.base_url}  (Ctrl+C ends it)"]
        lines += _demo_lines() if demo else _first_lines(settings)
        # A connection must not be shared by processes: each opens its own.
        db.engine.dispose()

    def serve() -> None:
        make = (lambda: create_app(settings, reload=True)) if reload else (lambda: app)
        WebServer(make, settings, listener, reload, announce=lambda: click.echo("\n".join(lines))).run()

    processes = Processes(serve, {"The letter worker": lambda: send_letters(app)})
    return processes.run(once_started=listener.close)


def send_letters(app: Flask) -> None:
    """Send letters until this process is told to stop; the letter under way is finished first."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    work(app, clock.now, stopping)


def _first_lines(settings: Settings) -> list[str]:
    """What the person who starts the course has to know before anybody can use it."""
    lines = []
    if token := first_administrator_token(clock.now()):
        lines.append("There is no administrator yet. This link creates the first, once:")
        lines.append(f"  {settings.base_url}/first-administrator/{token}")
    db.session.commit()
    if not settings.mail_server:
        lines.append(f"Letters go to files in {settings.data / 'mail'} until IMRS_MAIL_SERVER is set.")
    return lines


def _demo_lines() -> list[str]:
    return ["Sign in as:"] + [f"  {one.email}  {one.password}  ({one.role})" for one in fill(clock.now())]
