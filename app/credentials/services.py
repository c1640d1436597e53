"""Issuing a certificate: once, by the terms, as a snapshot."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from app.content import Course
from app.credentials import queries
from app.credentials.models import Certificate
from app.credentials.names import unprintable
from app.credentials.values import CertificateRecord, Said, content_hash
from app.enrolment.requirements import Terms
from app.errors import Conflict
from app.extensions import db
from app.learning.completion import completion
from app.learning.queries import facts


class NameUnprintable(ValueError):
    """The name holds characters that the certificate's fonts do not have; `characters` lists them."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(" ".join(characters))


def issue(
    course: Course, person_id: UUID, name: str, terms: Terms, *, public_url: str | None, review: str, now: datetime
) -> CertificateRecord:
    """The person's valid certificate for this edition; issued now if there is none yet, even when asked twice at once.

    `public_url`: the site's public address, or None; then the certificate names no address and carries no QR code.
    Conflict: something is still missing. NameUnprintable: ask how to print the name.
    """
    already = queries.valid_certificate(person_id, course.edition, terms.institute_id)
    if already is not None:
        return already
    done = completion(terms.requirements, facts(person_id))
    if done.completed_at is None:
        raise Conflict("not-complete")
    missing_glyphs = unprintable(name)
    if missing_glyphs:
        raise NameUnprintable(missing_glyphs)
    row = _snapshot(course, person_id, name, terms, done.completed_at, public_url, review, now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another request was a moment faster
        raced = queries.valid_certificate(person_id, course.edition, terms.institute_id)
        if raced is None:
            raise
        return raced
    return queries.record_of(row)


def _snapshot(
    course: Course,
    person_id: UUID,
    name: str,
    terms: Terms,
    completed_at: datetime,
    public_url: str | None,
    review: str,
    now: datetime,
) -> Certificate:
    said = Said(
        id=uuid4(),
        name=name,
        heading=course.certificate.title,
        title=course.title,
        edition=course.edition,
        hours=course.contact_hours.hours,
        statement=course.certificate.statement,
        review=review,
        completed_on=completed_at.date(),
    )
    return Certificate(
        **asdict(said),
        person_id=person_id,
        institute_id=terms.institute_id,
        status="valid",
        issued_at=now,
        hash=content_hash(said),
        address=f"{public_url}/certificates/{said.id}" if public_url else None,
    )
