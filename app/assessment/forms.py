"""What people write about questions, and what comes back."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

LONGEST = 2000


def lines(typed: str | None) -> str | None:
    """As it was typed, with one sign for the end of a line, and none that no database keeps."""
    return typed.replace("\r\n", "\n").replace("\x00", "").strip() if typed else typed


TOO_LONG = Length(max=LONGEST, message=_("Use at most %(max)d characters. Nothing was sent yet."))


class DisputeForm(FlaskForm):
    text = TextAreaField(
        _("What is wrong?"),
        filters=[lines],
        validators=[DataRequired(_("Write what is wrong. A sentence is enough.")), TOO_LONG],
    )


class ReplyForm(FlaskForm):
    text = TextAreaField(
        _("Your reply"),
        filters=[lines],
        validators=[DataRequired(_("Write a reply.")), TOO_LONG],
    )
