"""Reading institutes. A person's seat is asked for here, and nowhere else: whoever has none sees nothing."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

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


def all_institutes() -> tuple[InstituteRecord, ...]:
    """For those who run the site."""
    return tuple(map(institute_of, db.session.execute(select(*COLUMNS).order_by(Institute.name))))


def staff(institute_id: int) -> tuple[StaffMember, ...]:
    """Everybody with a seat, administrators first."""
    rows = db.session.execute(
        select(Staff.person_id, Staff.role, Staff.since)
        .where(Staff.institute_id == institute_id)
        .order_by(Staff.role, Staff.since, Staff.person_id)
    )
    return tuple(map(_staff_member, rows))


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
