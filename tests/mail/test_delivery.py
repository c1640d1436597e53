import email
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from io import BufferedRWPair
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.mail.delivery import Delayed, FolderCarrier, SMTPCarrier, Undeliverable, carrier_for
from app.mail.models import Letter
from app.mail.records import TakenLetter
from app.mail.retries import WAITS
from app.mail.services import queue_letter
from app.mail.worker import Round, drain
from config import Settings

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
LETTER = TakenLetter(
    id=7,
    tries=1,
    recipient="ada@example.org",
    subject="Ein Gruß",
    body="Dear Ada,\n\nhttps://course.example.org/reset/a-b_c?x=1&y=łğš\n",
    queued_at=NOW,
)
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


class MailServer:
    """Speaks as much SMTP as a letter needs, and answers a recipient as told."""

    def __init__(self, answer: bytes = b"250 fine") -> None:
        self.answer = answer
        self.received: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)

    def _talk(self, stream: BufferedRWPair) -> None:
        def say(line: bytes) -> None:
            stream.write(line + b"\r\n")
            stream.flush()

        say(b"220 hello")
        while line := stream.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                say(b"250-here\r\n250-STARTTLS\r\n250 8BITMIME")
            elif verb == b"RCPT":
                say(self.answer)
            elif verb == b"STAR":
                say(b"220 go on")
                return
            elif verb == b"DATA":
                say(b"354 go on")
                lines = []
                while (text := stream.readline()) != b".\r\n":
                    lines.append(text)
                self.received.append(b"".join(lines))
                say(b"250 taken")
            elif verb == b"QUIT":
                say(b"221 bye")
                return
            else:
                say(b"250 fine")

    def close(self) -> None:
        self.listener.close()


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


def set_server(settings: Settings, port: int, security: str = "none") -> Settings:
    return replace(
        settings,
        mail_server="127.0.0.1",
        mail_port=port,
        mail_security=security,  # type: ignore[arg-type]
        mail_from="Course <course@example.org>",
    )


def read(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=policy.default)  # type: ignore[arg-type, return-value, unused-ignore]


def test_folder_carrier_writes_a_file_for_its_owner_only(app: Flask, tmp_path: Path) -> None:
    FolderCarrier(tmp_path / "mail", "course@localhost")(LETTER)

    (file,) = (tmp_path / "mail").iterdir()
    message = read(file.read_bytes())
    assert (file.name, file.stat().st_mode & 0o777) == ("20260301T200000-7.eml", 0o600)
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700
    assert (message["To"], message["Subject"]) == ("ada@example.org", "Ein Gruß")
    assert LETTER.body.encode() in file.read_bytes().replace(b"\r\n", b"\n")


def test_folder_carrier_delays_when_it_cannot_write(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be", encoding="utf-8")

    with pytest.raises(Delayed):
        FolderCarrier(tmp_path / "mail", "course@localhost")(LETTER)


def test_carrier_for_goes_by_the_settings(app: Flask, settings: Settings) -> None:
    assert isinstance(carrier_for(app), FolderCarrier)
    app.config["SETTINGS"] = set_server(settings, 25)
    assert isinstance(carrier_for(app), SMTPCarrier)


def test_smtp_carrier_sends_the_letter(app: Flask, settings: Settings, server: MailServer) -> None:
    SMTPCarrier(app, set_server(settings, server.port))(LETTER)

    (message,) = map(read, server.received)
    assert message["From"] == "Course <course@example.org>"
    assert message["Message-ID"] == "<letter-7-20260301200000000000@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == LETTER.body


@pytest.mark.parametrize(("answer", "fault"), [(b"550 no such mailbox", Undeliverable), (b"451 later", Delayed)])
def test_smtp_carrier_tells_never_from_later(
    app: Flask, settings: Settings, server: MailServer, answer: bytes, fault: type[Exception]
) -> None:
    server.answer = answer

    with pytest.raises(fault, match=answer[4:].decode()):
        SMTPCarrier(app, set_server(settings, server.port))(LETTER)


def test_smtp_carrier_sends_again_after_a_fault(app: Flask, settings: Settings, server: MailServer) -> None:
    carrier = SMTPCarrier(app, set_server(settings, server.port))
    server.answer = b"550 no such mailbox"
    with pytest.raises(Undeliverable):
        carrier(LETTER)
    server.answer = b"250 fine"

    carrier(LETTER)

    assert len(server.received) == 1


def test_smtp_carrier_delays_when_nobody_answers(app: Flask, settings: Settings) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))

        with pytest.raises(Delayed, match="ConnectionRefusedError"):
            SMTPCarrier(app, set_server(settings, deaf.getsockname()[1]))(LETTER)


