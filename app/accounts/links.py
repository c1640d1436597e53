"""One-time links: made, and used up."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update

from app.accounts import queries, tokens
from app.accounts.faults import DeadLink
from app.accounts.models import SingleUseToken
from app.accounts.records import Link
from app.extensions import db

REMEMBERED = timedelta(days=30)  # how long an expired link can still say that it has expired


def issue(
    purpose: str,
    lasts: timedelta,
    now: datetime,
    *,
    person_id: UUID | None = None,
    email: str | None = None,
) -> str:
    """Make a link's token; only its hash is kept."""
    db.session.execute(delete(SingleUseToken).where(SingleUseToken.expires_at < now - REMEMBERED))
    token = tokens.fresh()
    db.session.add(
        SingleUseToken(
            token_hash=tokens.digest(token),
            purpose=purpose,
            person_id=person_id,
            email=email,
            created_at=now,
            expires_at=now + lasts,
        )
    )
    db.session.flush()
    return token


def take(token: str, purposes: Collection[str], now: datetime) -> Link:
    """Use the link up. Of two at the same moment only one gets it: the database decides."""
    found = queries.link(token, purposes, now)
    if not found.is_open:
        raise DeadLink(found.state)
    taken = db.session.execute(
        update(SingleUseToken)
        .where(
            SingleUseToken.token_hash == tokens.digest(token),
            SingleUseToken.used_at.is_(None),
            SingleUseToken.expires_at > now,
        )
        .values(used_at=now)
        .returning(SingleUseToken.id)
    ).one_or_none()
    if taken is None:
        raise DeadLink("used")
    return found


def void(purposes: Collection[str], *, person_id: UUID | None = None, email: str | None = None) -> None:
    """Take back what is still open of these purposes: of one person, of one address, or altogether."""
    open_links = delete(SingleUseToken).where(SingleUseToken.purpose.in_(purposes), SingleUseToken.used_at.is_(None))
    if person_id is not None:
        open_links = open_links.where(SingleUseToken.person_id == person_id)
    if email is not None:
        open_links = open_links.where(SingleUseToken.email == email)
    db.session.execute(open_links)


def withdraw_invitation(invitation_id: int) -> None:
    """Take back one open invitation. One that is used, or never was, is no fault: it is not open either way."""
    db.session.execute(
        delete(SingleUseToken).where(
            SingleUseToken.id == invitation_id,
            SingleUseToken.purpose == "invitation",
            SingleUseToken.used_at.is_(None),
        )
    )
