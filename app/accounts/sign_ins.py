"""Signing in and out: attempts, and the rows that stand for browsers."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, func, select, update

from app.accounts import addresses, queries, throttle, tokens
from app.accounts.devices import LONGEST_AGENT
from app.accounts.faults import TooManyFailures
from app.accounts.hashing import hash_password, is_outdated, verify
from app.accounts.models import FailedSignIn, Identity, SignIn
from app.accounts.records import Attempt
from app.errors import NotFound
from app.extensions import db

SEEN_AGAIN = timedelta(minutes=5)  # "last seen" is no finer than this


def begin_attempt(email: str, address: str | None, now: datetime) -> Attempt:
    """Count an attempt as failed before the password is looked at.

    The caller commits before `prove`: so guesses made at the same moment are all counted, and the slow hash is worked
    out while nobody waits for the database. Raises TooManyFailures, and counts nothing, while the wait lasts.
    """
    email_key = addresses.loose_key(email)
    email_key_hash = _fingerprint("email", email_key)
    address_hash = _fingerprint("address", throttle.network(address))
    _take_turns(email_key_hash)
    _check_wait(email_key_hash, address_hash, now)
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.at < now - throttle.PER_EMAIL.window))
    failure = FailedSignIn(email_key_hash=email_key_hash, address_hash=address_hash, at=now)
    db.session.add(failure)
    db.session.flush()
    known = db.session.execute(
        select(Identity.person_id, Identity.password_hash).where(Identity.email_key == email_key)
    ).one_or_none()
    person_id, password_hash = known if known is not None else (None, None)
    return Attempt(failure.id, email_key_hash, person_id, password_hash)


def prove(attempt: Attempt, password: str) -> UUID | None:
    """Whose password this is; then the failures counted for that address are forgotten. None when it is wrong."""
    if not verify(attempt.password_hash, password) or attempt.password_hash is None:
        return None
    unchanged = db.session.scalars(
        select(Identity).where(Identity.person_id == attempt.person_id, Identity.password_hash == attempt.password_hash)
    ).one_or_none()
    if unchanged is None:  # reset or deleted while the hash was being worked out
        return None
    if is_outdated(attempt.password_hash):
        unchanged.password_hash = hash_password(password)
        db.session.flush()
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.email_key_hash == attempt.email_key_hash))
    return unchanged.person_id


def forget_failures(email_key: str) -> None:
    """After a reset the owner need not wait for what somebody else has tried."""
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.email_key_hash == _fingerprint("email", email_key)))


def start(person_id: UUID, agent: str, now: datetime) -> str:
    """Sign a browser in. The returned secret goes into its session cookie; the database keeps the hash."""
    token = tokens.fresh()
    db.session.add(
        SignIn(
            token_hash=tokens.digest(token),
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            agent="".join(sign for sign in agent if sign.isprintable())[:LONGEST_AGENT],
        )
    )
    db.session.flush()
    return token


def mark_seen(sign_in_id: int, now: datetime) -> None:
    db.session.execute(
        update(SignIn).where(SignIn.id == sign_in_id, SignIn.last_seen_at < now - SEEN_AGAIN).values(last_seen_at=now)
    )


def end(person_id: UUID, sign_in_id: int, now: datetime) -> None:
    """Sign one browser out. Somebody else's is as good as absent; ending twice is no fault."""
    mine = db.session.scalars(
        select(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id)
    ).one_or_none()
    if mine is None:
        raise NotFound
    if mine.ended_at is None:
        mine.ended_at = max(now, mine.created_at)
    db.session.flush()


def end_all(person_id: UUID, now: datetime, *, but: int | None = None) -> None:
    """Sign a person out everywhere, or everywhere but here."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
        .values(ended_at=now)
    )


def _take_turns(email_key_hash: str) -> None:
    """Of attempts for one address at the same moment each sees those before it. SQLite lets only one write anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(email_key_hash))))


def _check_wait(email_key_hash: str, address_hash: str, now: datetime) -> None:
    per_email = queries.failures(now - throttle.PER_EMAIL.window, email_key_hash=email_key_hash)
    per_network = queries.failures(now - throttle.PER_NETWORK.window, address_hash=address_hash)
    wait = max(throttle.wait(per_email, throttle.PER_EMAIL, now), throttle.wait(per_network, throttle.PER_NETWORK, now))
    if wait > timedelta(0):
        raise TooManyFailures(wait)


def _fingerprint(kind: str, value: str) -> str:
    return tokens.keyed_digest(str(current_app.secret_key), kind, value)
