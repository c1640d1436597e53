"""What a learner writes after a session. A word is enough, and nobody else reads it."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

MOST = 4000
"""Characters of one answer."""
TOO_LONG = _("Use at most %(max)d characters.")


def written(typed: str | None) -> str | None:
    """With one sign for the end of a line, without blanks around it, and without what PostgreSQL cannot keep."""
    return typed.replace("\r\n", "\n").replace("\x00", "").strip() if typed else typed


class ReactionForm(FlaskForm):
    """Before the path is seen."""

    reaction = TextAreaField(
        _("My own reaction"),
        filters=[written],
        validators=[DataRequired(_("Write a word about your own reaction.")), Length(max=MOST, message=TOO_LONG)],
        render_kw={"rows": 4},
    )
    intended = TextAreaField(
        _("What I intended"),
        filters=[written],
        validators=[DataRequired(_("Write a word about what you intended.")), Length(max=MOST, message=TOO_LONG)],
        render_kw={"rows": 4},
    )


class QuestionForm(FlaskForm):
    """After the path and the client's account."""

    question = TextAreaField(
        _("My question"),
        filters=[written],
        validators=[Length(max=MOST, message=TOO_LONG)],
        render_kw={"rows": 3},
    )
