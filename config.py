"""Settings: read from the environment once at start, checked all together, and never changed afterwards."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.data_folder import FolderFault, prepare, read_or_create_key
from app.errors import InvalidSettings

ROOT = Path(__file__).resolve().parent
PREFIX = "IMRS_"
Registration = Literal["open", "invitation"]
MailSecurity = Literal["none", "starttls", "tls"]
MAIL_PORTS: Mapping[MailSecurity, int] = {"none": 25, "starttls": 587, "tls": 465}
LIMITERS = ("memory://", "redis://", "rediss://", "redis+unix://")
SHORTEST_KEY = 32

DEFAULTS: Mapping[str, str] = {
    "IMRS_DATA": "instance",
    "IMRS_COURSE": "",
    "IMRS_HOST": "127.0.0.1",
    "IMRS_PORT": "8000",
    "IMRS_URL": "",
    "IMRS_DATABASE": "",
    "IMRS_SECRET_KEY": "",
    "IMRS_REGISTRATION": "open",
    "IMRS_MAIL_SERVER": "",
    "IMRS_MAIL_PORT": "",
    "IMRS_MAIL_USER": "",
    "IMRS_MAIL_PASSWORD": "",
    "IMRS_MAIL_FROM": "",
    "IMRS_MAIL_SECURITY": "starttls",
    "IMRS_WORKERS": "2",
    "IMRS_THREADS": "4",
    "IMRS_PROXIES": "0",
    "IMRS_FINAL_WAIT_HOURS": "24",
    "IMRS_FINAL_WAIT_DAYS": "7",
    "IMRS_LIMITER": "memory://",
}
"""Every variable there is, and its default as text. docs/host.md says what each does; a test compares the two."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the person who runs the course decides. `from_environ` makes one; tests change one with `replace`."""

    data: Path
    """The folder that holds whatever the course writes: database, secret key, letters."""
    course: Path = ROOT
    """The folder that holds course/, modules/ and quizzes/."""
    host: str = "127.0.0.1"
    port: int = 8000
    url: str | None = None
    """The public address, without a trailing slash. Certificates carry a QR code only when it is set."""
    database: str = field(repr=False)
    registration: Registration = "open"
    mail_server: str | None = None
    mail_port: int = MAIL_PORTS["starttls"]
    mail_user: str | None = None
    mail_password: str | None = field(default=None, repr=False)
    mail_from: str = "course@localhost"
    mail_security: MailSecurity = "starttls"
    workers: int = 2
    threads: int = 4
    proxies: int = 0
    """How many proxies in front of the course are trusted to say who the visitor is."""
    limiter: str = field(default="memory://", repr=False)
    final_wait_hours: int = 24
    final_wait_days: int = 7
    secret_key: str = field(repr=False)

    @property
    def base_url(self) -> str:
        """What every absolute address begins with. Never taken from a request."""
        return self.url or f"http://{_reachable(self.host)}:{self.port}"

    @property
    def final_waits(self) -> tuple[timedelta, timedelta]:
        """How long to wait after the first attempt at the final test that was not passed, and after each later one."""
        return timedelta(hours=self.final_wait_hours), timedelta(days=self.final_wait_days)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every IMRS_ variable, make the data folder and its key ready, or raise with all faults at once."""
        reader = _Reader(environ)
        data = reader.folder("IMRS_DATA")
        url = _public_address(reader)
        mail_server = reader.text("IMRS_MAIL_SERVER") or None
        mail_security = _mail_security(reader)
        settings = {
            "data": data,
            "course": course_folder(environ),
            "host": reader.text("IMRS_HOST"),
            "port": reader.number("IMRS_PORT", 1, 65535),
            "url": url,
            "database": _database(reader, data),
            "registration": reader.choice("IMRS_REGISTRATION", get_args(Registration)),
            "mail_server": mail_server,
            "mail_port": reader.number("IMRS_MAIL_PORT", 1, 65535, default=MAIL_PORTS[mail_security]),
            "mail_user": reader.text("IMRS_MAIL_USER") or None,
            "mail_password": reader.text("IMRS_MAIL_PASSWORD") or None,
            "mail_from": _mail_from(reader, mail_server),
            "mail_security": mail_security,
            "workers": reader.number("IMRS_WORKERS", 1, 64),
            "threads": reader.number("IMRS_THREADS", 1, 256),
            "proxies": reader.number("IMRS_PROXIES", 0, 10),
            "final_wait_hours": reader.number("IMRS_FINAL_WAIT_HOURS", 0, 8760),
            "final_wait_days": reader.number("IMRS_FINAL_WAIT_DAYS", 0, 365),
            "limiter": _limiter(reader),
        }
        _check_course(reader)
        _check_mail(reader, mail_server, mail_security)
        _name_unknown(reader)
        key = _secret_key(reader, data)
        if reader.faults:
            raise InvalidSettings("\n".join(dict.fromkeys(reader.faults)))
        return cls(**settings, secret_key=key)  # type: ignore[arg-type]


def course_folder(environ: Mapping[str, str]) -> Path:
    """Where the course's files are. `imrs check` needs this one setting and no other."""
    given = environ.get("IMRS_COURSE", "").strip()
    return Path(given).resolve() if given else ROOT


