"""The `imrs` command. Every command ends with status 0, or says in a sentence what is wrong and ends with another."""

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app import clock
from app.data_folder import close_database, keep_private
from app.errors import CourseError
from config import ROOT, Settings, course_folder

if TYPE_CHECKING:
    from flask import Flask

DEMO_DATA = ROOT / "instance-demo"
NOT_IN_A_DEMO = ("IMRS_DATA", "IMRS_DATABASE", "IMRS_MAIL_", "IMRS_URL", "IMRS_REGISTRATION")


class Commands(click.Group):
    """Turns what can go wrong into a sentence. What cannot, stays a traceback: it is a fault of the program."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as fault:
            sentence = _sentence(fault)
            if sentence is None:
                raise
            raise Failure(sentence) from fault


def _sentence(fault: Exception) -> str | None:
    from alembic.util.exc import CommandError
    from sqlalchemy.exc import DBAPIError

    from app.content import CourseFaults
    from app.serving import CannotListen

    match fault:
        case CourseFaults(faults=faults):
            return f"{fault}\n{len(faults)} {'fault' if len(faults) == 1 else 'faults'} in the course."
        case CourseError() | CannotListen():
            return str(fault)
        case CommandError():
            return f"The database cannot be brought to where this version needs it: {fault}"
        case DBAPIError(orig=original):
            return f"The database cannot be used (IMRS_DATABASE): {' '.join(str(original).split())}"
    return None


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
    logging.getLogger("flask-limiter").setLevel(logging.WARNING)  # it writes visitors' network addresses down


@cli.command()
@click.option("--reload", is_flag=True, help="Read the course and the code again when their files change.")
def serve(reload: bool) -> None:
    """Serve the course and send its letters, until Ctrl+C.

    Checks the settings and the course, creates or upgrades the database, then starts the web server and one letter
    worker, and keeps both running. Prints the address and, as long as there is no administrator, a link that works
    once and creates the first.
    """
    from app.launch import launch

    raise SystemExit(launch(_settings(os.environ), reload=reload))


@cli.command()
@click.option("--schema", type=click.Path(path_type=Path), metavar="DIR", help="Write JSON Schemas for editors to DIR.")
@click.option("--strict", is_flag=True, help="Also hold the course against all that docs/author.md asks for.")
@click.option("--write", "pages", type=click.Path(path_type=Path), metavar="DIR", help="With --strict: report to DIR.")
def check(schema: Path | None, strict: bool, pages: Path | None) -> None:
    """Read the course's files and list every fault, each with file, line and mend.

    Ends with status 1 if there is one. Needs neither a database nor any setting but IMRS_COURSE.
    """
    from app.content.command import check as check_course
    from app.content.command import write_schemas

    if schema is not None:
        try:
            write_schemas(schema)
        except OSError as fault:
            raise Failure(f"The schemas cannot be written to {schema}: {fault.strerror}.") from fault
    if pages is not None and not strict:
        raise Failure("--write needs --strict: it writes what the strict check reports.")
    try:
        raise SystemExit(check_course(course_folder(os.environ), sys.stdout, strict=strict, pages=pages))
    except OSError as fault:
        raise Failure(f"The report cannot be written to {pages}: {fault.strerror}.") from fault


@cli.command()
@click.option("--data", type=click.Path(path_type=Path), default=DEMO_DATA, help="Its folder. [instance-demo]")
@click.option("--small", is_flag=True, help="With a dozen people in place of about two hundred.")
def demo(data: Path, small: bool) -> None:
    """Serve a second, filled instance to look around in.

    It has a folder and a database of its own, sends no mail, and prints its accounts. Filling it takes a minute or
    two, the first time only.
    """
    environ = {name: value for name, value in os.environ.items() if not name.startswith(NOT_IN_A_DEMO)}
    from app.launch import launch

    raise SystemExit(launch(_settings({**environ, "IMRS_DATA": str(data)}), demo="small" if small else "full"))


@cli.command()
@click.option("--once", is_flag=True, help="Write and send what is due, then end.")
def worker(once: bool) -> None:
    """Write the reminders that are due and send the letters that wait, until Ctrl+C.

    `imrs serve` runs one by itself. More may run, here or on other machines: no letter is sent by two.
    """
    from app.launch import CHORES, send_letters
    from app.mail.delivery import carrier_for
    from app.mail.worker import do, drain

    app = _app()
    with app.app_context():
        _require_current_tables()
        if once:
            do(CHORES, clock.now())
            done = drain(carrier_for(app), clock.now)
            click.echo(f"{done.sent} sent, {done.delayed} delayed, {done.failed} given up.")
            return
    click.echo("Sending letters until Ctrl+C.")
    send_letters(app)


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

    with _app().app_context():
        schema.upgrade(revision)
        click.echo(_version_line())


@db.command("downgrade")
@click.argument("revision")
def db_downgrade(revision: str) -> None:
    """Take the tables back to REVISION (-1 for one step). What the later tables hold is lost: back up first."""
    from app import schema

    with _app().app_context():
        schema.downgrade(revision)
        click.echo(_version_line())


@db.command("current")
def db_current() -> None:
    """Say which version the tables are at, and which is the newest."""
    with _app().app_context():
        click.echo(_version_line())


def _app() -> "Flask":
    from app import create_app

    return create_app(_settings(os.environ))


def _settings(environ: Mapping[str, str]) -> Settings:
    """The settings. From here on, whatever is written is for this user alone, whatever folder it is written to."""
    keep_private()
    settings = Settings.from_environ(environ)
    close_database(settings.database)
    return settings


@contextmanager
def _writing() -> Iterator[datetime]:
    """An application context whose changes are committed at the end, once."""
    from app.extensions import db

    with _app().app_context():
        _require_current_tables()
        yield clock.now()
        db.session.commit()


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
