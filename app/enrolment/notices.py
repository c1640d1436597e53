"""Who may have to be reminded of their last day, and that it was done: once for each day. They add and flush."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.enrolment.models import Cohort, Membership, Notice
from app.enrolment.queries import BELONGINGS, belonging_of
from app.enrolment.records import Belonging
from app.extensions import db

_DUE = func.coalesce(Membership.due_on, Cohort.due_on)


@dataclass(frozen=True, slots=True)
class NearDue:
    """A trainee who has not declined reminders in a group that runs, and whose last day is near."""

    person_id: UUID
    group: Belonging
    due_on: date
    told: frozenset[str]
    """The kinds of reminder of this very day that were written before."""
    groups: tuple[Belonging, ...]
    """All that this person is in, in the order of joining."""


def near_due(first: date, last: date) -> tuple[NearDue, ...]:
    """Everybody whose last day lies between these two, both included; by membership, in one query."""
    people = (
        select(Membership.person_id)
        .join(Cohort, Cohort.id == Membership.cohort_id)
        .where(Membership.left_at.is_(None), Membership.reminders, Cohort.ended_at.is_(None), _DUE.between(first, last))
    )
    of_this_day = and_(Notice.membership_id == Membership.id, Notice.due_on == _DUE)
    rows = db.session.execute(
        BELONGINGS.add_columns(Membership.person_id, Notice.kind)
        .outerjoin(Notice, of_this_day)
        .where(Membership.person_id.in_(people))
    )
    groups: dict[UUID, dict[int, Belonging]] = {}
    told: dict[int, set[str]] = {}
    for row in rows:
        groups.setdefault(row.person_id, {})[row.membership_id] = belonging_of(row)
        told.setdefault(row.membership_id, set()).update({row.kind} - {None})
    found = [
        NearDue(person_id, group, group.due_on, frozenset(told[group.membership_id]), tuple(theirs.values()))
        for person_id, theirs in groups.items()
        for group in theirs.values()
        if group.due_on is not None
        and first <= group.due_on <= last
        and group.reminders
        and group.cohort.ended_at is None
    ]
    return tuple(sorted(found, key=lambda one: one.group.membership_id))


def people_behind(membership_ids: Collection[int]) -> Select[UUID]:
    """Whose memberships these are, as a statement for other features' queries over a group."""
    return select(Membership.person_id).where(Membership.id.in_(membership_ids)).distinct()


def note(membership_id: int, kind: str, due_on: date, now: datetime) -> bool:
    """Note that a reminder is written in this transaction. False: it was, by this worker or another.

    Another that is about to write the same is waited for. Call in the order of memberships, so that no two wait for
    each other.
    """
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    values = {"membership_id": membership_id, "kind": kind, "due_on": due_on, "written_at": now}
    noted = db.session.execute(insert(Notice).values(values).on_conflict_do_nothing().returning(Notice.membership_id))
    return noted.first() is not None
