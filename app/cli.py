"""The `imrs` command. Every command ends with status 0, or says in a sentence what is wrong and ends with another."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app import clock
from app.errors import CourseError
from config import ROOT, Settings, course_folder

if TYPE_CHECKING:
    from flask import Flask

DEMO_DATA = ROOT / "instance-demo"
NOT_IN_A_DEMO = ("IMRS_DATA", "IMRS_DATABASE", "IMRS_MAIL_", "IMRS_URL", "IMRS_REGISTRATION")


class Commands(click.Group):
    """Turns what can go wrong into a sentence."""

    def invoke(self, context: click.Context) -> Any:
        from alembic.util.exc import CommandError
        from sqlalchemy.exc import DBAPIError

        from app.content import CourseFaults
        from app.serving import CannotListen

        try:
            return super().invoke(context)
        except CourseFaults as fault:
            count = len(fault.faults)
            raise Failure(f"{fault}\n{count} {'fault' if count == 1 else 'faults'} in the course.") from fault
        except (CourseError, CannotListen) as fault:
            raise Failure(str(fault)) from fault
        except CommandError as fault:
            raise Failure(f"The database cannot be brought to where this version needs it: {fault}") from fault
        except DBAPIError as fault:
            raise Failure(f"The database cannot be used (IMRS_DATABASE): {str(fault.orig).strip()}") from fault


class Failure(click.ClickException):
    """A sentence on standard error, and status 1."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True, file=file)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, prog_name="imrs", version="0.1.0")
def cli() -> None:
    """Serve and look after the imagery rescripting course.

    Settings come from the environment (IMRS_...); docs/host.md lists them.
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@cli.command()
@click.option("--reload", is_flag=True, help="Read the course and the code again when their files change.")
def serve(reload: bool) -> None:
    """Serve the course and send its letters, until Ctrl+C.

    Checks the settings and the course, creates or upgrades the database, then starts the web server and one letter
    worker, and keeps both running. Prints the address and, as long as there is no administrator, a link that works
    once and creates the first.
    """
    _serve(Settings.from_environ(os.environ), reload)


@cli.command()
@click.option("--schema", type=click.Path(path_type=Path), metavar="DIR", help="Write JSON Schemas for editors to DIR.")
def check(schema: Path | None) -> None:
    """Read the course's files and list every fault, each with file, line and mend.

    Ends with status 1 if there is one. Needs neither a database nor any setting but IMRS_COURSE.
    """
    from app.content.command import check as check_course

    raise SystemExit(check_course(course_folder(os.environ), schema))


@cli.command()
@click.option("--data", type=click.Path(path_type=Path), default=DEMO_DATA, help="Its folder. [instance-demo]")
def demo(data: Path) -> None:
    """Serve a second, filled instance to look around in.

    It has a folder and a database of its own, sends no mail, and prints its accounts.
    """
    environ = {name: value for name, value in os.environ.items() if not name.startswith(NOT_IN_A_DEMO)}
    _serve(Settings.from_environ({**environ, "IMRS_DATA": str(data)}), reload=False, demo=True)


@cli.command()
@click.option("--once", is_flag=True, help="Send what is due, then end.")
def worker(once: bool) -> None:
    """Send the letters that wait, until Ctrl+C.

    `imrs serve` runs one by itself. More may run, here or on other machines: no letter is sent by two.
    """
    from app.mail.delivery import carrier_for
    from app.mail.worker import drain

    settings = Settings.from_environ(os.environ)
    app = _make_app(settings)
    with app.app_context():
        _require_current_tables()
        if once:
            done = drain(carrier_for(app), clock.now)
            click.echo(f"{done.sent} sent, {done.delayed} delayed, {done.failed} given up.")
            return
    click.echo("Sending letters until Ctrl+C.")
    _send_letters(app)


@cli.command()
@click.option("--name", prompt=True, help="As it stands in the course.")
@click.option("--email", prompt=True, help="With which to sign in.")
@click.password_option(help="Asked for unless given; other users of this machine may see it on the command line.")
def create_admin(name: str, email: str, password: str) -> None:
    """Create an account that may administer the site."""
    from app.accounts.faults import EmailTaken
    from app.accounts.services import create_administrator

    with _writing() as now:
        try:
            create_administrator(name=name, email=email, password=password, now=now)
        except EmailTaken as fault:
            raise Failure(f"There is an account with the address {email} already.") from fault
    click.echo(f"{email} may sign in and administer the site.")


@cli.command()
@click.argument("emails", nargs=-1, required=True, metavar="EMAIL...")
def invite(emails: tuple[str, ...]) -> None:
    """Invite people to register, by letter.

    The links are printed too, in case a letter is lost. An invitation works whatever IMRS_REGISTRATION says.
    """
    from app.accounts.addresses import BadAddress
    from app.accounts.letters import link_to
    from app.accounts.services import invite as invite_person

    with _writing() as now:
        for email in emails:
            try:
                invited = invite_person(email, now)
            except BadAddress as fault:
                raise Failure(f"“{email}” is not an e-mail address; nobody has been invited.") from fault
            if invited.token is None:
                click.echo(f"{email} has an account already and gets no letter.")
            else:
                click.echo(f"{email}  {link_to('register', invited.token)}")


@cli.group()
def db() -> None:
    """Look at the database's tables and change their version."""


