"""Letters that ask somebody onto an institute's staff."""

from datetime import datetime

from flask_babel import gettext as _

from app.accounts.letters import link_to
from app.institutes.invitations import LASTS
from app.institutes.letters import send
from app.institutes.records import InstituteRecord, Role


def invitation_link(token: str) -> str:
    return link_to("invitations", token)


def send_invitation(institute: InstituteRecord, recipient: str, role: Role, token: str, now: datetime) -> None:
    """Ask whoever has this address; after the invitation has run out the letter is not sent any more."""
    send(
        institute,
        recipient,
        "invitation",
        "institutes/staff_invitation",
        now,
        subject=_("%(institute)s invites you to its staff", institute=institute.name),
        secret=token,
        expires_at=now + LASTS,
        role=role,
        link=invitation_link(token),
        until=(now + LASTS).astimezone(institute.zone).date(),
    )
