"""Reading institutes. A person's seat is asked for here, and nowhere else: whoever has none sees nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from app.errors import NotFound
from app.extensions import db
from app.institutes.models import Institute, Invitation, Staff
from app.institutes.records import InstituteRecord, InvitationRecord, Seat, StaffMember

COLUMNS = (
    Institute.id,
    Institute.slug,
    Institute.name,
    Institute.contact,
    Institute.time_zone,
    Institute.privacy,
    Institute.certificate_line,
    Institute.signatory,
    Institute.colour,
    Institute.logo_type,
    Institute.version,
    Institute.pass_mark,
    Institute.retention_years,
    Institute.dispute_owner_id,
    Institute.created_at,
)
institutes_table, staff_table = Institute.__table__, Staff.__table__
"""For the statements of other features that join an institute or its staff."""

_SEATS = (
    select(Staff.role, *COLUMNS)
    .join(Institute, Institute.id == Staff.institute_id)
    .where(Staff.person_id == bindparam("person_id"))
    .order_by(Institute.name, Institute.id)
)
_SEAT = _SEATS.where(Institute.slug == bindparam("slug"))


def seats(person_id: UUID) -> tuple[Seat, ...]:
    """Every institute at which this person is staff."""
    return tuple(map(_seat, db.session.connection().execute(_SEATS, {"person_id": person_id})))


def seat(person_id: UUID, slug: str) -> Seat:
    """What this person is at the institute. NotFound: nothing, or there is no such institute."""
    row = db.session.connection().execute(_SEAT, {"person_id": person_id, "slug": slug}).one_or_none()
    if row is None:
        raise NotFound
    return _seat(row)


def administrator_seat(person_id: UUID, slug: str) -> Seat:
    """The same, for what only its administrators may. NotFound otherwise."""
    found = seat(person_id, slug)
    if not found.administers:
        raise NotFound
    return found


def institute(institute_id: int) -> InstituteRecord:
    """NotFound: there is none."""
    row = db.session.execute(select(*COLUMNS).where(Institute.id == institute_id)).one_or_none()
    if row is None:
        raise NotFound
    return institute_of(row)


def logo(slug: str) -> tuple[InstituteRecord, bytes]:
    """The institute and its logo. NotFound: no such institute, or it has none."""
    row = db.session.execute(select(Institute.logo, *COLUMNS).where(Institute.slug == slug)).one_or_none()
    if row is None or row.logo is None:
        raise NotFound
    return institute_of(row[1:]), row.logo


def by_slug(slug: str) -> InstituteRecord:
    """For what everybody may see of it: its look. NotFound: there is none."""
    row = db.session.execute(select(*COLUMNS).where(Institute.slug == slug)).one_or_none()
    if row is None:
        raise NotFound
    return institute_of(row)


def all_institutes() -> tuple[InstituteRecord, ...]:
    """For those who run the site."""
    return tuple(map(institute_of, db.session.execute(select(*COLUMNS).order_by(Institute.name))))


def institute_names(institute_ids: Collection[int]) -> Mapping[int, str]:
    """By id; what is gone is left out."""
    rows = db.session.execute(select(Institute.id, Institute.name).where(Institute.id.in_(institute_ids)))
    return {row.id: row.name for row in rows}


def staff(institute_id: int) -> tuple[StaffMember, ...]:
    """Everybody with a seat, administrators first."""
    rows = db.session.execute(
        select(Staff.person_id, Staff.role, Staff.since)
        .where(Staff.institute_id == institute_id)
        .order_by(Staff.role, Staff.since, Staff.person_id)
    )
    return tuple(map(_staff_member, rows))


def staff_ids(institute_id: int) -> Select[UUID]:
    """The same people, as a statement for other features' queries over a group."""
    return select(Staff.person_id).where(Staff.institute_id == institute_id)


INVITATION = (
    Invitation.id,
    Invitation.institute_id,
    Invitation.cohort_id,
    Invitation.role,
    Invitation.name,
    Invitation.email,
    Invitation.invited_at,
    Invitation.expires_at,
    Invitation.accepted_at,
    Invitation.withdrawn_at,
)


def invitations(institute_id: int, cohort_id: int | None) -> tuple[InvitationRecord, ...]:
    """Every invitation into one cohort, or (None) to the staff, newest first."""
    rows = db.session.execute(
        select(*INVITATION)
        .where(
            Invitation.institute_id == institute_id,
            Invitation.cohort_id.is_(None) if cohort_id is None else Invitation.cohort_id == cohort_id,
        )
        .order_by(Invitation.invited_at.desc(), Invitation.id.desc())
    )
    return tuple(map(invitation_of, rows))


def invited_administrators(institute_ids: Collection[int], now: datetime) -> Mapping[int, InvitationRecord]:
    """Of each of these institutes the newest open invitation of an administrator."""
    rows = db.session.execute(
        select(*INVITATION)
        .where(
            Invitation.institute_id.in_(institute_ids),
            Invitation.role == "administrator",
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.invited_at, Invitation.id)
    )
    return {one.institute_id: one for one in map(invitation_of, rows)}


def taken_up(cohort_id: int, people: Select[UUID]) -> frozenset[str]:
    """The addresses, as keys, whose invitations into the cohort were taken up by any of these people."""
    return frozenset(
        db.session.scalars(
            select(Invitation.email_key).where(Invitation.cohort_id == cohort_id, Invitation.accepted_by.in_(people))
        )
    )


def unanswered(institute_id: int, email: str) -> tuple[InvitationRecord, ...]:
    """Invitations to exactly this address that were neither taken up nor withdrawn, run out or not: into any cohort,
    and to the staff."""
    rows = db.session.execute(
        select(*INVITATION)
        .where(
            Invitation.institute_id == institute_id,
            Invitation.email == email,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .order_by(Invitation.id)
    )
    return tuple(map(invitation_of, rows))


def invitation_of(row: Any) -> InvitationRecord:
    """A row of `INVITATION`."""
    return InvitationRecord(*row)


def institute_of(row: Any) -> InstituteRecord:
    """A row of `COLUMNS`."""
    return InstituteRecord(*row)


def _staff_member(row: Any) -> StaffMember:
    return StaffMember(*row)


def _seat(row: Any) -> Seat:
    return Seat(institute_of(row[1:]), row.role)
