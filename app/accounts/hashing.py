"""Passwords become Argon2id hashes. OWASP's parameters: 19 MiB, two passes, one lane."""

from functools import cache
from secrets import token_urlsafe

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts.passwords import normalised

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
NOBODYS_HASH = HASHER.hash("The password of somebody who is not there.")


def hash_password(password: str) -> str:
    return HASHER.hash(normalised(password))


@cache
def hash_of_nothing() -> str:
    """Of a password that nobody knows, made once: no password fits, and finding that out takes as long as ever."""
    return hash_password(token_urlsafe(32))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether `password` made `password_hash`. Without a hash it takes as long, and is False."""
    try:
        HASHER.verify(password_hash or NOBODYS_HASH, normalised(password))
    except (VerificationError, InvalidHashError, UnicodeError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the parameters have changed since, so that it is time to hash anew."""
    return HASHER.check_needs_rehash(password_hash)
