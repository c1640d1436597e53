"""Personal invitations, into a cohort or to the staff. They add and flush; whoever calls commits once.

Only the hash of an invitation's secret is kept: the link itself stands in the letter alone.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.accounts import addresses, tokens
from app.errors import Conflict, NotFound, Refused
from app.extensions import db
from app.institutes.models import Invitation
from app.institutes.queries import INVITATION, invitation_of
from app.institutes.records import InvitationRecord, Invited, Role

LASTS = timedelta(days=60)
REMEMBERED = timedelta(days=90)
"""How long an invitation that has run out can still say so."""


class DeadInvitation(Refused):
    """An invitation that nobody can take up any more: "accepted", "withdrawn", "expired" or "unknown"."""

    def __init__(self, state: str) -> None:
        super().__init__(f"This invitation is {state}.")
        self.state = state


def invite(
    institute_id: int,
    *,
    role: Role | Literal["trainee"],
    email: str,
    name: str = "",
    cohort_id: int | None = None,
    invited_by: UUID | None,
    now: datetime,
    lasts: timedelta = LASTS,
) -> Invited:
    """Invite whoever has this address: into `cohort_id` as a trainee, or (None) to the staff.

    One to the same address that nobody has taken up yet is renewed: its link stops working, the new one holds.
    addresses.BadAddress: no address that letters can be sent to.
    """
    key = addresses.key(email)
    token = tokens.fresh()
    row = _waiting(institute_id, cohort_id, key)
    if row is None:
        row = Invitation(institute_id=institute_id, cohort_id=cohort_id, email_key=key)
        _fill(row, role, name, email, invited_by, token, now, lasts)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:  # by somebody else a moment ago
            row = _waiting(institute_id, cohort_id, key)
            if row is None:
                raise
    _fill(row, role, name, email, invited_by, token, now, lasts)
    db.session.flush()
    return Invited(row.id, token)


def renew(invitation_id: int, institute_id: int, now: datetime, *, lasts: timedelta = LASTS) -> Invited:
    """A fresh link and a fresh term for an invitation that nobody has taken up; the link before stops working.

    NotFound: no such invitation of this institute. Conflict: it was taken up or withdrawn.
    """
    row = _of_institute(invitation_id, institute_id)
    if row.accepted_at is not None or row.withdrawn_at is not None:
        raise Conflict("invitation-closed")
    token = tokens.fresh()
    row.token_hash, row.invited_at, row.expires_at = tokens.digest(token), now, now + lasts
    db.session.flush()
    return Invited(row.id, token)


def withdraw(invitation_id: int, institute_id: int, now: datetime) -> None:
    """Take an invitation back: its link no longer works. One taken up or withdrawn before stays as it is.

    NotFound: no such invitation of this institute.
    """
    row = _of_institute(invitation_id, institute_id)
    if row.accepted_at is None and row.withdrawn_at is None:
        row.withdrawn_at = now
        db.session.flush()


def find(token: str, now: datetime) -> InvitationRecord | None:
    """The invitation behind a link, whatever has become of it: ask its `state(now)`. None: there is none, or it ran out
    so long ago that nothing is told of it. Looking does not use it up: mail programs look, too."""
    row = db.session.execute(
        select(*INVITATION).where(
            Invitation.token_hash == tokens.digest(token), Invitation.expires_at > now - REMEMBERED
        )
    ).one_or_none()
    return None if row is None else invitation_of(row)


def take(token: str, person_id: UUID, now: datetime) -> InvitationRecord:
    """Take an invitation up. Of two at the same moment only one gets it: the database decides.

    What it invites to, a seat or a membership, is the caller's to give. DeadInvitation: it cannot be taken up.
    """
    taken = db.session.execute(
        update(Invitation)
        .where(
            Invitation.token_hash == tokens.digest(token),
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(accepted_at=now, accepted_by=person_id)
        .returning(Invitation.id)
    ).one_or_none()
    found = find(token, now)
    if found is None:
        raise DeadInvitation("unknown")
    if taken is None:
        raise DeadInvitation(found.state(now))
    return found


def _fill(
    row: Invitation,
    role: str,
    name: str,
    email: str,
    invited_by: UUID | None,
    token: str,
    now: datetime,
    lasts: timedelta,
) -> None:
    row.role, row.name, row.email, row.invited_by = role, name.strip(), email.strip(), invited_by
    row.token_hash, row.invited_at, row.expires_at = tokens.digest(token), now, now + lasts


def _waiting(institute_id: int, cohort_id: int | None, email_key: str) -> Invitation | None:
    return db.session.scalars(
        select(Invitation).where(
            Invitation.institute_id == institute_id,
            Invitation.cohort_id.is_(None) if cohort_id is None else Invitation.cohort_id == cohort_id,
            Invitation.email_key == email_key,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
    ).one_or_none()


def _of_institute(invitation_id: int, institute_id: int) -> Invitation:
    row = db.session.get(Invitation, invitation_id, with_for_update=True)
    if row is None or row.institute_id != institute_id:
        raise NotFound
    return row
