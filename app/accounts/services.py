"""Accounts: begun, invited, reset and changed. They write and flush; whoever calls commits once."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts import addresses, letters, links, names, passwords, queries, sign_ins, tokens, wording
from app.accounts.faults import DeadLink, EmailTaken, SameEmail
from app.accounts.hashing import hash_of_nothing, hash_password
from app.accounts.models import Identity, Person
from app.accounts.records import Invited
from app.errors import NotFound, Refused
from app.extensions import db
from app.mail import queries as outbox

LETTERS_AN_HOUR = 3  # of one kind to one person: nobody's letter box is filled through this site
REGISTRATION = ("registration", "invitation")


def create_account(*, name: str, email: str, password: str | None, now: datetime, administrator: bool = False) -> UUID:
    """A new person with an identity. Without a password nobody signs in until one is set by letter. EmailTaken."""
    hashed = hash_of_nothing() if password is None else hash_password(password)
    person = Person(id=uuid4(), created_at=now)
    identity = Identity(
        person_id=person.id,
        name=names.tidy(name),
        email=email.strip(),
        email_key=addresses.key(email),
        password_hash=hashed,
        administrator=administrator,
        created_at=now,
        changed_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
            db.session.flush()
            db.session.add(identity)
    except IntegrityError as fault:
        raise EmailTaken from fault
    links.void(REGISTRATION, email=identity.email_key)
    return person.id


def create_administrator(*, name: str, email: str, password: str, now: datetime) -> UUID:
    """For the command line: raises Refused in words when something is wrong with what was given."""
    try:
        addresses.key(email)
    except addresses.BadAddress as fault:
        raise Refused(wording.address_fault()) from fault
    if (bad_name := names.fault(names.tidy(name))) is not None:
        raise Refused(wording.name_fault(bad_name))
    if (bad_password := passwords.fault(password, (name, email))) is not None:
        raise Refused(wording.password_fault(bad_password))
    return create_account(name=name, email=email, password=password, administrator=True, now=now)


def first_administrator_token(now: datetime) -> str | None:
    """The secret of /first-administrator/<token>; None when there is an administrator. The one before stops working."""
    if queries.administrator_exists():
        return None
    links.void(("first_administrator",))
    return links.issue("first_administrator", tokens.FIRST_ADMINISTRATOR_LASTS, now)


def create_first_administrator(token: str, *, name: str, email: str, password: str, now: datetime) -> UUID:
    """Raises DeadLink, also when there is an administrator by now, and EmailTaken."""
    if queries.administrator_exists():
        raise DeadLink("used")
    links.take(token, ("first_administrator",), now)
    return create_account(name=name, email=email, password=password, administrator=True, now=now)


def request_registration(email: str, now: datetime, *, way_back: str | None = None) -> None:
    """Send a letter with which to finish; to who has an account, a letter that says so. The caller cannot tell.

    `way_back`: where to go on after either, as `registration.way_back` lets it pass.
    """
    key = addresses.key(email)
    if _enough_letters("registration", now, email=key):
        return
    token = links.issue("registration", tokens.REGISTRATION_LASTS, now, email=key)
    known = _identity_by_key(key)
    if known is None:
        letters.send_registration(email.strip(), token, now, way_back=way_back)
    else:
        letters.send_already_registered(known.email, now, way_back=way_back)


def invite(email: str, now: datetime) -> Invited:
    """Send an invitation, which replaces an earlier one. Who has an account gets none."""
    key = addresses.key(email)
    if queries.person_id_of(key) is not None:
        return Invited(email.strip(), None)
    links.void(("invitation",), email=key)
    token = links.issue("invitation", tokens.INVITATION_LASTS, now, email=key)
    letters.send_invitation(email.strip(), token, now)
    return Invited(email.strip(), token)


def register_by_link(token: str, purposes: tuple[str, ...], *, name: str, password: str, now: datetime) -> UUID:
    """Finish what a letter began. The letter fixes the address. Raises DeadLink and EmailTaken."""
    link = links.take(token, purposes, now)
    return create_account(name=name, email=link.email or "", password=password, now=now)


def request_reset(email: str, now: datetime) -> None:
    """Send a letter with a link, if anybody has this address. The caller cannot tell."""
    known = _identity_by_key(addresses.loose_key(email))
    if known is None or _enough_letters("reset", now, person_id=known.person_id):
        return
    token = links.issue("reset", tokens.RESET_LASTS, now, person_id=known.person_id)
    letters.send_reset(known.email, token, now)


def reset_password(token: str, password: str, now: datetime) -> None:
    """Set a new password by letter; every sign-in ends. Raises DeadLink."""
    link = links.take(token, ("reset",), now)
    identity = _identity(link.person_id)
    _set_password(identity, password, now)
    sign_ins.end_all(identity.person_id, now)
    sign_ins.forget_failures(identity.email_key)


def change_password(person_id: UUID, sign_in_id: int, password: str, now: datetime) -> None:
    """Every sign-in but this one ends. Whether the present password was given is the caller's to prove."""
    _set_password(_identity(person_id), password, now)
    sign_ins.end_all(person_id, now, but=sign_in_id)


