"""What a certificate says, and the hash that stands for it. Pure."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Status = Literal["valid", "replaced", "revoked"]


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """One certificate as issued. `name` is None once its owner has been deleted; `address` is what the QR code holds."""

    id: UUID
    person_id: UUID
    institute_id: int | None
    status: Status
    name: str | None
    title: str
    edition: str
    hours: str
    statement: str
    review: str
    completed_on: date
    issued_at: datetime
    hash: str
    address: str | None


def content_hash(
    *, id: UUID, name: str, title: str, edition: str, hours: str, statement: str, review: str, completed_on: date
) -> str:
    """SHA-256 (hex) over what the certificate says, keys sorted, so that any changed word changes it."""
    said = {
        "id": str(id),
        "name": name,
        "title": title,
        "edition": edition,
        "hours": hours,
        "statement": statement,
        "review": review,
        "completed_on": completed_on.isoformat(),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
