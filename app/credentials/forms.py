"""The form in which a learner confirms the name to be printed."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.credentials.names import NAME_LENGTH, one_line


class NameForm(FlaskForm):
    """The name exactly as it will stand on the paper."""

    name = StringField(
        _("Name as it should be printed"),
        filters=[one_line],
        validators=[
            DataRequired(_("Write the name that the certificate should carry.")),
            Length(max=NAME_LENGTH, message=_("Use at most %(max)d characters, so that the name fits on one line.")),
        ],
        render_kw={"autocomplete": "name"},
    )
