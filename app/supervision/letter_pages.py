"""Prepared values for the pages of an institute's letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import format_datetime, gettext

from app.institutes.letters import LINK
from app.institutes.records import InstituteRecord
from app.mail.records import LetterRecord, Outage, State
from app.mail.services import TOO_LATE

SHAPES = {"waiting": "open", "sending": "open", "sent": "done", "failed": "wrong", "cancelled": "none"}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in a list, and at the head of its own page."""

    letter: LetterRecord
    kind: str
    shape: str
    """For the macro `status`."""
    state: str
    """What became of it and when."""
    told: str
    """Why, or what happens next; empty: nothing is left to say."""
    written: str
    waits: bool
    """Whether it may be called back."""
    done: bool
    hidden: bool
    """Whether a secret link is left out of the copy."""


def kinds() -> Mapping[str, str]:
    """What letters of institutes are called."""
    return {
        "invitation": gettext("Invitation"),
        "before_due": gettext("Reminder before the last day"),
        "overdue": gettext("Reminder after the last day"),
        "message": gettext("Message"),
        "moved": gettext("Moved to another group"),
        "removed": gettext("Taken out of a group"),
        "certificate": gettext("Certificate"),
        "test": gettext("Test"),
    }


def states() -> Mapping[str, str]:
    return {
        "waiting": gettext("Waiting"),
        "sent": gettext("Sent"),
        "failed": gettext("Failed"),
        "cancelled": gettext("Called back"),
    }


def line(letter: LetterRecord, institute: InstituteRecord, now: datetime) -> LetterLine:
    state = letter.state(now)
    head, told = _head(letter, state, institute.zone), _why(letter, state)
    return LetterLine(
        letter=letter,
        kind=kinds().get(letter.kind, letter.kind),
        shape=SHAPES[state],
        state=head,
        told=told,
        written=moment(letter.queued_at, institute.zone),
        waits=state == "waiting",
        done=state in ("sent", "failed", "cancelled"),
        hidden=LINK in letter.copy,
    )


def outage_words(outage: Outage, institute: InstituteRecord) -> tuple[str, str]:
    """Since when letters wait; and why, in the server's words or ours."""
    since = moment(outage.since, institute.zone)
    why = outage.words or gettext("Nobody has tried yet: it seems that no letter worker runs.")
    return gettext("Letters wait since %(since)s.", since=since), why


def moment(at: datetime, zone: ZoneInfo) -> str:
    return str(format_datetime(at.astimezone(zone), "d MMM y, HH:mm", rebase=False))


def _head(letter: LetterRecord, state: State, zone: ZoneInfo) -> str:
    """What became of it, and when."""
    if state == "sending":
        return gettext("On its way")
    if state == "waiting":
        return (
            gettext("Waiting, next try %(at)s", at=moment(letter.due_at, zone)) if letter.error else gettext("Waiting")
        )
    at = moment(letter.sent_at or letter.failed_at or letter.due_at, zone)
    words = {"sent": gettext("Sent %(at)s", at=at), "failed": gettext("Given up %(at)s", at=at)}
    return words.get(state) or gettext("Called back %(at)s", at=at)


def _why(letter: LetterRecord, state: State) -> str:
    """What more there is to say. The mail server's words are its own. Empty: nothing."""
    if state == "sending":
        return gettext("It is being handed to the mail server this moment.")
    if state == "cancelled":
        return gettext("It did not go out.")
    if letter.error == TOO_LATE:
        return gettext("It was not sent in time: what it says no longer holds.")
    if letter.error:
        return gettext("The last word was: “%(words)s”", words=letter.error)
    return gettext("It goes out within the next minute.") if state == "waiting" else ""