class _Reader:
    """Reads variables as text, number or choice, and notes a fault instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def text(self, name: str) -> str:
        """The variable without blanks around it. Set to nothing counts as not set."""
        value = self.environ.get(name, "").strip() or DEFAULTS[name]
        if any(ord(character) < 32 for character in value):
            self.fault(name, "holds a line break or another control character", "write it on one line")
            return DEFAULTS[name]
        return value

    def number(self, name: str, lowest: int, highest: int, default: int | None = None) -> int:
        text = self.text(name) or str(default)
        if text.isascii() and text.isdigit() and len(text) < 9 and lowest <= int(text) <= highest:
            return int(text)
        self.fault(name, f"is “{text}”", f"give a whole number from {lowest} to {highest}")
        return lowest

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        text = self.text(name)
        if text not in allowed:
            self.fault(name, f"is “{text}”", f"give one of: {', '.join(allowed)}")
        return text

    def folder(self, name: str) -> Path:
        folder = (ROOT if not self.environ.get(name, "").strip() else Path.cwd()) / self.text(name)
        return folder.resolve()

    def fault(self, name: str, wrong: str, mend: str) -> None:
        self.faults.append(f"{name} {wrong}: {mend}.")


def _reachable(host: str) -> str:
    """A host as it stands in an address: wildcards answer on localhost, IPv6 goes in brackets."""
    if host in {"0.0.0.0", "::"}:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _public_address(reader: _Reader) -> str | None:
    text = reader.text("IMRS_URL")
    if not text:
        return None
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    bare = good and parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in parts.netloc)
    if not bare or any(character in text for character in " ?#\\"):
        reader.fault(
            "IMRS_URL",
            f"is “{text}”",
            "give the public address with http:// or https:// and nothing after the host, "
            "for example https://course.example.org",
        )
        return None
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _database(reader: _Reader, data: Path) -> str:
    text = reader.text("IMRS_DATABASE")
    if not text:
        return f"sqlite:///{data / 'imrs.sqlite3'}"
    mend = (
        "give postgresql://user:password@host/database, or sqlite:////absolute/path/to/file, "
        "or leave it out for a file in IMRS_DATA"
    )
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        reader.fault("IMRS_DATABASE", "is not the address of a database", mend)
        return text
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername != "sqlite":
        reader.fault("IMRS_DATABASE", f"names the kind “{url.drivername}”, which is not supported", mend)
    elif not url.database or not Path(url.database).is_absolute():
        reader.fault("IMRS_DATABASE", "names no absolute path to a SQLite file", mend)
    return text


def _limiter(reader: _Reader) -> str:
    text = reader.text("IMRS_LIMITER")
    if not text.startswith(LIMITERS):
        reader.fault(
            "IMRS_LIMITER",
            "is no address that can be used",  # not shown: it may hold a password
            "give memory:// or the address of a Redis, redis://host:6379",
        )
    return text


def _mail_security(reader: _Reader) -> MailSecurity:
    text = reader.choice("IMRS_MAIL_SECURITY", get_args(MailSecurity))
    return text if text in MAIL_PORTS else "starttls"  # type: ignore[return-value]


def _mail_from(reader: _Reader, server: str | None) -> str:
    text = reader.text("IMRS_MAIL_FROM")
    if not text and not server:
        return "course@localhost"
    address = parseaddr(text)[1]
    if not (address.count("@") == 1 and all(address.split("@")) and " " not in address):
        reader.fault(
            "IMRS_MAIL_FROM",
            f"is “{text}”" if text else "is missing, though IMRS_MAIL_SERVER is set",
            "give the address that letters come from, for example Course <course@example.org>",
        )
    return text


def _check_mail(reader: _Reader, server: str | None, security: MailSecurity) -> None:
    user, password = reader.text("IMRS_MAIL_USER"), reader.text("IMRS_MAIL_PASSWORD")
    if not server:
        for name in ("IMRS_MAIL_PORT", "IMRS_MAIL_USER", "IMRS_MAIL_PASSWORD"):
            if reader.text(name):
                reader.fault(name, "is set, but IMRS_MAIL_SERVER is not", "set the server too, or neither")
        return
    if any(character in server for character in "/: @"):
        reader.fault("IMRS_MAIL_SERVER", f"is “{server}”", "give the host name alone; the port is IMRS_MAIL_PORT")
    if bool(user) != bool(password):
        reader.fault("IMRS_MAIL_USER", "and IMRS_MAIL_PASSWORD go together", "set both or neither")
    if password and security == "none" and not _on_this_machine(server):
        reader.fault(
            "IMRS_MAIL_SECURITY", "is “none”, which would send the password in the clear", "use starttls or tls"
        )


def _on_this_machine(server: str) -> bool:
    try:
        return ip_address(server).is_loopback
    except ValueError:
        return server == "localhost"


def _check_course(reader: _Reader) -> None:
    folder = course_folder(reader.environ)
    if not (folder / "course").is_dir():
        reader.fault("IMRS_COURSE", f"is “{folder}”, which holds no folder named course", "give the folder that does")


def _name_unknown(reader: _Reader) -> None:
    for name in sorted(name for name in reader.environ if name.startswith(PREFIX) and name not in DEFAULTS):
        near = difflib.get_close_matches(name, DEFAULTS, n=1, cutoff=0.75)
        mend = f"did you mean {near[0]}?" if near else "docs/host.md lists the settings."
        reader.faults.append(f"{name} is not a setting: {mend}")


def _secret_key(reader: _Reader, data: Path) -> str:
    """The key from the environment, or the one kept in the data folder, which is made ready here."""
    given = reader.text("IMRS_SECRET_KEY")
    if given and len(given) < SHORTEST_KEY:
        reader.fault("IMRS_SECRET_KEY", f"is shorter than {SHORTEST_KEY} characters", "give a longer, random one")
    try:
        prepare(data)
        return given or read_or_create_key(data / "secret_key", SHORTEST_KEY)
    except FolderFault as fault:
        reader.fault("IMRS_DATA", fault.wrong, fault.mend)
        return given
