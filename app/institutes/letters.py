"""Letters that an institute writes: as text and as a page, with dates by its own clock."""

import re
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import format_date, format_datetime, get_locale

from app.errors import Conflict
from app.institutes.records import InstituteRecord
from app.mail.records import LetterRecord
from app.mail.services import queue_letter

LINK = "[link]"
"""What stands in the copy for staff where the letter has a secret link."""
FOOT = "\n-- \n"
"""What stands in a letter's text between what it says and its foot."""
COLOUR = "#0f5257"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\s]+")


def send(
    institute: InstituteRecord,
    recipient: str,
    kind: str,
    template: str,
    now: datetime,
    /,
    *,
    subject: str,
    secret: str | None = None,
    reply_to: str = "",
    expires_at: datetime | None = None,
    **values: Any,
) -> None:
    """Let a letter go out with the next commit.

    `template` is "feature/name": templates/feature/letters/name.txt and .html say the same, filled with `institute`,
    `site` and `values`; dates and moments among these arrive as words, by the institute's time zone. `secret` is a link
    (or the secret in one) that nobody but the recipient may read: the copy for staff has "[link]" instead.
    Answers go to `reply_to`, or else to the institute's contact. After `expires_at` the letter is not sent any more.
    """
    said = {name: written(value, institute) for name, value in values.items()}
    line = headline(subject)
    body = _render(institute, template, "txt", said, line)
    queue_letter(
        recipient=recipient,
        subject=line,
        body=body,
        html=_render(institute, template, "html", said, line),
        now=now,
        expires_at=expires_at,
        kind=kind,
        institute_id=institute.id,
        reply_to=_CONTROLS.sub(" ", reply_to or institute.contact).strip(),
        copy=masked(body, secret),
    )


def repeat(institute: InstituteRecord, letter: LetterRecord, now: datetime) -> None:
    """The same letter once more, from the copy. Conflict "secret": it held a link that is kept nowhere."""
    if LINK in letter.copy:
        raise Conflict("secret")
    text, _, foot = letter.copy.partition(FOOT)
    page = _rendered("mail/again.html", institute, letter.subject, {"text": text, "foot": foot})
    queue_letter(
        recipient=letter.recipient,
        subject=letter.subject,
        body=letter.copy,
        html=page,
        now=now,
        kind=letter.kind,
        institute_id=institute.id,
        reply_to=letter.reply_to,
        copy=letter.copy,
    )


def written(value: Any, institute: InstituteRecord) -> Any:
    """A date or moment in words, by the institute's clock; anything else as it is."""
    if isinstance(value, datetime):
        local = format_datetime(value.astimezone(institute.zone), "EEEE, d MMMM y, HH:mm", rebase=False)
        return f"{local} ({institute.time_zone})"
    return format_date(value, "EEEE, d MMMM y") if isinstance(value, date) else value


def headline(subject: str) -> str:
    """A subject on one line, as long as a mail program shows it."""
    line = _CONTROLS.sub(" ", subject).strip()
    return line if len(line) <= 200 else f"{line[:199]}…"


def masked(text: str, secret: str | None) -> str:
    """The text without whatever word the secret stands in."""
    return re.sub(rf"\S*{re.escape(secret)}\S*", LINK, text) if secret else text


def _render(institute: InstituteRecord, template: str, ending: str, values: dict[str, Any], subject: str) -> str:
    feature, _, name = template.rpartition("/")
    return _rendered(f"{feature or 'institutes'}/letters/{name}.{ending}", institute, subject, values)


def _rendered(path: str, institute: InstituteRecord, subject: str, values: dict[str, Any]) -> str:
    page = current_app.jinja_env.get_template(path).render(
        institute=institute,
        site=current_app.config["SETTINGS"].base_url,
        language=str(get_locale() or "en").partition("_")[0],
        colour=institute.colour or COLOUR,
        subject=subject,
        **values,
    )
    return page.replace("\0", "").strip() + "\n"
