"""Starts the whole: settings and course checked, tables upgraded, then web server and letter worker side by side."""

import signal
import threading
from datetime import datetime

import click
from flask import Flask

from app import clock, create_app, schema
from app.accounts.services import first_administrator_token
from app.content import current_course
from app.demo import Scale, fill
from app.extensions import db
from app.mail.worker import Chore, work
from app.processes import Processes
from app.serving import WebServer, open_socket
from app.supervision.reminders import write_due
from config import Settings


def launch(settings: Settings, *, reload: bool = False, demo: Scale | None = None) -> int:
    """Serve until told to stop; with `demo`, an instance filled to this scale. Returns the exit status."""
    listener = open_socket(settings.host, settings.port)
    app = create_app(settings, reload=reload)
    with app.app_context():
        schema.upgrade()
        lines = [f"The course is open at {settings.base_url}  (Ctrl+C ends it)"]
        lines += _demo_lines(demo) if demo else _first_lines(settings)
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
    work(app, clock.now, stopping, CHORES)


def remind(now: datetime) -> None:
    """Write the reminders of last days that are due."""
    write_due(current_course(), now)


CHORES: tuple[Chore, ...] = (remind,)
"""What the letter worker does besides, every few minutes."""


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


def _demo_lines(scale: Scale) -> list[str]:
    accounts = fill(clock.now(), scale=scale, say=click.echo)
    return ["Sign in as:"] + [f"  {one.email}  {one.password}  ({one.role})" for one in accounts]