def test_smtp_carrier_checks_the_certificate(
    app: Flask, settings: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[tuple[ssl.VerifyMode, bool]] = []

    def wrap(context: ssl.SSLContext, *_: object, **__: object) -> None:
        modes.append((context.verify_mode, context.check_hostname))
        raise ssl.SSLError("stop here")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)

    with pytest.raises(Delayed):
        SMTPCarrier(app, set_server(settings, server.port, "starttls"))(LETTER)

    assert modes == [(ssl.CERT_REQUIRED, True)]


PAGE = replace(
    LETTER,
    html='<p>Dear Ada, <a href="https://course.example.org/reset/a-b_c?x=1&amp;y=łğš">here</a></p>\n',
    reply_to="Bea Łęcka <bea@example.org>",
)


def test_a_letter_with_a_page_has_two_parts_of_which_the_last_is_the_page(
    app: Flask, settings: Settings, server: MailServer
) -> None:
    SMTPCarrier(app, set_server(settings, server.port))(PAGE)

    (message,) = map(read, server.received)
    text, page = message.iter_parts()
    assert message.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == PAGE.body
    assert page.get_content().replace("\r\n", "\n") == PAGE.html
    assert message["Reply-To"] == "Bea Łęcka <bea@example.org>"
    assert message["Message-ID"] == "<letter-7-20260301200000000000@example.org>"


def test_a_letter_keeps_its_message_id_at_every_try(app: Flask, settings: Settings, server: MailServer) -> None:
    carrier = SMTPCarrier(app, set_server(settings, server.port))

    carrier(PAGE)
    carrier(replace(PAGE, tries=5))

    assert len({read(raw)["Message-ID"] for raw in server.received}) == 1
    assert len(server.received) == 2


def test_a_letter_without_a_page_or_address_for_answers_is_plain_text(app: Flask, tmp_path: Path) -> None:
    FolderCarrier(tmp_path / "mail", "course@localhost")(LETTER)

    (file,) = (tmp_path / "mail").iterdir()
    message = read(file.read_bytes())
    assert (message.get_content_type(), message["Reply-To"]) == ("text/plain", None)


def test_an_outage_loses_nothing_and_sends_nothing_twice(app: Flask, settings: Settings, server: MailServer) -> None:
    """A real server on this machine: it refuses to listen, then refuses recipients, then takes them."""
    carrier = SMTPCarrier(app, set_server(settings, server.port))
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        nobody = SMTPCarrier(app, set_server(settings, deaf.getsockname()[1]))
        for name in ("ada", "bea", "cy"):
            queue_letter(
                recipient=f"{name}@example.org", subject="Hello", body=f"Dear {name}", html="<p>Dear</p>", now=NOW
            )
        db.session.commit()

        assert drain(nobody, lambda: NOW) == Round(delayed=3)
    server.answer = b"451 try again later"
    assert drain(carrier, lambda: NOW + WAITS[0]) == Round(delayed=3)
    waiting = db.session.execute(select(Letter.body, Letter.error)).all()
    assert [row.body for row in waiting] == ["Dear ada", "Dear bea", "Dear cy"]
    assert {row.error for row in waiting} == {"The mail server answered 451: try again later"}

    server.answer = b"250 fine"
    assert drain(carrier, lambda: NOW + WAITS[0]) == Round()
    assert drain(carrier, lambda: NOW + WAITS[0] + WAITS[1]) == Round(sent=3)
    assert drain(carrier, lambda: NOW + WAITS[-1]) == Round()

    assert sorted(read(raw)["To"] for raw in server.received) == [
        "ada@example.org",
        "bea@example.org",
        "cy@example.org",
    ]
    db.session.expire_all()
    assert [(row.body, row.html) for row in db.session.scalars(select(Letter))] == [("", "")] * 3


def test_four_workers_at_one_server_send_every_letter_once(app: Flask, settings: Settings, server: MailServer) -> None:
    for number in range(12):
        queue_letter(recipient=f"ada{number}@example.org", subject="Hello", body="Dear Ada", now=NOW)
    db.session.commit()
    start = threading.Barrier(4)

    def work() -> None:
        with app.app_context():
            start.wait()
            drain(SMTPCarrier(app, set_server(settings, server.port)), lambda: NOW)
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(read(raw)["To"] for raw in server.received) == sorted(f"ada{one}@example.org" for one in range(12))
