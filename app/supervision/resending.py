"""Writing a letter of an institute again."""

from datetime import datetime
from uuid import UUID

from flask_babel import gettext

from app.enrolment import inviting
from app.enrolment.queries import administrator_cohort_seat
from app.errors import Conflict
from app.institutes import invitations, letters, staff_letters
from app.institutes.queries import unanswered
from app.institutes.records import InstituteRecord, InvitationRecord, Role
from app.mail.records import LetterRecord


def write_again(institute: InstituteRecord, letter: LetterRecord, by: UUID, now: datetime) -> None:
    """The same letter once more, with the next commit. An invitation is renewed: the link before stops working.

    `by`: an administrator of the institute. Conflict, with a code that `refusal` puts into words: it is not written.
    """
    if letter.state(now) in ("waiting", "sending"):
        raise Conflict("waits")
    if letter.kind == "invitation":
        _invite_again(institute, _invitation_in(institute, letter), by, now)
    else:
        letters.repeat(institute, letter, now)


def refusal(code: str) -> str:
    """Why a letter is not written again, and what to do instead."""
    return {
        "waits": gettext("This letter waits still. It goes out by itself."),
        "secret": gettext("This letter held a secret link, which is kept nowhere. Whoever needs another asks for it."),
        "just-written": gettext("An invitation went to this address a moment ago. Wait some minutes."),
        "no-invitation": gettext(
            "There is no open invitation to this address any more: it was taken up, or withdrawn. Invite anew instead."
        ),
        "several-invitations": gettext(
            "Several invitations to this address are open. Send the one that is meant from the page of its group."
        ),
    }.get(code) or gettext("As things stand it cannot be written again.")


def _invitation_in(institute: InstituteRecord, letter: LetterRecord) -> InvitationRecord:
    """Which invitation a letter held: the one made with it, or else the only one to this address."""
    open_ones = unanswered(institute.id, letter.recipient)
    made_with_it = [one for one in open_ones if one.invited_at == letter.queued_at]
    found = made_with_it or open_ones
    if len(found) != 1:
        raise Conflict("several-invitations" if found else "no-invitation")
    return found[0]


def _invite_again(institute: InstituteRecord, invitation: InvitationRecord, by: UUID, now: datetime) -> None:
    if invitation.cohort_id is not None:
        inviting.resend(administrator_cohort_seat(by, invitation.cohort_id), invitation.id, now)
        return
    if invitation.invited_at > now - inviting.AGAIN_AFTER:
        raise Conflict("just-written")
    made = invitations.renew(invitation.id, institute.id, now)
    role: Role = "administrator" if invitation.role == "administrator" else "supervisor"
    staff_letters.send_invitation(institute, invitation.email, role, made.token, now)
