"""What acts on the record are called. One that has no words here is shown by its name."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.audit.records import Entry

LOOK = "look"
ACTS: Mapping[str, Any] = {
    LOOK: _("Looked at a trainee's work"),
    "write": _("Wrote to a trainee"),
    "export": _("Saved a table as a file"),
    "join": _("Joined a group"),
    "leave": _("Left a group"),
    "extend": _("Set somebody's own last day"),
    "move": _("Moved somebody to another group"),
    "remove": _("Took somebody out of a group"),
    "invite": _("Invited people to a group"),
    "resend-invitation": _("Sent an invitation to a group again"),
    "withdraw-invitation": _("Withdrew an invitation to a group"),
    "open-join-link": _("Opened a group's join link"),
    "close-join-link": _("Closed a group's join link"),
    "renew-join-link": _("Renewed a group's join link"),
    "create-cohort": _("Opened a group"),
    "copy-cohort": _("Copied a group"),
    "change-cohort": _("Changed a group's settings"),
    "put-away-cohort": _("Put a group away"),
    "bring-back-cohort": _("Let a group run again"),
    "found": _("Founded the institute"),
    "settings": _("Changed the institute's settings"),
    "colour": _("Chose the institute's colour"),
    "logo": _("Changed the institute's logo"),
    "invite_staff": _("Invited somebody to the staff"),
    "renew_invitation": _("Sent an invitation to the staff again"),
    "withdraw_invitation": _("Withdrew an invitation to the staff"),
    "take-seat": _("Joined the staff"),
    "change_role": _("Changed somebody's role"),
    "remove_staff": _("Ended somebody's seat on the staff"),
    "send-again": _("Wrote a letter again"),
    "call-back": _("Called a letter back"),
    "test-letter": _("Sent a test letter to themselves"),
}
FIELDS: Mapping[str, Any] = {
    "name": _("name"),
    "contact": _("contact"),
    "time_zone": _("time zone"),
    "privacy": _("privacy text"),
    "certificate_line": _("line on the certificate"),
    "signatory": _("signatory"),
    "pass_mark": _("pass mark"),
    "retention_years": _("years that data are kept"),
    "dispute_owner_id": _("who answers disputes"),
    "starts_on": _("first day"),
    "due_on": _("last day"),
    "in_order": _("fixed order"),
    "supervisors": _("supervisors"),
    "administrator": _("administrator"),
    "supervisor": _("supervisor"),
}


def act_words(act: str) -> str:
    return str(ACTS.get(act, act))


def detail_words(entry: Entry, groups: Mapping[int, str]) -> str:
    """What more is known of an act: which group, which file, what exactly. Empty: nothing."""
    told = [*_groups(entry, groups)]
    if entry.act == LOOK:
        told.append(gettext("an attempt") if entry.subject.startswith("attempt ") else gettext("how they stand"))
    elif entry.act not in ACTS:
        told.append(entry.subject)
    told += _details(entry.details)
    return ", ".join(dict.fromkeys(one for one in told if one))


def cohorts_in(entries: Iterable[Entry]) -> frozenset[int]:
    """The groups whose names the page says."""
    return frozenset(number for entry in entries for number in _cohorts(entry))


def _cohorts(entry: Entry) -> tuple[int, ...]:
    """Which groups an act was about, as far as it says."""
    kind, _blank, rest = entry.subject.partition(" ")
    of_subject = int(rest) if kind == "cohort" and rest.isdecimal() else None
    found = (of_subject, entry.details.get("cohort_id"), entry.details.get("into"))
    return tuple(dict.fromkeys(one for one in found if isinstance(one, int)))


def _groups(entry: Entry, groups: Mapping[int, str]) -> list[str]:
    return [groups.get(number) or gettext("group %(number)s", number=number) for number in _cohorts(entry)]


def _details(details: Mapping[str, Any]) -> list[str]:
    told = [str(details.get(name) or "") for name in ("name", "file", "until")]
    for name in ("what", "role"):
        told += [str(FIELDS.get(word, word)) for word in str(details.get(name) or "").split(", ")]
    if isinstance(details.get("people"), int):
        told.append(gettext("people: %(number)s", number=details["people"]))
    return told
