"""When people were last in a session, for those who ask whether somebody still comes. What they did is theirs."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select

from app.extensions import db
from app.scenarios.models import MoveRow, Run

_LATEST = func.max(func.coalesce(MoveRow.made_at, Run.started_at))


def last_moves(people: Select[UUID]) -> Mapping[UUID, datetime]:
    """When each of them last began a session or made a move in one; one statement. Who never did is left out."""
    rows = db.session.execute(
        select(Run.person_id, _LATEST.label("latest"))
        .outerjoin(MoveRow, MoveRow.run_id == Run.id)
        .where(Run.person_id.in_(people))
        .group_by(Run.person_id)
    )
    return {row.person_id: row.latest for row in rows}


def last_move_of(person_id: ColumnElement[UUID]) -> ScalarSelect[datetime]:
    """The same moment of one person, as a part of somebody else's statement; NULL: never."""
    theirs = select(_LATEST).select_from(Run).outerjoin(MoveRow, MoveRow.run_id == Run.id)
    return theirs.where(Run.person_id == person_id).scalar_subquery()
