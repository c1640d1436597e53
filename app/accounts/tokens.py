"""Secrets that stand in links and cookies. The database keeps their hashes only. Pure."""

import hashlib
import hmac
import secrets
from datetime import timedelta

RESET_LASTS = timedelta(hours=2)
EMAIL_CHANGE_LASTS = timedelta(hours=24)
REGISTRATION_LASTS = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=14)
FIRST_ADMINISTRATOR_LASTS = timedelta(days=7)


def fresh() -> str:
    """256 random bits that fit into an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Plain SHA-256: what is hashed is random and long, so nothing slower is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def keyed_digest(secret: str, kind: str, value: str) -> str:
    """For values that could be guessed, such as e-mail and network addresses."""
    return hmac.new(secret.encode(), f"{kind}\0{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
