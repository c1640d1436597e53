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

from app.mail.delivery import Delayed, FolderCarrier, SMTPCarrier, Undeliverable, carrier_for
from app.mail.records import TakenLetter
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
