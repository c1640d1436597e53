"""Reads. They return frozen rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, column, func, select, table

from app.access import Viewer
from app.accounts import tokens
from app.accounts.models import FailedSignIn, Identity, SignIn, SingleUseToken
from app.accounts.records import Link, OpenInvitation, Profile, SignInRow
from app.errors import NotFound
from app.extensions import UTCDateTime, db

SIGN_IN_IDLES = timedelta(days=60)

# The staff of institutes, which stand above accounts: asked for here so that a page costs no statement more.
_STAFF = table("staff", column("person_id"))

# Asked for on every page, so the statement is put together once.
_VIEWER = (
    select(
        SignIn.id,
        Identity.person_id,
        Identity.name,
        Identity.email,
        Identity.administrator,
        select(_STAFF.c.person_id).where(_STAFF.c.person_id == Identity.person_id).exists().label("staff"),
    )
    .join(Identity, Identity.person_id == SignIn.person_id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > bindparam("not_idle_since", type_=UTCDateTime),
    )
)


def viewer(token: str, now: datetime) -> Viewer | None:
    """Whose sign-in this token is, in one query; None when it has ended or has long not been used."""
    row = (
        db.session.connection()
        .execute(_VIEWER, {"token_hash": tokens.digest(token), "not_idle_since": now - SIGN_IN_IDLES})
        .one_or_none()
    )
    if row is None:
        return None
    return Viewer(
        person_id=row.person_id,
        name=row.name,
        email=row.email,
        administrator=row.administrator,
        sign_in_id=row.id,
        token=token,
        staff=row.staff,
    )


def profile(person_id: UUID) -> Profile:
    row = db.session.execute(
        select(Identity.person_id, Identity.name, Identity.email, Identity.administrator, Identity.created_at).where(
            Identity.person_id == person_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return Profile(*row)


def names(person_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names of those who still have an identity."""
    rows = db.session.execute(select(Identity.person_id, Identity.name).where(Identity.person_id.in_(person_ids)))
    return {row.person_id: row.name for row in rows}


def address_of(person_id: UUID) -> str | None:
    """Where letters to this person go; None: they have no identity any more."""
    return db.session.scalar(select(Identity.email).where(Identity.person_id == person_id))


def addresses_of_administrators() -> Sequence[str]:
    return db.session.scalars(select(Identity.email).where(Identity.administrator).order_by(Identity.email_key)).all()


def person_id_of(email_key: str) -> UUID | None:
    return db.session.scalar(select(Identity.person_id).where(Identity.email_key == email_key))


def administrator_exists() -> bool:
    return db.session.scalar(select(Identity.person_id).where(Identity.administrator).limit(1)) is not None


def sign_ins(person_id: UUID, now: datetime) -> Sequence[SignInRow]:
    """Where this person is signed in, the latest seen first."""
    rows = db.session.execute(
        select(SignIn.id, SignIn.agent, SignIn.created_at, SignIn.last_seen_at)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.last_seen_at > now - SIGN_IN_IDLES)
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return tuple(SignInRow(*row) for row in rows)


def link(token: str, purposes: Collection[str], now: datetime) -> Link:
    """What has become of a one-time link. Looking does not use it up: mail programs look, too."""
    row = db.session.execute(
        select(
            SingleUseToken.purpose,
            SingleUseToken.email,
            SingleUseToken.person_id,
            SingleUseToken.expires_at,
            SingleUseToken.used_at,
        ).where(SingleUseToken.token_hash == tokens.digest(token), SingleUseToken.purpose.in_(purposes))
    ).one_or_none()
    if row is None:
        return Link("unknown")
    state = "used" if row.used_at is not None else "expired" if row.expires_at <= now else "open"
    return Link(state, row.email, row.person_id, row.purpose)


def tokens_since(purpose: str, moment: datetime, *, email: str | None = None, person_id: UUID | None = None) -> int:
    """How many links of this kind were made for one address or person since `moment`."""
    owner = SingleUseToken.email == email if person_id is None else SingleUseToken.person_id == person_id
    return (
        db.session.scalar(
            select(func.count())
            .select_from(SingleUseToken)
            .where(SingleUseToken.purpose == purpose, SingleUseToken.created_at > moment, owner)
        )
        or 0
    )


def open_invitations(now: datetime) -> Sequence[OpenInvitation]:
    rows = db.session.execute(
        select(SingleUseToken.id, SingleUseToken.email, SingleUseToken.created_at, SingleUseToken.expires_at)
        .where(
            SingleUseToken.purpose == "invitation",
            SingleUseToken.used_at.is_(None),
            SingleUseToken.expires_at > now,
        )
        .order_by(SingleUseToken.created_at.desc(), SingleUseToken.email)
    )
    return tuple(OpenInvitation(row.id, row.email or "", row.created_at, row.expires_at) for row in rows)


def failures(since: datetime, *, email_key_hash: str | None = None, address_hash: str | None = None) -> list[datetime]:
    """When sign-ins failed, for one e-mail address or for one network."""
    counted = (
        FailedSignIn.email_key_hash == email_key_hash
        if email_key_hash is not None
        else FailedSignIn.address_hash == address_hash
    )
    return list(db.session.scalars(select(FailedSignIn.at).where(counted, FailedSignIn.at > since)))
