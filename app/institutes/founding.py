"""A new institute, and asking its first administrator. It flushes; whoever calls commits once."""

from datetime import datetime
from uuid import UUID

from app.errors import Conflict
from app.institutes import invitations, queries, services
from app.institutes.records import InstituteRecord
from app.institutes.staff_letters import send_invitation

TRIES = 50


def found(name: str, time_zone: str, email: str, *, by: UUID, now: datetime) -> tuple[InstituteRecord, str]:
    """The institute and the secret of the invitation that its first administrator gets.

    Its address is made from its name; where another has that, a number follows it.
    """
    slug = services.slug_of(name)
    for number in range(1, TRIES):
        try:
            with_number = slug if number == 1 else f"{slug[:56]}-{number}"
            institute = services.create_institute(name, now=now, slug=with_number, time_zone=time_zone)
        except Conflict:
            continue
        return institute, invite_administrator(institute, email, by=by, now=now)
    raise Conflict("address-taken")


def invite_administrator(institute: InstituteRecord, email: str, *, by: UUID, now: datetime) -> str:
    """Ask somebody to be administrator of an institute that has none; returns the invitation's secret.

    Conflict: it has one, who alone invites further staff: those who run the site let nobody in behind their back.
    """
    if any(one.role == "administrator" for one in queries.staff(institute.id)):
        raise Conflict("has-administrator")
    invited = invitations.invite(institute.id, role="administrator", email=email, invited_by=by, now=now)
    send_invitation(institute, email, "administrator", invited.token, now)
    return invited.token
