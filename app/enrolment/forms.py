"""What administrators type in about cohorts and their people, and what trainees tick. Errors say how to mend it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired

from app.accounts import names, wording
from app.accounts.forms import ADDRESS_NEEDED, Form, GoodAddress, InvitedForm, stripped
from app.enrolment import sheets
from app.enrolment.arranging import CohortSettings
from app.institutes.fields import Short, WholeNumber

NAME = 200
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
FARTHEST = 3650
TEXT = 500_000
"""Most characters of a list that is pasted; a file may have twice as many bytes."""


class Day(DateField):
    """A day, or nothing; what was typed stays when it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata([valuelist[0].strip()])
        except ValueError:
            self.data = None
        if self.data is None or not EARLIEST <= self.data <= LATEST:
            self.data = None
            raise ValueError(gettext("Give a day as year-month-day, for example 2027-03-01."))


class CohortForm(Form):
    """`staff`: (person id, name) of those who may supervise."""

    name = StringField(_("Name"), [DataRequired(_("Give the group a name.")), Short(NAME)], [stripped])
    starts_on = Day(_("Starts on"))
    due_on = Day(_("Last day"))
    in_order = BooleanField(_("In fixed order"))
    pass_mark = WholeNumber(_("Pass mark in per cent"), 1, 100, needed=False)
    supervisors = SelectMultipleField(_("Supervisors"))

    def __init__(self, staff: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supervisors.choices = [(str(person_id), name) for person_id, name in staff]

    def validate_due_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("The last day lies before the first. Change one of them."))

    def settings(self) -> CohortSettings:
        return CohortSettings(
            name=self.text("name"),
            starts_on=self.starts_on.data,
            due_on=self.due_on.data,
            in_order=bool(self.in_order.data),
            pass_mark=self.pass_mark.data,
            supervisors=frozenset(UUID(one) for one in self.supervisors.data or ()),
        )


class CopyForm(Form):
    name = StringField(_("Name of the copy"), [DataRequired(_("Give the copy a name.")), Short(NAME)], [stripped])
    days = WholeNumber(_("Days later"), 0, FARTHEST)


class PerhapsName:
    """A name as it could stand on a certificate, or nothing."""

    def __call__(self, form: Form, field: Field) -> None:
        tidy = names.tidy(field.data or "")
        if tidy and (code := names.fault(tidy)) is not None:
            raise ValidationError(wording.name_fault(code))


class GuestForm(Form):
    """One person to invite."""

    name = StringField(_("Name"), [PerhapsName()], [stripped])
    email = EmailField(_("E-mail address"), [InputRequired(ADDRESS_NEEDED), GoodAddress()], [stripped])


class RosterForm(Form):
    """A list of people, as a file or pasted."""

    file = FileField(_("A file"))
    pasted = TextAreaField(_("Or paste the list"))

    def validate_pasted(self, field: Field) -> None:
        if len(field.data or "") > TEXT:
            raise ValidationError(gettext("This is too long. Send it in parts."))
        if not self.listed().strip():
            raise ValidationError(gettext("Choose a file, or paste the list."))

    def listed(self) -> str:
        """The text of the file; without one, what was pasted."""
        if self.file.data:
            if not hasattr(self, "_read"):
                self._read = sheets.decode(self.file.data.read())
            return self._read
        return self.text("pasted")


class ConfirmForm(Form):
    """The people of a preview, signed."""

    people = HiddenField()


class DueForm(Form):
    due_on = Day(_("Last day for this person"))


class MoveForm(Form):
    """`cohorts`: (id, name) of those into which somebody may be moved."""

    cohort = SelectField(_("Move into"), coerce=int)

    def __init__(self, cohorts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cohort.choices = list(cohorts)


AGREE = _("I have read what is seen of me, and I agree to it.")
AGREEMENT_NEEDED = _("Tick that you agree. Without it you cannot join this group; the course stays open to you.")


class JoinForm(Form):
    agree = BooleanField(AGREE, [InputRequired(AGREEMENT_NEEDED)])


class NewcomerForm(InvitedForm):
    """Registering and joining in one."""

    agree = BooleanField(AGREE, [InputRequired(AGREEMENT_NEEDED)])
