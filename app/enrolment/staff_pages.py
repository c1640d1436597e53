"""Prepared values for the page of an institute's staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.accounts.group_queries import Face, faces
from app.enrolment import staffing
from app.institutes import queries
from app.institutes.records import InstituteRecord, StaffMember


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One of the staff; `face` is None when they have no account any more."""

    member: StaffMember
    face: Face | None
    cohorts: tuple[str, ...]
    answers_disputes: bool
    is_me: bool


SHOWN = 100
"""Most invitations listed."""


def staff_page(institute: InstituteRecord, me: UUID, now: datetime) -> dict[str, Any]:
    """Who is on the staff, and who is asked; four queries."""
    found = faces(queries.staff_ids(institute.id))
    cohorts = staffing.supervised(institute.id)
    lines = [
        StaffLine(
            member=member,
            face=found.get(member.person_id),
            cohorts=cohorts.get(member.person_id, ()),
            answers_disputes=member.person_id == institute.dispute_owner_id,
            is_me=member.person_id == me,
        )
        for member in queries.staff(institute.id)
    ]
    asked = [one for one in queries.invitations(institute.id, None) if one.state(now) in ("open", "expired")]
    return {"lines": lines, "asked": asked[:SHOWN], "now": now}
