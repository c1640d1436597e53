"""When an institute's certificates were issued, for what is reported of a year."""

from datetime import datetime

from sqlalchemy import func, select

from app.credentials.models import Certificate
from app.extensions import UTCDateTime, db


def first_issues(institute_id: int, since: datetime, until: datetime) -> tuple[datetime, ...]:
    """The moments, in order, at which people got this institute's certificate of an edition. One that was replaced,
    after a change of name for instance, counts once, when it was first issued."""
    issued = func.min(Certificate.issued_at, type_=UTCDateTime)
    rows = db.session.scalars(
        select(issued)
        .where(Certificate.institute_id == institute_id)
        .group_by(Certificate.person_id, Certificate.edition)
        .having(issued >= since, issued < until)
        .order_by(issued)
    )
    return tuple(rows)
