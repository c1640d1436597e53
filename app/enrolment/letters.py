"""Letters about belonging to a cohort."""

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from app.accounts.letters import link_to
from app.accounts.queries import address_of
from app.enrolment.joining_queries import watchers
from app.enrolment.records import CohortSeat
from app.institutes import letters


def write_moved(before: CohortSeat, after: CohortSeat, person_id: UUID, now: datetime) -> None:
    """To somebody who was moved: where they are now, until when, and who sees their work. No address, no letter."""
    recipient = address_of(person_id)
    if recipient is None:
        return
    seen_by = watchers([after.cohort.id])[after.cohort.id]
    letters.send(
        after.institute,
        recipient,
        "moved",
        "enrolment/moved",
        now,
        subject=_("You are now in %(cohort)s", cohort=after.cohort.name),
        before=before.cohort.name,
        after=after.cohort.name,
        due_on=after.cohort.due_on,
        seen_by=", ".join(dict.fromkeys((*seen_by.supervisors, *seen_by.administrators))),
        link=link_to("account", "groups"),
    )


def write_removed(seat: CohortSeat, person_id: UUID, now: datetime) -> None:
    """To somebody who was taken out of a cohort."""
    recipient = address_of(person_id)
    if recipient is None:
        return
    letters.send(
        seat.institute,
        recipient,
        "removed",
        "enrolment/removed",
        now,
        subject=_("You are no longer in %(cohort)s", cohort=seat.cohort.name),
        cohort=seat.cohort.name,
        link=link_to("course"),
    )
