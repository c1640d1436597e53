"""Carry one letter: to the mail server, or into a folder until there is one."""

import os
import smtplib
import tempfile
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol

from flask import Flask
from flask_mailman import EmailMultiAlternatives

from app.mail.records import TakenLetter
from app.mail.smtp import CertainBackend
from config import Settings

TIMEOUT = 20  # seconds, for every answer of the mail server


class Undeliverable(Exception):
    """No later try will help."""


class Delayed(Exception):
    """A later try may help."""


class Carrier(Protocol):
    """Delivers a letter, or raises Undeliverable or Delayed."""

    def __call__(self, letter: TakenLetter) -> None: ...


def carrier_for(app: Flask) -> Carrier:
    """Letters go to the mail server if one is set, else into files. Call inside an application context."""
    settings: Settings = app.config["SETTINGS"]
    if settings.mail_server:
        return SMTPCarrier(app, settings)
    return FolderCarrier(settings.data / "mail", settings.mail_from)


class SMTPCarrier:
    def __init__(self, app: Flask, settings: Settings) -> None:
        self.settings = settings
        self.backend = CertainBackend(
            mailman=app.extensions["mailman"],
            host=settings.mail_server,
            port=settings.mail_port,
            username=settings.mail_user or "",
            password=settings.mail_password or "",
            use_tls=settings.mail_security == "starttls",
            use_ssl=settings.mail_security == "tls",
            timeout=TIMEOUT,
        )

    def __call__(self, letter: TakenLetter) -> None:
        try:
            self.backend.send_messages([message(letter, self.settings.mail_from)])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _verdict(code, said) from error
        except smtplib.SMTPAuthenticationError as error:
            raise Delayed(f"The mail server refuses IMRS_MAIL_USER and its password ({error.smtp_code}).") from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPConnectError, smtplib.SMTPHeloError) as error:
            raise Delayed(_words(error.smtp_code, error.smtp_error)) from error
        except smtplib.SMTPResponseException as error:
            raise _verdict(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Delayed(f"{type(error).__name__}: {error}") from error
        finally:
            self._hang_up()

    def _hang_up(self) -> None:
        """After a failure the connection is in no known state: the next letter gets a new one."""
        if self.backend.connection is not None:
            self.backend.connection.close()
            self.backend.connection = None


class FolderCarrier:
    """Writes each letter to a file that only the user who runs the course can read: it may hold a secret link."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def __call__(self, letter: TakenLetter) -> None:
        name = f"{letter.queued_at:%Y%m%dT%H%M%S}-{letter.id}.eml"
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(dir=self.folder, prefix=".draft-")
            with os.fdopen(descriptor, "wb") as file:
                file.write(message(letter, self.sender).message().as_bytes())
            Path(draft).replace(self.folder / name)
        except OSError as error:
            raise Delayed(f"{self.folder}: {error.strerror}") from error


def message(letter: TakenLetter, sender: str) -> EmailMultiAlternatives:
    """The letter as mail. Its Message-ID stays the same at every try, so that one sent twice shows as one."""
    host = parseaddr(sender)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<letter-{letter.id}-{letter.queued_at:%Y%m%d%H%M%S%f}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMultiAlternatives(
        letter.subject,
        letter.body,
        sender,
        [letter.recipient],
        headers=headers,
        alternatives=[(letter.html, "text/html")] if letter.html else [],
        reply_to=[letter.reply_to] if letter.reply_to else [],
    )


def _verdict(code: int, said: bytes | str) -> Undeliverable | Delayed:
    kind = Undeliverable if 500 <= code < 600 else Delayed
    return kind(_words(code, said))


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"The mail server answered {code}: {' '.join(text.split())}"
