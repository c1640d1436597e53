"""Reading certificates."""

from uuid import UUID

from sqlalchemy import select

from app.credentials.models import Certificate
from app.credentials.values import CertificateRecord, Status
from app.errors import NotFound
from app.extensions import db


def certificate(certificate_id: UUID) -> CertificateRecord:
    """Any certificate, for its public page. NotFound: none with this id."""
    row = db.session.get(Certificate, certificate_id)
    if row is None:
        raise NotFound
    return record_of(row)


def own_certificate(certificate_id: UUID, person_id: UUID) -> CertificateRecord:
    """A certificate for its owner. NotFound: none, or somebody else's."""
    found = certificate(certificate_id)
    if found.person_id != person_id:
        raise NotFound
    return found


def valid_certificate(person_id: UUID, edition: str, institute_id: int | None = None) -> CertificateRecord | None:
    """The valid certificate of a person for an edition, issued by the course itself or by one institute."""
    issuer = Certificate.institute_id.is_(None) if institute_id is None else Certificate.institute_id == institute_id
    row = db.session.scalar(
        select(Certificate).where(
            Certificate.person_id == person_id,
            Certificate.edition == edition,
            Certificate.status == "valid",
            issuer,
        )
    )
    return None if row is None else record_of(row)


def certificates_of(person_id: UUID) -> tuple[CertificateRecord, ...]:
    """Every certificate of a person, newest first."""
    rows = db.session.scalars(
        select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.issued_at.desc())
    )
    return tuple(record_of(row) for row in rows)


def record_of(row: Certificate) -> CertificateRecord:
    """The row as a frozen value."""
    status: Status = "valid" if row.status == "valid" else "replaced" if row.status == "replaced" else "revoked"
    return CertificateRecord(
        id=row.id,
        person_id=row.person_id,
        institute_id=row.institute_id,
        status=status,
        name=row.name,
        heading=row.heading,
        title=row.title,
        edition=row.edition,
        hours=row.hours,
        statement=row.statement,
        review=row.review,
        completed_on=row.completed_on,
        issued_at=row.issued_at,
        hash=row.hash,
        address=row.address,
    )
