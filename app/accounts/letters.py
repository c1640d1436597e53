"""Letters about accounts. Nothing that a stranger typed stands in a letter to somebody else."""

from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _

from app.accounts import tokens
from app.mail.services import queue_letter


def send_reset(recipient: str, token: str, now: datetime) -> None:
    _send(recipient, _("Choose a new password"), "reset", now, lasts=tokens.RESET_LASTS, link=link_to("reset", token))


def send_password_changed(recipient: str, now: datetime) -> None:
    _send(recipient, _("Your password has been changed"), "password_changed", now, link=link_to("reset"))


def send_registration(recipient: str, token: str, now: datetime, *, way_back: str | None = None) -> None:
    _send(
        recipient,
        _("Finish your registration"),
        "registration",
        now,
        lasts=tokens.REGISTRATION_LASTS,
        link=link_to("register", token) + _onward(way_back),
    )


def send_already_registered(recipient: str, now: datetime, *, way_back: str | None = None) -> None:
    _send(
        recipient,
        _("You already have an account"),
        "already_registered",
        now,
        sign_in=link_to("login") + _onward(way_back),
        reset=link_to("reset"),
    )


def send_invitation(recipient: str, token: str, now: datetime) -> None:
    _send(
        recipient,
        _("Your invitation"),
        "invitation",
        now,
        lasts=tokens.INVITATION_LASTS,
        link=link_to("register", token),
    )


def send_email_confirmation(recipient: str, token: str, now: datetime) -> None:
    _send(
        recipient,
        _("Confirm your new e-mail address"),
        "email_confirmation",
        now,
        lasts=tokens.EMAIL_CHANGE_LASTS,
        link=link_to("email", token),
    )


def send_email_change_notice(recipient: str, new_email: str, now: datetime) -> None:
    _send(
        recipient,
        _("Your e-mail address is about to change"),
        "email_change_notice",
        now,
        new_email=new_email,
        link=link_to("account", "password"),
    )


def send_email_changed(recipient: str, new_email: str, now: datetime) -> None:
    _send(recipient, _("Your e-mail address has been changed"), "email_changed", now, new_email=new_email)


def _onward(way_back: str | None) -> str:
    return f"?next={way_back}" if way_back else ""


def link_to(*parts: str) -> str:
    """An absolute address on this site, as it may stand in a letter."""
    return "/".join((current_app.config["SETTINGS"].base_url, *parts))


def _send(
    recipient: str, subject: str, template: str, now: datetime, *, lasts: timedelta | None = None, **values: str
) -> None:
    """A letter whose link `lasts` so long is not sent after that."""
    body = current_app.jinja_env.get_template(f"accounts/letters/{template}.txt").render(
        site=current_app.config["SETTINGS"].base_url, **values
    )
    queue_letter(
        recipient=recipient,
        subject=subject,
        body=body.strip() + "\n",
        now=now,
        expires_at=None if lasts is None else now + lasts,
    )
