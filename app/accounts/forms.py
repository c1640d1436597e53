"""What people type in. Errors say what is wrong and how to mend it; only passwords have to be typed again."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, PasswordField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from app.accounts import addresses, names, passwords, wording

INVITATIONS_AT_ONCE = 100
ADDRESS_NEEDED = _("Give your e-mail address.")
PASSWORD_NEEDED = _("Give your password.")


class Form(FlaskForm):
    """`own_words` are the person's own name and address as far as the form does not ask for them."""

    def __init__(self, own_words: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.own_words = own_words

    def text(self, name: str) -> str:
        return self[name].data or ""


def stripped(typed: str | None) -> str | None:
    return typed.strip() if typed else typed


class GoodAddress:
    def __call__(self, form: Form, field: Field) -> None:
        try:
            addresses.key(field.data or "")
        except addresses.BadAddress as fault:
            raise ValidationError(wording.address_fault()) from fault


class GoodName:
    def __call__(self, form: Form, field: Field) -> None:
        if (code := names.fault(names.tidy(field.data or ""))) is not None:
            raise ValidationError(wording.name_fault(code))


class GoodPassword:
    def __call__(self, form: Form, field: Field) -> None:
        typed = [form[name].data or "" for name in ("name", "email") if name in form]
        if (code := passwords.fault(field.data or "", (*typed, *form.own_words))) is not None:
            raise ValidationError(wording.password_fault(code))


class SignInForm(Form):
    email = EmailField(_("E-mail address"), [InputRequired(ADDRESS_NEEDED)], [stripped])
    password = PasswordField(_("Password"), [InputRequired(PASSWORD_NEEDED)])


class AddressForm(Form):
    """Where to send a letter: to finish a registration, or to choose a new password."""

    email = EmailField(_("E-mail address"), [InputRequired(ADDRESS_NEEDED), GoodAddress()], [stripped])


class NewPasswordForm(Form):
    password = PasswordField(_("New password"), [InputRequired(_("Choose a password.")), GoodPassword()])


class InvitedForm(Form):
    """Registering where the letter has fixed the address."""

    name = StringField(_("Your name"), [InputRequired(_("Give your name.")), GoodName()])
    password = PasswordField(_("Password"), [InputRequired(_("Choose a password.")), GoodPassword()])


class RegisterForm(Form):
    name = StringField(_("Your name"), [InputRequired(_("Give your name.")), GoodName()])
    email = EmailField(_("E-mail address"), [InputRequired(ADDRESS_NEEDED), GoodAddress()], [stripped])
    password = PasswordField(_("Password"), [InputRequired(_("Choose a password.")), GoodPassword()])


class NameForm(Form):
    name = StringField(_("Your name"), [InputRequired(_("Give your name.")), GoodName()])


class EmailForm(Form):
    email = EmailField(_("New e-mail address"), [InputRequired(ADDRESS_NEEDED), GoodAddress()], [stripped])
    current = PasswordField(_("Your password"), [InputRequired(PASSWORD_NEEDED)])


class PasswordForm(Form):
    current = PasswordField(_("Present password"), [InputRequired(PASSWORD_NEEDED)])
    password = PasswordField(_("New password"), [InputRequired(_("Choose a password.")), GoodPassword()])


class InvitationsForm(Form):
    addresses = TextAreaField(_("E-mail addresses"), [InputRequired(_("Give at least one e-mail address."))])

    def validate_addresses(self, field: Field) -> None:
        given = self.listed()
        if len(given) > INVITATIONS_AT_ONCE:
            raise ValidationError(
                gettext("These are more than %(most)s addresses. Send them in parts.", most=INVITATIONS_AT_ONCE)
            )
        bad = [address for address in given if not _is_address(address)]
        if bad:
            raise ValidationError(
                ngettext(
                    "This is not an e-mail address: %(bad)s. Mend it or take it out; nobody has been invited yet.",
                    "These are not e-mail addresses: %(bad)s. Mend them or take them out; nobody has been invited yet.",
                    len(bad),
                    bad=", ".join(bad),
                )
            )

    def listed(self) -> list[str]:
        """One address each, however they were parted, none twice."""
        words = (self.addresses.data or "").replace(",", " ").replace(";", " ").split()
        return list({word.lower(): word for word in (word.strip("<>") for word in words) if word}.values())


def _is_address(text: str) -> bool:
    try:
        addresses.key(text)
    except addresses.BadAddress:
        return False
    return True
