"""Letters that a supervisor writes to trainees."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from app.accounts.letters import link_to
from app.audit.queries import Wanted, count
from app.audit.services import record
from app.enrolment.records import CohortSeat
from app.institutes import letters
from app.supervision.write_pages import MOST, Recipient

A_DAY = timedelta(days=1)


def left_today(seat: CohortSeat, writer_id: UUID, now: datetime) -> int:
    """How many more letters somebody may write within a day at this institute."""
    wanted = Wanted(seat.institute.id, act="write", person_id=writer_id, since=now - A_DAY)
    return max(0, MOST - count(wanted))


def write(
    seat: CohortSeat,
    people: Sequence[Recipient],
    subject: str,
    body: str,
    *,
    writer_id: UUID,
    name: str,
    email: str,
    now: datetime,
) -> None:
    """To each of them a letter of their own, whose answer goes to the writer. That it was written is noted."""
    for one in people:
        letters.send(
            seat.institute,
            one.email,
            "message",
            "supervision/message",
            now,
            subject=subject,
            reply_to=email,
            recipient=one.name,
            body=body,
            writer=name,
            group=seat.cohort.name,
            link=link_to("course"),
        )
        record(
            "write",
            "trainee",
            actor_id=writer_id,
            now=now,
            institute_id=seat.institute.id,
            person_id=one.person_id,
            cohort_id=seat.cohort.id,
        )
