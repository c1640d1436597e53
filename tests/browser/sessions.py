"""The pages of simulated sessions in their states, on the sample course, whose session stands still."""

from collections.abc import MutableMapping
from uuid import UUID

from playwright.sync_api import Page

from app import clock
from app.scenarios import services
from tests.browser.instance import Instance
from tests.leading import EARLY, REPAIRED, SESSION, begin, complete, lead, lead_beside, make

PAGES = (
    ("sessions", "/scenarios", "pia"),
    ("session-before", f"/scenarios/{SESSION}", "lea"),
    ("session-before-again", f"/scenarios/{SESSION}", "pia"),
    ("session-first-decision", "{session-begun}/0", "quin"),
    ("session-ended", "{session-ended}/0", "rosa"),
    ("session-debrief-you-first", "{session-ended}/debrief", "rosa"),
    ("session-debrief-path", "{session-debrief}/debrief", "rosa"),
    ("session-path", "{session-path}", "pia"),
    ("session-further-way", "{session-path}/1", "pia"),
    ("session-further-open", "{session-path}/2", "pia"),
    ("course-with-sessions", "/course", "pia"),
)
"""Name, address and who looks at it; an address in braces is filled in by `fill`."""
COLD = ("rush", "steam", "closer", "here", "scold", "home", "wait", "say", "how")
"""From the third decision on, to the ending `unchanged`."""


def judge(page: Page) -> None:
    page.get_by_label("Within reach").click()


def send_without_a_move(page: Page) -> None:
    page.locator(".act").evaluate("(form) => { form.noValidate = true; }")
    with page.expect_navigation():
        page.get_by_role("button", name="Make this move").click()


def fill(instance: Instance, people: MutableMapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    """Put people where the pages need them."""
    for name in ("Pia Sand", "Quin Rao", "Rosa Maas"):
        people[name.split()[0].lower()] = instance.join(name).person_id
    now = clock.now()
    with instance.committing() as course:
        addresses["session-begun"] = f"/sessions/{begin(course, people['quin'], now)}"
        debrief = lead(course, people["rosa"], now, REPAIRED)
        services.write_reaction(debrief, people["rosa"], "A lump in the throat.", "To let her decide.", now=now)
        addresses["session-debrief"] = f"/sessions/{debrief}"
        addresses["session-ended"] = f"/sessions/{lead_beside(debrief, now, EARLY)}"
        path = complete(course, people["pia"], now, REPAIRED)
        for sequence, moves in ((3, COLD), (2, ())):
            number = services.go_back(path, people["pia"], 0, sequence, now=now)
            make(path, people["pia"], moves, now, number=number)
        addresses["session-path"] = f"/sessions/{path}"
