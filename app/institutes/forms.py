"""What those who run the site, and administrators of institutes, type in. Errors say what is wrong and how to mend."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import EmailField, Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired

from app.accounts.forms import Form, GoodAddress, stripped
from app.institutes import branding, logos
from app.institutes.fields import PerhapsAddress, Short, WholeNumber, ZoneField, lines
from app.institutes.records import InstituteRecord, InstituteSettings

NAME, CONTACT, LINE, PRIVACY = 200, 320, 300, 10_000
"""Most characters."""


class InstituteForm(Form):
    """A new institute, and who is asked to be its first administrator."""

    name = StringField(_("Name"), [DataRequired(_("Give the institute’s name.")), Short(NAME)], [stripped])
    time_zone = ZoneField(_("Time zone"), default="UTC")
    email = EmailField(
        _("E-mail address of its first administrator"),
        [InputRequired(_("Give an e-mail address.")), GoodAddress()],
        [stripped],
    )


class FirstAdministratorForm(Form):
    email = EmailField(_("E-mail address"), [InputRequired(_("Give an e-mail address.")), GoodAddress()], [stripped])


ROLES = (SelectChoice("supervisor", _("Supervisor")), SelectChoice("administrator", _("Administrator")))


class RoleForm(Form):
    role = SelectField(_("Role"), choices=ROLES)


class StaffInvitationForm(Form):
    email = EmailField(_("E-mail address"), [InputRequired(_("Give an e-mail address.")), GoodAddress()], [stripped])
    role = SelectField(_("Role"), choices=ROLES)


class SettingsForm(Form):
    """`staff`: (person id, name) of those who may answer what trainees dispute."""

    name = StringField(_("Name"), [DataRequired(_("Give the institute’s name.")), Short(NAME)], [stripped])
    contact = EmailField(_("Contact address"), [Short(CONTACT), PerhapsAddress()], [stripped])
    time_zone = ZoneField(_("Time zone"))
    privacy = TextAreaField(_("What you tell trainees about their data"), [Short(PRIVACY, lines=True)], [lines])
    certificate_line = StringField(_("Accreditation line on certificates"), [Short(LINE)], [stripped])
    signatory = StringField(_("Who signs certificates"), [Short(NAME)], [stripped])
    pass_mark = WholeNumber(_("Pass mark, per cent"), 1, 100, needed=False)
    retention_years = WholeNumber(_("Years that trainees’ work is kept"), 1, 30)
    dispute_owner = SelectField(_("Who answers disputed questions"), validate_choice=False)

    def __init__(self, staff: Sequence[tuple[UUID, str]], institute: InstituteRecord) -> None:
        owner = institute.dispute_owner_id
        super().__init__(obj=institute, dispute_owner="" if owner is None else str(owner))
        self.owners = {str(person_id): person_id for person_id, _name in staff}
        nobody = SelectChoice("", gettext("Nobody here: whoever runs this site"))
        self.dispute_owner.choices = [nobody, *(SelectChoice(str(person_id), name) for person_id, name in staff)]

    def validate_dispute_owner(self, field: Field) -> None:
        if field.data and field.data not in self.owners:
            raise ValidationError(gettext("Choose one of the staff, or nobody."))

    def settings(self) -> InstituteSettings:
        return InstituteSettings(
            name=self.text("name"),
            contact=self.text("contact"),
            time_zone=self.text("time_zone"),
            privacy=self.text("privacy"),
            certificate_line=self.text("certificate_line"),
            signatory=self.text("signatory"),
            pass_mark=self.pass_mark.data,
            retention_years=self.retention_years.data or 0,
            dispute_owner_id=self.owners.get(self.text("dispute_owner")),
        )


class ColourForm(Form):
    """A colour that can be read: `chosen` is it, #rrggbb, once the form is valid."""

    colour = StringField(_("Colour"), [DataRequired(_("Give a colour as #rrggbb."))], [stripped])
    chosen = ""

    def validate_colour(self, field: Field) -> None:
        found = branding.tidy(field.data or "")
        if found is None:
            raise ValidationError(gettext("This is no colour. Write it as #rrggbb, for example #0f5257."))
        self.chosen = found
        if branding.weaknesses(found):
            raise ValidationError(gettext("This colour is too pale to be read. Below stands what is missing."))


LOGO_FAULTS = {
    "missing": _("Choose a file."),
    "heavy": _("This file is larger than 300 kB. Save it smaller and choose it again."),
    "kind": _("This is no PNG, JPEG or WebP picture, whatever its name says. Save it as one of these."),
    "broken": _("This picture is damaged, or moves. Save it again as a still PNG, JPEG or WebP."),
    "small": _("This picture is too small: each side needs 16 pixels or more."),
    "large": _("This picture is too large: no side may have more than 2000 pixels."),
}


class LogoForm(Form):
    """A picture: `read` is it once the form is valid."""

    logo = FileField(_("Picture"))
    read: logos.Logo | None = None

    def validate_logo(self, field: Field) -> None:
        data = field.data.read(logos.MOST_BYTES + 1) if field.data else b""
        if not data:
            raise ValidationError(str(LOGO_FAULTS["missing"]))
        try:
            self.read = logos.read(data)
        except logos.BadLogo as fault:
            raise ValidationError(str(LOGO_FAULTS[fault.code])) from fault
