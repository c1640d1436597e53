"""The letter that tells a member of a group that their certificate is there."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.accounts.letters import link_to
from app.credentials.values import CertificateRecord
from app.enrolment.queries import belongings
from app.institutes import letters
from app.mail.services import queue_letter


def send_certificate(recipient: str, issued: CertificateRecord, now: datetime) -> None:
    """To whoever belongs to an institute; from it, if it was issued by its terms. Others get no letter."""
    groups = {group.institute.id: group.institute for group in belongings(issued.person_id)}
    subject = _("Your certificate: %(course)s", course=issued.title)
    values: dict[str, Any] = {"name": issued.name, "course": issued.title, "link": link_to("certificate")}
    if issued.institute_id in groups:
        institute = groups[issued.institute_id]
        letters.send(institute, recipient, "certificate", "credentials/certificate", now, subject=subject, **values)
    elif groups:
        letter = current_app.jinja_env.get_template("credentials/letters/own_certificate.txt")
        body = letter.render(site=current_app.config["SETTINGS"].base_url, **values)
        queue_letter(recipient=recipient, subject=letters.headline(subject), body=body.strip() + "\n", now=now)
