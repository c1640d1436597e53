"""Joining: by an invitation or by a cohort's link. It adds and flushes; whoever calls commits once."""

from datetime import datetime
from uuid import UUID

from app.audit.services import record
from app.enrolment import joining_queries, services
from app.enrolment.joining_queries import Place
from app.errors import NotFound
from app.institutes import invitations
from app.institutes import services as institutes
from app.institutes.invitations import DeadInvitation
from app.institutes.queries import staff
from app.institutes.records import InvitationRecord, Role


def invited_to(found: InvitationRecord | None, now: datetime) -> Place | None:
    """Where an open invitation of a trainee leads; None: it is one to the staff. DeadInvitation: it leads nowhere, also
    because the cohort was put away ("ended")."""
    if found is None:
        raise DeadInvitation("unknown")
    if found.state(now) != "open":
        raise DeadInvitation(found.state(now))
    if found.cohort_id is None:
        return None
    try:
        return joining_queries.place(found.cohort_id)
    except NotFound:
        raise DeadInvitation("ended") from None


def accept(token: str, person_id: UUID, now: datetime) -> InvitationRecord:
    """Take an invitation up, and with it the membership or the seat. Whoever joins has agreed to what is seen of them.

    DeadInvitation: it cannot be taken up (any more).
    """
    invited_to(invitations.find(token, now), now)
    taken = invitations.take(token, person_id, now)
    if taken.cohort_id is not None:
        join(taken.cohort_id, taken.institute_id, person_id, now)
        return taken
    seats = {one.person_id: one.role for one in staff(taken.institute_id)}
    if seats.get(person_id) != "administrator":  # who is one already does not become less by it
        role: Role = "administrator" if taken.role == "administrator" else "supervisor"
        institutes.give_seat(taken.institute_id, person_id, role, now=now)
    _note("take-seat", f"institute {taken.institute_id}", taken.institute_id, person_id, now, role=taken.role)
    return taken


def join(cohort_id: int, institute_id: int, person_id: UUID, now: datetime) -> None:
    """Somebody who was told what is seen of them, and agreed, joins. Twice changes nothing."""
    if joining_queries.is_member(cohort_id, person_id):
        return
    services.join(cohort_id, person_id, now=now)
    _note("join", f"cohort {cohort_id}", institute_id, person_id, now)


def leave(membership_id: int, cohort_id: int, institute_id: int, person_id: UUID, now: datetime) -> None:
    """End one's own membership. NotFound: none of theirs."""
    services.leave(membership_id, person_id, now=now)
    _note("leave", f"cohort {cohort_id}", institute_id, person_id, now)


def _note(act: str, subject: str, institute_id: int, person_id: UUID, now: datetime, **details: str) -> None:
    record(act, subject, actor_id=person_id, now=now, institute_id=institute_id, person_id=person_id, **details)
