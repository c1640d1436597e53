"""What a certificate says, and the hash that stands for it. Pure."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Status = Literal["valid", "replaced", "revoked"]


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """One certificate as issued. `name` is None once its owner is deleted; `address` is what the QR code holds."""

    id: UUID
    person_id: UUID
    institute_id: int | None
    status: Status
    name: str | None
    heading: str
    title: str
    edition: str
    hours: str
    statement: str
    review: str
    completed_on: date
    issued_at: datetime
    hash: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """Everything on the paper that is particular to one certificate."""

    id: UUID
    name: str
    heading: str
    title: str
    edition: str
    hours: str
    statement: str
    review: str
    completed_on: date


def content_hash(said: Said) -> str:
    """SHA-256 (hex) over what the certificate says, keys sorted, so that any changed word changes it."""
    return hashlib.sha256(
        json.dumps(asdict(said), sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()
