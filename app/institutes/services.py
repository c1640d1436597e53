"""What is done to institutes and their staff. They add and flush; whoever calls commits once."""

import re
import unicodedata
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict
from app.extensions import db
from app.institutes import queries
from app.institutes.models import Institute, Staff
from app.institutes.records import InstituteRecord, Role


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
    """Make somebody staff, or give them another role. The same again changes nothing."""
    row = db.session.get(Staff, (institute_id, person_id))
    if row is None:
        db.session.add(Staff(institute_id=institute_id, person_id=person_id, role=role, since=now))
    else:
        _keep_an_administrator(row, role)
        row.role = role
    db.session.flush()


def take_seat(institute_id: int, person_id: UUID) -> None:
    """End somebody's seat. Nothing happens if they have none. Conflict: they are the last administrator."""
    row = db.session.get(Staff, (institute_id, person_id))
    if row is None:
        return
    _keep_an_administrator(row, None)
    db.session.delete(row)
    db.session.flush()


def _keep_an_administrator(row: Staff, role: Role | None) -> None:
    if row.role != "administrator" or role == "administrator":
        return
    others = select(Staff.person_id).where(
        Staff.institute_id == row.institute_id, Staff.role == "administrator", Staff.person_id != row.person_id
    )
    if db.session.scalar(others.limit(1)) is None:
        raise Conflict("last-administrator")