def change_name(person_id: UUID, name: str, now: datetime) -> None:
    identity = _identity(person_id)
    identity.name = names.tidy(name)
    identity.changed_at = now
    db.session.flush()


def request_email_change(person_id: UUID, email: str, now: datetime) -> None:
    """Ask at the new address, and warn at the old one. Nothing changes yet. Raises SameEmail."""
    identity = _identity(person_id)
    key = addresses.key(email)
    if key == identity.email_key:
        raise SameEmail
    known = _identity_by_key(key)
    recipient = email.strip() if known is None else known.email
    if _enough_letters("change_email", now, person_id=person_id) or _enough_letters_to(recipient, now):
        return
    token = links.issue("change_email", tokens.EMAIL_CHANGE_LASTS, now, person_id=person_id, email=email.strip())
    if known is None:
        letters.send_email_confirmation(recipient, token, now)
    else:
        letters.send_already_registered(recipient, now)
    letters.send_email_change_notice(identity.email, email.strip(), now)


def confirm_email_change(token: str, now: datetime) -> str:
    """The new address, now in force. Raises DeadLink and EmailTaken."""
    link = links.take(token, ("change_email",), now)
    identity = _identity(link.person_id)
    old, new = identity.email, link.email or ""
    try:
        with db.session.begin_nested():
            identity.email, identity.email_key, identity.changed_at = new, addresses.key(new), now
    except IntegrityError as fault:
        raise EmailTaken from fault
    links.void(("reset", "change_email"), person_id=identity.person_id)
    letters.send_email_changed(old, new, now)
    return new


def _set_password(identity: Identity, password: str, now: datetime) -> None:
    """Links asked for under the old password, by whomever, go with it."""
    identity.password_hash = hash_password(password)
    identity.changed_at = now
    db.session.flush()
    links.void(("reset", "change_email"), person_id=identity.person_id)
    letters.send_password_changed(identity.email, now)


def _identity(person_id: UUID | None) -> Identity:
    identity = db.session.get(Identity, person_id) if person_id is not None else None
    if identity is None:
        raise NotFound
    return identity


def _identity_by_key(email_key: str) -> Identity | None:
    return db.session.scalars(select(Identity).where(Identity.email_key == email_key)).one_or_none()


def _enough_letters(purpose: str, now: datetime, *, email: str | None = None, person_id: UUID | None = None) -> bool:
    made = queries.tokens_since(purpose, now - timedelta(hours=1), email=email, person_id=person_id)
    return made >= LETTERS_AN_HOUR


def _enough_letters_to(recipient: str, now: datetime) -> bool:
    """Counted for the letter box, too: a new password takes a person's open links back, and their count with them."""
    return outbox.letters_to(recipient, now - timedelta(hours=1)) >= LETTERS_AN_HOUR
