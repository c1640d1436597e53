"""Prepared values for the page of a cohort."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext, ngettext

from app.content import Course
from app.supervision import listing, pace_pages, table_pages, teach_pages
from app.supervision.attention import needs
from app.supervision.groups import Group
from app.supervision.listing import Wish
from app.supervision.marks import Resting
from app.supervision.reasons import Needs
from app.supervision.wording import noted, said, sentence, until_due

MOST_NEEDS = 10
"""So many who need somebody stand on the page at first; the rest on a page of their own."""
NEEDS_PER_PAGE = 30
MOST_RESTING = 15
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NeedLine:
    """Somebody with all that waits about them."""

    person_id: UUID
    name: str
    href: str
    write: str | None
    """None: they have no address any more."""
    sentences: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestLine:
    person_id: UUID
    name: str
    sentence: str
    noted: str
    key: str


def cohort_page(course: Course, group: Group, wish: Wish) -> dict[str, Any]:
    """What templates/supervision/cohort.html prints. Asks the database nothing."""
    waiting = needs(group.waiting)
    needing = {one.person_id for one in waiting}
    counts = listing.counted(group.standings, needing)
    enough, too_few = teach_pages.gained(course, group)
    return {
        "summary": summary(counts),
        "needing": counts["needing"],
        "needs": [need_line(course, group, one) for one in waiting[:MOST_NEEDS]],
        "needs_left": max(0, len(waiting) - MOST_NEEDS),
        "resting": [rest_line(course, group, one) for one in group.resting[:MOST_RESTING]],
        "resting_all": len(group.resting),
        **frame(group),
        "pace": pace_pages.picture(group),
        "teach": teach_pages.to_teach(course, group),
        "gains": enough,
        "gains_too_few": too_few,
        **table_pages.table(group, needing, wish),
    }


def needs_page(course: Course, group: Group, number: int) -> dict[str, Any]:
    """What templates/supervision/needs.html prints: everybody who needs somebody, so many on a page."""
    waiting = needs(group.waiting)
    last = max(1, -(-len(waiting) // NEEDS_PER_PAGE))
    page = min(number, last)
    shown = waiting[(page - 1) * NEEDS_PER_PAGE : page * NEEDS_PER_PAGE]
    cohort_id = group.seat.cohort.id
    return {
        "needing": len(waiting),
        "needs": [need_line(course, group, one) for one in shown],
        "page": page,
        "page_links": [
            (one, url_for("supervision.cohort", cohort_id=cohort_id, needs=one)) for one in range(1, last + 1)
        ],
        **frame(group),
    }


def frame(group: Group) -> dict[str, Any]:
    """What both pages have."""
    today = group.now.astimezone(group.seat.institute.zone).date()
    return {
        "due": capital(due_words(group)),
        "snooze": {"value": today + A_WEEK, "min": today + timedelta(days=1)},
    }


def due_words(group: Group) -> str:
    """Due on 4 December, in 11 days; or that there is no last day, or that the cohort is put away."""
    cohort, zone = group.seat.cohort, group.seat.institute.zone
    if cohort.ended_at is not None:
        return gettext("put away on %(on)s", on=said(cohort.ended_at, zone, group.now))
    if cohort.due_on is None:
        return gettext("no last day")
    on, when = said(cohort.due_on, zone, group.now), until_due(cohort.due_on, zone, group.now)
    past = cohort.due_on < group.now.astimezone(zone).date()
    return (
        gettext("was due on %(on)s, %(when)s", on=on, when=when)
        if past
        else gettext("due on %(on)s, %(when)s", on=on, when=when)
    )


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def summary(counts: Mapping[listing.Show, int]) -> str:
    """12 trainees. 4 have finished, 7 are on their way, 1 has not started."""
    everybody = ngettext("%(num)d trainee.", "%(num)d trainees.", counts["all"])
    places: dict[listing.Show, str] = {
        "finished": ngettext("%(num)d has finished", "%(num)d have finished", counts["finished"]),
        "under_way": ngettext("%(num)d is on the way", "%(num)d are on their way", counts["under_way"]),
        "untouched": ngettext("%(num)d has not started", "%(num)d have not started", counts["untouched"]),
    }
    found = [words for show, words in places.items() if counts[show]]
    return f"{everybody} {', '.join(found)}." if found else gettext("Nobody is in this group yet.")


def need_line(course: Course, group: Group, one: Needs) -> NeedLine:
    face = group.faces.get(one.person_id)
    cohort_id, zone = group.seat.cohort.id, group.seat.institute.zone
    return NeedLine(
        person_id=one.person_id,
        name=name_of(group, one.person_id),
        href=url_for("trainees.trainee", cohort_id=cohort_id, person_id=one.person_id),
        write=url_for("supervision.write", cohort_id=cohort_id, to=one.person_id) if face else None,
        sentences=tuple(sentence(course, reason, zone, group.now) for reason in one.reasons),
        keys=tuple(reason.key for reason in one.reasons),
    )


def rest_line(course: Course, group: Group, one: Resting) -> RestLine:
    zone, person_id = group.seat.institute.zone, one.reason.person_id
    by = name_of(group, one.mark.marked_by, gettext("somebody who has left"))
    return RestLine(
        person_id=person_id,
        name=name_of(group, person_id),
        sentence=sentence(course, one.reason, zone, group.now),
        noted=noted(one, by, zone, group.now),
        key=one.reason.key,
    )


def name_of(group: Group, person_id: UUID | None, otherwise: str = "") -> str:
    """Somebody's name, or what stands for it once they have none."""
    face = group.faces.get(person_id) if person_id is not None else None
    return face.name if face else otherwise or gettext("A former trainee")
