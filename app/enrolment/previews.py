"""The people of a preview on their way to the confirmation and back: signed, so that what is confirmed is what was
shown, to this person, for this cohort, not long ago."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.accounts import addresses
from app.enrolment.rosters import Guest
from app.errors import Conflict

LASTS = timedelta(hours=2)


def sign(guests: Sequence[Guest], cohort_id: int, person_id: UUID, now: datetime) -> str:
    """Text for a hidden field, which nobody else can make or use elsewhere."""
    return str(_serializer(cohort_id, person_id).dumps([now.timestamp(), [[one.name, one.email] for one in guests]]))


def read(signed: str, cohort_id: int, person_id: UUID, now: datetime) -> tuple[Guest, ...]:
    """The people that `sign` was given. Conflict: it is no such text, or too old."""
    try:
        shown_at, people = _serializer(cohort_id, person_id).loads(signed)
    except BadSignature as fault:
        raise Conflict("no-preview") from fault
    if not 0 <= now.timestamp() - shown_at <= LASTS.total_seconds():
        raise Conflict("old-preview")
    return tuple(Guest(number, name, email, addresses.key(email)) for number, (name, email) in enumerate(people, 1))


def _serializer(cohort_id: int, person_id: UUID) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=f"people for cohort {cohort_id} by {person_id}")
