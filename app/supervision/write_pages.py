"""Prepared values for the page that writes to trainees, and what was sent from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from werkzeug.datastructures import MultiDict

from app.content import Course
from app.errors import NotFound
from app.supervision.drafts import Draft, draft
from app.supervision.groups import Group
from app.supervision.reasons import Reason
from app.supervision.wording import sentence

MOST = 300
"""People a letter goes to at once, and letters that one person may write in a day."""
LONGEST_KEY = 120
MOST_KEYS = 20


@dataclass(frozen=True, slots=True)
class Recipient:
    person_id: UUID
    name: str
    email: str
    sentences: tuple[str, ...]
    keys: tuple[str, ...]


def recipients(course: Course, group: Group, people: Sequence[UUID]) -> tuple[Recipient, ...]:
    """Those of `people` who can be written to, each with what waits about them. NotFound: one is not in the
    cohort, or nobody is left to write to."""
    if not people or not set(people) <= {one.person_id for one in group.standings}:
        raise NotFound
    waiting = reasons_of(group)
    zone = group.seat.institute.zone
    found = tuple(
        Recipient(
            person_id=person_id,
            name=group.faces[person_id].name,
            email=group.faces[person_id].email,
            sentences=tuple(sentence(course, one, zone, group.now) for one in waiting.get(person_id, ())),
            keys=tuple(one.key for one in waiting.get(person_id, ())),
        )
        for person_id in people
        if person_id in group.faces
    )
    if not found:
        raise NotFound
    return found


def first_draft(course: Course, group: Group, people: Sequence[Recipient]) -> Draft:
    waiting = reasons_of(group)
    return draft(course, [waiting.get(one.person_id, ()) for one in people])


def reasons_of(group: Group) -> Mapping[UUID, Sequence[Reason]]:
    found: dict[UUID, list[Reason]] = {}
    for reason in group.waiting:
        found.setdefault(reason.person_id, []).append(reason)
    return found


def keys_sent(form: MultiDict[str, str], person_id: UUID) -> tuple[str, ...]:
    """The reasons that stood on the page beside this person when the form was sent."""
    sent = form.getlist(f"reason-{person_id}")[:MOST_KEYS]
    return tuple(key for key in dict.fromkeys(sent) if 0 < len(key) <= LONGEST_KEY and key.isprintable())
