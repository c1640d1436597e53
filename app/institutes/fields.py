"""Kinds of fields, and what they let through. What they refuse they say."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext
from wtforms import Field, IntegerField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.form import BaseForm

from app.accounts.forms import Form, GoodAddress

REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


@cache
def zones() -> tuple[SelectChoice, ...]:
    """IANA names of places, and UTC, each with what is shown; not those that only stand for others."""
    places = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in REGIONS)
    return tuple(SelectChoice(zone, zone.replace("_", " ")) for zone in ("UTC", *places))


class Short:
    """At most so many characters; on one line, unless `lines`."""

    def __init__(self, most: int, *, lines: bool = False) -> None:
        self.most, self.lines = most, lines

    def __call__(self, form: Form, field: Field) -> None:
        text = field.data or ""
        if len(text) > self.most:
            raise ValidationError(gettext("Use at most %(most)s characters.", most=self.most))
        if any(not sign.isprintable() and not (self.lines and sign in "\n\t") for sign in text):
            raise ValidationError(gettext("This contains characters that cannot be printed. Type it by hand."))


class PerhapsAddress(GoodAddress):
    """An e-mail address, or nothing."""

    def __call__(self, form: Form, field: Field) -> None:
        if field.data:
            super().__call__(form, field)


class WholeNumber(IntegerField):
    """A number from `least` to `most`; or nothing, where that may be."""

    def __init__(self, label: Any, least: int, most: int, *, needed: bool = True, **options: Any) -> None:
        super().__init__(label, **options)
        self.least, self.most, self.needed = least, most, needed
        self.typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = int(self.typed) if self.typed.isascii() and self.typed.isdigit() and len(self.typed) < 7 else None

    def pre_validate(self, form: BaseForm) -> None:
        if not self.typed and not self.needed:
            return
        if self.data is None or not self.least <= self.data <= self.most:
            raise ValidationError(
                gettext("Give a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)
            )

    def _value(self) -> str:
        return self.typed or ("" if self.data is None else str(self.data))


class ZoneField(SelectField):
    """A time zone by its IANA name."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, choices=zones, validate_choice=False, **options)

    def pre_validate(self, form: BaseForm) -> None:
        if self.data not in {zone.value for zone in zones()}:
            raise ValidationError(gettext("Choose a time zone from the list."))


def lines(typed: str | None) -> str | None:
    """Line ends as everywhere here."""
    return typed.replace("\r\n", "\n").strip() if typed else typed
