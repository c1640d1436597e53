"""Flask-Mailman's SMTP connection, made to check certificates."""

import smtplib
import ssl
from typing import Any

from flask_mailman.backends.smtp import EmailBackend


class CertainSMTP(smtplib.SMTP):
    """STARTTLS without a context accepts any certificate, and Flask-Mailman passes none."""

    def starttls(self, *_files: Any, context: ssl.SSLContext | None = None) -> tuple[int, bytes]:
        return super().starttls(context=context or ssl.create_default_context())


class CertainBackend(EmailBackend):
    """Encrypts only towards a server that proves who it is."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return smtplib.SMTP_SSL if self.use_ssl else CertainSMTP
