"""How somebody new comes in. Pure. docs/decisions/0004-accounts.md says why."""

import re
from typing import Literal

_GROUP = re.compile(r"/join/[\w-]{20,40}", re.ASCII)

Way = Literal["invitation", "letter", "at_once"]


def way(registration: str, mail_server: str | None) -> Way:
    """By invitation only; by a letter that proves the address; or, while no letter can be sent, at once."""
    if registration == "invitation":
        return "invitation"
    return "letter" if mail_server else "at_once"


def purposes(registration: str) -> tuple[str, ...]:
    """Which links finish a registration. Closing it also closes what was begun while it was open."""
    return ("invitation",) if registration == "invitation" else ("invitation", "registration")


def way_back(wanted: str | None) -> str | None:
    """Where somebody goes on who finishes by a letter: into a group, by its link, or nowhere in particular.

    Nothing else that a stranger asked for comes into a letter.
    """
    return wanted if wanted and _GROUP.fullmatch(wanted) else None
