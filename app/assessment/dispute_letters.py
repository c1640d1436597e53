"""Letters about disputes. What a learner wrote goes back to that learner only; a reply is read on the page."""

from datetime import datetime
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _

from app.accounts.letters import link_to
from app.mail.services import queue_letter


def tell_replier(recipient: str, dispute_id: int, now: datetime) -> None:
    _send(recipient, _("A question is disputed"), "disputed", now, link=link_to("disputes", str(dispute_id)))


def tell_writer(recipient: str, attempt_id: UUID, position: int, text: str, now: datetime) -> None:
    link = link_to("attempts", str(attempt_id), f"{position}#dispute")
    _send(recipient, _("A reply to what you wrote about a question"), "dispute_replied", now, link=link, text=text)


def _send(recipient: str, subject: str, template: str, now: datetime, **values: str) -> None:
    letter = current_app.jinja_env.get_template(f"assessment/letters/{template}.txt")
    body = letter.render(site=current_app.config["SETTINGS"].base_url, **values)
    queue_letter(recipient=recipient, subject=subject, body=body.strip() + "\n", now=now)
