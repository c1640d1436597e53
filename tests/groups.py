"""Two institutes, equally full: Linden with Bea and Ada, Cedar with Cy and Dan."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.accounts import services as accounts
from app.enrolment import services as enrolment
from app.extensions import db
from app.institutes import services as institutes
from app.institutes.records import InstituteRecord, Role
from tests.conftest import Member


@dataclass(frozen=True)
class Group:
    """An institute with an administrator, a supervisor, and one cohort with a trainee."""

    institute: InstituteRecord
    cohort_id: int
    administrator: Member
    supervisor: Member
    trainee: Member
    membership_id: int


def member(name: str, now: datetime) -> Member:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    person_id = accounts.create_account(name=name, email=email, password="four brown boots walking", now=now)
    return Member(person_id, name, email)


def seated(institute: InstituteRecord, name: str, role: Role, now: datetime) -> Member:
    """Somebody new on the institute's staff."""
    somebody = member(name, now)
    institutes.give_seat(institute.id, somebody.person_id, role, now=now)
    return somebody


def group(
    name: str, people: tuple[str, str, str], *, now: datetime, due_on: date | None = None, cohort: str = "Autumn"
) -> Group:
    """An institute called `name` with (administrator, supervisor, trainee), committed."""
    institute = institutes.create_institute(name, now=now)
    administrator = seated(institute, people[0], "administrator", now)
    supervisor = seated(institute, people[1], "supervisor", now)
    trainee = member(people[2], now)
    cohort_id = enrolment.create_cohort(institute.id, f"{name} {cohort}", now=now, due_on=due_on)
    enrolment.name_supervisor(cohort_id, supervisor.person_id)
    membership_id = enrolment.join(cohort_id, trainee.person_id, now=now)
    db.session.commit()
    return Group(institute, cohort_id, administrator, supervisor, trainee, membership_id)


def add_trainee(cohort_id: int, name: str, now: datetime) -> UUID:
    """One more trainee in the cohort, not committed."""
    somebody = member(name, now)
    enrolment.join(cohort_id, somebody.person_id, now=now)
    return somebody.person_id
