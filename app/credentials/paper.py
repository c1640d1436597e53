"""The certificate as a PDF/UA-1 file. Pure: a record goes in, bytes come out.

typst compiles one document at a time: a lock keeps threads apart. A page takes a few milliseconds.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

import segno
import typst

from app.credentials.names import FONTS
from app.credentials.values import CertificateRecord

TEMPLATE = Path(__file__).parent / "certificate.typ"
_one_at_a_time = Lock()
_compiler: typst.Compiler | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words of the paper, translated by the caller. Each `_label` names the value that stands below it."""

    language: str
    number: str
    certifies: str
    has_completed: str
    mode: str
    hours_label: str
    hours: str
    completed_label: str
    completed: str
    edition_label: str
    review_label: str
    check: str
    qr_label: str


def render(certificate: CertificateRecord, wording: Wording) -> bytes:
    """One landscape A4 page. With an address the page carries it, and a QR code that holds it."""
    values = {
        "id": str(certificate.id),
        "heading": certificate.heading,
        "name": certificate.name or "",
        "title": certificate.title,
        "edition": certificate.edition,
        "review": certificate.review,
        "statement": certificate.statement,
        "address": certificate.address or "",
        "qr": qr_code(certificate.address) if certificate.address else "",
        **asdict(wording),
    }
    with _one_at_a_time:
        pdf = _shared_compiler().compile(
            format="pdf", pdf_standards="ua-1", sys_inputs={"certificate": json.dumps(values)}
        )
    assert isinstance(pdf, bytes)
    return pdf


def qr_code(address: str) -> str:
    """The QR code of `address` as an SVG drawing, dark modules only, quiet zone included."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, dark="#1d2a2f", light=None)


def _shared_compiler() -> typst.Compiler:
    global _compiler
    if _compiler is None:
        _compiler = typst.Compiler(
            str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
    return _compiler