@db.command("upgrade")
@click.argument("revision", default="head")
def db_upgrade(revision: str) -> None:
    """Bring the tables to REVISION, or to the newest. `imrs serve` does that by itself."""
    from app import schema

    with _make_app(Settings.from_environ(os.environ)).app_context():
        schema.upgrade(revision)
        click.echo(_version_line())


@db.command("downgrade")
@click.argument("revision")
def db_downgrade(revision: str) -> None:
    """Take the tables back to REVISION (-1 for one step). What the later tables hold is lost: back up first."""
    from app import schema

    with _make_app(Settings.from_environ(os.environ)).app_context():
        schema.downgrade(revision)
        click.echo(_version_line())


@db.command("current")
def db_current() -> None:
    """Say which version the tables are at, and which is the newest."""
    with _make_app(Settings.from_environ(os.environ)).app_context():
        click.echo(_version_line())


def _serve(settings: Settings, reload: bool, demo: bool = False) -> None:
    from app import schema
    from app.extensions import db
    from app.processes import Processes
    from app.serving import WebServer, open_socket

    listener = open_socket(settings.host, settings.port)
    app = _make_app(settings, reload)
    with app.app_context():
        schema.upgrade()
        lines = _demo_lines() if demo else _first_lines(settings)
        db.engine.dispose()

    def announce() -> None:
        click.echo("\n".join([f"The course is open at {settings.base_url}  (Ctrl+C ends it)", *lines]))

    def web() -> None:
        make = (lambda: _make_app(settings, reload)) if reload else (lambda: app)
        server = WebServer(make, settings, listener, reload)
        server.announce = announce
        server.run()

    processes = Processes(web, {"The letter worker": lambda: _send_letters(app)})
    raise SystemExit(processes.run(once_started=listener.close))


def _first_lines(settings: Settings) -> list[str]:
    """What the person who starts the course has to know before anybody can use it."""
    from app.accounts.services import first_administrator_token
    from app.extensions import db

    lines = []
    if token := first_administrator_token(clock.now()):
        lines.append("There is no administrator yet. This link creates the first, once:")
        lines.append(f"  {settings.base_url}/first-administrator/{token}")
    db.session.commit()
    if not settings.mail_server:
        lines.append(f"Letters go to files in {settings.data / 'mail'} until IMRS_MAIL_SERVER is set.")
    return lines


def _demo_lines() -> list[str]:
    from app.demo import fill

    return ["Sign in as:"] + [f"  {one.email}  {one.password}  ({one.role})" for one in fill(clock.now())]


def _send_letters(app: "Flask") -> None:
    from app.mail.worker import work

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    work(app, clock.now, stopping)


@contextmanager
def _writing() -> Iterator[datetime]:
    """An application context whose changes are committed at the end, once."""
    from app.extensions import db

    with _make_app(Settings.from_environ(os.environ)).app_context():
        _require_current_tables()
        yield clock.now()
        db.session.commit()


def _make_app(settings: Settings, reload: bool = False) -> "Flask":
    from app import create_app

    return create_app(settings, reload=reload)


def _require_current_tables() -> None:
    from app import schema

    if not schema.is_current():
        raise Failure(
            "The database is not at this version's tables: run `imrs db upgrade`, or start `imrs serve` once."
        )


def _version_line() -> str:
    from app import schema

    at, newest = ", ".join(schema.current()) or "nothing", ", ".join(schema.newest())
    return f"The tables are at {at}" + (", the newest." if at == newest else f"; the newest is {newest}.")


if __name__ == "__main__":
    cli(prog_name="imrs")
