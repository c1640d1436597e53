"""How people come into a group of the demo: by an invitation of their own, or by the join link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.accounts import services as accounts
from app.audit.services import record
from app.demo.post import LOST, deliver
from app.enrolment import inviting, joining
from app.enrolment.queries import belongings
from app.enrolment.records import CohortSeat
from app.institutes import invitations
from app.institutes.records import Invited


@dataclass(frozen=True, slots=True)
class Newcomer:
    name: str
    email: str
    token: str | None = None
    """The secret of their invitation; None: they come by the join link."""
    late: bool = False
    """Whether they come when the others have long begun."""


@dataclass(frozen=True, slots=True)
class Host:
    """A group, as the administrator has it who invites people into it."""

    seat: CohortSeat
    administrator: UUID

    def note(self, act: str, at: datetime, *, person_id: UUID | None = None, **details: Any) -> None:
        """On the record of acts."""
        record(
            act,
            f"cohort {self.seat.cohort.id}",
            actor_id=self.administrator,
            now=at,
            institute_id=self.seat.institute.id,
            person_id=person_id,
            **details,
        )


def invite(host: Host, people: Iterable[tuple[str, str]], at: datetime) -> Sequence[Newcomer]:
    """Write to all of these (name, address) at once, as somebody does who brings a list."""
    found = [Newcomer(name, email, _invite(host, name, email, at).token) for name, email in people]
    if found:
        host.note("invite", at, people=len(found))
    deliver(at)
    return found


def misspell(host: Host, name: str, email: str, at: datetime) -> None:
    """An invitation to an address that does not exist. It is withdrawn the next day, and the right one invited."""
    wrong = _invite(host, name, f"{email.partition('@')[0]}@{LOST}", at)
    host.note("invite", at, people=1)
    deliver(at)
    invitations.withdraw(wrong.invitation_id, host.seat.institute.id, at + timedelta(days=1))
    host.note("withdraw-invitation", at + timedelta(days=1), invitation=wrong.invitation_id)
    invite(host, [(name, email)], at + timedelta(days=1, minutes=2))


def join(host: Host, newcomer: Newcomer, at: datetime) -> tuple[UUID, int]:
    """The newcomer has an account from now on, and is in the group: (person, membership)."""
    person_id = accounts.create_account(name=newcomer.name, email=newcomer.email, password=None, now=at)
    if newcomer.token is None:
        joining.join(host.seat.cohort.id, host.seat.institute.id, person_id, at)
    else:
        joining.accept(newcomer.token, person_id, at)
    return person_id, belongings(person_id)[0].membership_id


def _invite(host: Host, name: str, email: str, at: datetime) -> Invited:
    """Write to one of them."""
    institute, cohort = host.seat.institute, host.seat.cohort
    made = invitations.invite(
        institute.id,
        role="trainee",
        email=email,
        name=name,
        cohort_id=cohort.id,
        invited_by=host.administrator,
        now=at,
    )
    inviting.write(institute, cohort, email, name, made.token, at)
    return made
