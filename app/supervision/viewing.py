"""Looking at the course as a trainee of one's cohort does. A note in the session cookie, until it is ended."""

from dataclasses import dataclass

from flask import session

from app.access import viewer

_KEY = "as_trainee"


@dataclass(frozen=True, slots=True)
class Viewed:
    """The cohort as whose trainee somebody of the staff looks at the course."""

    cohort_id: int
    cohort: str


def begin(cohort_id: int, cohort: str) -> None:
    """Whose cohort it is has been asked before."""
    session[_KEY] = [cohort_id, cohort]


def end() -> int | None:
    """Back to one's own view; returns the cohort that was viewed, None if none was."""
    found = session.pop(_KEY, None)
    return found[0] if found else None


def viewed() -> Viewed | None:
    """What is viewed by whoever is there; None on every page of everybody else. Asks the database nothing more."""
    found = session.get(_KEY)
    person = viewer() if found else None
    if not found or person is None or not person.staff:
        return None
    cohort_id, cohort = found
    return Viewed(cohort_id, cohort)
