"""Who the people of a group are: each function one statement at most. `people` is a Select of person ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from app.accounts.models import Identity
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Face:
    """How a person is called and written to."""

    name: str
    email: str


def faces(people: Select[UUID]) -> Mapping[UUID, Face]:
    """By person, in the order of names. Whoever has no identity any more is left out."""
    rows = db.session.execute(
        select(Identity.person_id, Identity.name, Identity.email)
        .where(Identity.person_id.in_(people))
        .order_by(Identity.name, Identity.person_id)
    )
    return {row.person_id: Face(row.name, row.email) for row in rows}


def administrator_ids() -> Select[UUID]:
    """Those who run the site, as a statement: they count in no statistics."""
    return select(Identity.person_id).where(Identity.administrator)
