"""Inviting people into a cohort. It adds and flushes; whoever calls commits once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts import addresses
from app.accounts.group_queries import faces
from app.accounts.letters import link_to
from app.content import current_course
from app.enrolment.queries import person_ids
from app.enrolment.records import CohortRecord, CohortSeat
from app.enrolment.rosters import Guest, Known
from app.errors import Conflict, NotFound
from app.institutes import invitations, letters
from app.institutes import queries as institutes
from app.institutes.queries import staff_table
from app.institutes.records import InstituteRecord, InvitationRecord

AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that was written, and the link in it, to be handed on while the site cannot send mail."""

    email: str
    link: str = field(repr=False)


def known(cohort_id: int, institute_id: int, now: datetime) -> Known:
    """Who needs no invitation: members, also under the address that was invited; staff; who has an open one."""
    people = person_ids(cohort_id)
    staff = select(staff_table.c.person_id).where(staff_table.c.institute_id == institute_id)
    sent = institutes.invitations(institute_id, cohort_id)
    joined = {addresses.loose_key(face.email) for face in faces(people).values()}
    return Known(
        joined=frozenset(joined | institutes.taken_up(cohort_id, people)),
        invited=frozenset(addresses.loose_key(one.email) for one in sent if one.state(now) == "open"),
        staff=frozenset(addresses.loose_key(face.email) for face in faces(staff).values()),
    )


def invite(seat: CohortSeat, guests: Sequence[Guest], *, invited_by: UUID, now: datetime) -> tuple[Sent, ...]:
    """Write to those who need an invitation. Inviting the same people again changes nothing.

    Conflict: the cohort was put away.
    """
    if seat.cohort.ended_at is not None:
        raise Conflict("put-away")
    needless = known(seat.cohort.id, seat.institute.id, now)
    sent: list[Sent] = []
    for guest in guests:
        if needless.state(guest.key) is not None:
            continue
        made = invitations.invite(
            seat.institute.id,
            role="trainee",
            email=guest.email,
            name=guest.name,
            cohort_id=seat.cohort.id,
            invited_by=invited_by,
            now=now,
        )
        sent.append(write(seat.institute, seat.cohort, guest.email, guest.name, made.token, now))
    return tuple(sent)


def invitation(seat: CohortSeat, invitation_id: int) -> InvitationRecord:
    """One into this cohort. NotFound: there is none of it here."""
    sent = institutes.invitations(seat.institute.id, seat.cohort.id)
    found = next((one for one in sent if one.id == invitation_id), None)
    if found is None:
        raise NotFound
    return found


def resend(seat: CohortSeat, invitation_id: int, now: datetime) -> Sent:
    """Another letter with a fresh link. NotFound: not of this cohort.

    Conflict: it was taken up or withdrawn, the cohort was put away, or the letter before is so young that it may still
    be on its way: nobody's letter box is filled through this site.
    """
    found = invitation(seat, invitation_id)
    if seat.cohort.ended_at is not None or found.invited_at > now - AGAIN_AFTER:
        raise Conflict("just-written")
    made = invitations.renew(invitation_id, seat.institute.id, now)
    return write(seat.institute, seat.cohort, found.email, found.name, made.token, now)


def write(
    institute: InstituteRecord, cohort: CohortRecord, recipient: str, name: str, token: str, now: datetime
) -> Sent:
    """The letter that holds the link."""
    expires_at, link = now + invitations.LASTS, link_to("invitations", token)
    letters.send(
        institute,
        recipient,
        "invitation",
        "enrolment/invitation",
        now,
        subject=_("%(institute)s invites you: %(cohort)s", institute=institute.name, cohort=cohort.name),
        secret=token,
        expires_at=expires_at,
        name=name,
        cohort=cohort.name,
        course=current_course().title,
        link=link,
        due_on=cohort.due_on,
        holds_until=expires_at.astimezone(institute.zone).date(),
    )
    return Sent(recipient, link)
