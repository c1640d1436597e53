"""Reading what a group of people has read: each function one statement. `people` is a Select of person ids."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_

from app.content.library import SectionKey
from app.extensions import db
from app.learning.group_records import ModuleReads as ModuleReads
from app.learning.group_records import ReadLine as ReadLine
from app.learning.models import SectionReadRow


def reads_by_module(people: Select[UUID], sections: Sequence[SectionKey] | None = None) -> Sequence[ModuleReads]:
    """One row for each person and module of which they have read something.

    `sections`, if given, are the (module, section) ids that count: those that the course has now.
    """
    wanted = select(
        SectionReadRow.person_id,
        SectionReadRow.module_id,
        func.count(),
        func.min(SectionReadRow.read_at),
        func.max(SectionReadRow.read_at),
    ).where(SectionReadRow.person_id.in_(people))
    if sections is not None:
        wanted = wanted.where(tuple_(SectionReadRow.module_id, SectionReadRow.section_id).in_(sections))
    rows = db.session.execute(
        wanted.group_by(SectionReadRow.person_id, SectionReadRow.module_id).order_by(
            SectionReadRow.person_id, SectionReadRow.module_id
        )
    )
    return tuple(ModuleReads(*row) for row in rows)


def read_lines(people: Select[UUID]) -> Sequence[ReadLine]:
    """Every section that these people have read, oldest first."""
    rows = db.session.execute(
        select(SectionReadRow.person_id, SectionReadRow.module_id, SectionReadRow.section_id, SectionReadRow.read_at)
        .where(SectionReadRow.person_id.in_(people))
        .order_by(SectionReadRow.read_at, SectionReadRow.person_id)
    )
    return tuple(ReadLine(*row) for row in rows)
