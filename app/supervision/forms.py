"""What supervisors type in beside a group."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

LONGEST = 5000
LONGEST_SNOOZE = timedelta(days=90)


def lines(typed: str | None) -> str | None:
    """As it was typed, with one sign for the end of a line, and none that no database keeps."""
    return typed.replace("\r\n", "\n").replace("\x00", "").strip() if typed else typed


def one_line(typed: str | None) -> str | None:
    """Whatever was typed, on one line without signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split()) if typed else typed


class LetterForm(FlaskForm):
    """A letter to one trainee or several: each gets their own."""

    subject = StringField(
        _("Subject"),
        filters=[one_line],
        validators=[
            DataRequired(_("Give the letter a subject.")),
            Length(max=150, message=_("Use at most %(max)d characters for the subject.")),
        ],
    )
    body = TextAreaField(
        _("Letter"),
        filters=[lines],
        validators=[
            DataRequired(_("Write something first.")),
            Length(max=LONGEST, message=_("Use at most %(max)d characters. Nothing was sent yet.")),
        ],
    )
    contacted = BooleanField(_("Mark them as contacted about what stands above"))


class SnoozeForm(FlaskForm):
    """On which day a reason comes back: after today, and not too far away."""

    until = DateField(_("Comes back on"), validators=[DataRequired(_("Choose a day."))])

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def validate_until(self, field: Field) -> None:
        if not self.today < field.data <= self.today + LONGEST_SNOOZE:
            raise ValidationError(gettext("Choose a day within the next %(days)s days.", days=LONGEST_SNOOZE.days))


def person_ids_among(given: Iterable[str]) -> tuple[UUID, ...]:
    """The ids in what was sent, each once, in that order; what is none is left out."""
    found: dict[UUID, None] = {}
    for one in given:
        try:
            found[UUID(one)] = None
        except ValueError:
            continue
    return tuple(found)
