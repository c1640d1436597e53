"""What is done to institutes and their staff. They add and flush; whoever calls commits once."""

import re
import unicodedata
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, NotFound, Refused
from app.extensions import db
from app.institutes import queries
from app.institutes.logos import Logo
from app.institutes.models import Institute, Staff
from app.institutes.records import InstituteRecord, InstituteSettings, Role


def create_institute(name: str, *, now: datetime, slug: str | None = None, time_zone: str = "UTC") -> InstituteRecord:
    """A new institute without staff. Its address is made from the name unless `slug` is given.

    Conflict: another has that address.
    """
    row = Institute(slug=slug or slug_of(name), name=name.strip(), time_zone=time_zone, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as fault:
        raise Conflict("address-taken") from fault
    return queries.institute(row.id)


def slug_of(name: str) -> str:
    """Letters a to z, digits and hyphens: what an address made from the name would be."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "institute"


def give_seat(institute_id: int, person_id: UUID, role: Role, *, now: datetime) -> None:
    """Make somebody staff. Who supervises may become administrator; nobody is made less by an invitation.

    The same again changes nothing.
    """
    row = db.session.get(Staff, (institute_id, person_id))
    if row is None:
        db.session.add(Staff(institute_id=institute_id, person_id=person_id, role=role, since=now))
    elif role == "administrator":
        row.role = role
    db.session.flush()


def change_role(institute_id: int, person_id: UUID, role: Role) -> None:
    """NotFound: they have no seat there. Conflict: they are the last administrator."""
    row = _seated(institute_id, person_id)
    _keep_an_administrator(row, role)
    row.role = role
    db.session.flush()


def take_seat(institute_id: int, person_id: UUID) -> None:
    """End somebody's seat, and what it carries here: they answer no disputes any more.

    NotFound: they have none. Conflict: they are the last administrator.
    """
    row = _seated(institute_id, person_id)
    _keep_an_administrator(row, None)
    db.session.execute(
        update(Institute)
        .where(Institute.id == institute_id, Institute.dispute_owner_id == person_id)
        .values(dispute_owner_id=None)
    )
    db.session.delete(row)
    db.session.flush()


def change_settings(institute_id: int, settings: InstituteSettings) -> tuple[str, ...]:
    """Put the settings in force; returns the names of those that are new.

    NotFound: no such institute. Refused: whoever is to answer disputes is none of its staff.
    """
    row = _institute(institute_id)
    owner = settings.dispute_owner_id
    if owner is not None and db.session.get(Staff, (institute_id, owner)) is None:
        raise Refused("dispute-owner-not-staff")
    changed = tuple(one.name for one in fields(settings) if getattr(row, one.name) != getattr(settings, one.name))
    for name in changed:
        setattr(row, name, getattr(settings, name))
    db.session.flush()
    return changed


def choose_colour(institute_id: int, colour: str) -> None:
    """#rrggbb, which whoever calls has found strong enough, or empty: the course's own."""
    row = _institute(institute_id)
    row.colour = colour
    row.version += 1
    db.session.flush()


def choose_logo(institute_id: int, logo: Logo | None) -> None:
    """None: it has no logo any more."""
    row = _institute(institute_id)
    row.logo, row.logo_type = (None, None) if logo is None else (logo.data, logo.type)
    row.version += 1
    db.session.flush()


def _institute(institute_id: int) -> Institute:
    row = db.session.get(Institute, institute_id, with_for_update=True)
    if row is None:
        raise NotFound
    return row


def _seated(institute_id: int, person_id: UUID) -> Staff:
    """Their seat. Whoever changes the staff of one institute waits for the other who does."""
    _institute(institute_id)
    row = db.session.get(Staff, (institute_id, person_id), populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _keep_an_administrator(row: Staff, role: Role | None) -> None:
    if row.role != "administrator" or role == "administrator":
        return
    others = select(Staff.person_id).where(
        Staff.institute_id == row.institute_id, Staff.role == "administrator", Staff.person_id != row.person_id
    )
    if db.session.scalar(others.limit(1)) is None:
        raise Conflict("last-administrator")
