"""Prepared values for the page with the people of a cohort."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from app.accounts.group_queries import faces
from app.accounts.letters import link_to
from app.enrolment import queries
from app.enrolment.records import CohortSeat
from app.institutes import queries as institutes

PAGE = 100
STATES = ("open", "expired", "accepted", "withdrawn")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list. `number` begins at one; `total` counts the whole list."""

    items: Sequence[Item]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as the list shows them."""

    membership_id: int
    person_id: UUID
    name: str
    email: str
    joined_at: datetime
    due_on: date | None
    extended: bool
    reminders: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked to see of the list."""

    words: str = ""
    page: int = 1
    state: str = "open"
    invitations_page: int = 1


def people_page(seat: CohortSeat, wish: Wish, now: datetime) -> dict[str, Any]:
    """What templates/enrolment/people.html prints, in a fixed number of queries."""
    everybody = member_lines(seat.cohort.id)
    sent = institutes.invitations(seat.institute.id, seat.cohort.id)
    states: Counter[str] = Counter(one.state(now) for one in sent)
    chosen = [one for one in sent if one.state(now) == wish.state and _has(wish.words, one.name, one.email)]
    return {
        "seat": seat,
        "wish": wish,
        "people": page_of([one for one in everybody if _has(wish.words, one.name, one.email)], wish.page),
        "everybody": len(everybody),
        "invitations": page_of(chosen, wish.invitations_page),
        "states": [(state, states[state]) for state in STATES],
        "sent": len(sent),
        "join_link": link_to("join", seat.cohort.join_code) if seat.cohort.join_code else None,
    }


def member_lines(cohort_id: int) -> list[MemberLine]:
    """Everybody who is in the cohort now, by name. Whoever has deleted their account is no longer listed."""
    called = faces(queries.person_ids(cohort_id))
    lines = [
        MemberLine(
            membership_id=one.membership_id,
            person_id=one.person_id,
            name=called[one.person_id].name,
            email=called[one.person_id].email,
            joined_at=one.joined_at,
            due_on=one.due_on,
            extended=one.extended,
            reminders=one.reminders,
        )
        for one in queries.members(cohort_id)
        if one.person_id in called
    ]
    return sorted(lines, key=lambda one: (_plain(one.name), one.membership_id))


def page_of(items: Sequence[Item], number: int) -> Page[Item]:
    """The page that was asked for, or the nearest that there is."""
    pages = max(1, -(-len(items) // PAGE))
    shown = min(max(number, 1), pages)
    return Page(items[(shown - 1) * PAGE : shown * PAGE], shown, pages, len(items))


def _has(words: str, *texts: str) -> bool:
    """Whether each word occurs, whatever its capitals and accents."""
    said = _plain(" ".join(texts))
    return all(word in said for word in _plain(words).split())


def _plain(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))
