"""Filling: the four accounts, and two institutes with all their people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from app.accounts import services as accounts
from app.accounts.faults import EmailTaken
from app.content import current_course
from app.demo import tales
from app.demo.accounts import ACCOUNTS, DemoAccount
from app.demo.institutes import fill_institute
from app.demo.plans import PLANS, Scale
from app.demo.story import Story
from app.extensions import db
from app.institutes import queries as institutes

Say = Callable[[str], None]


def fill(now: datetime, *, scale: Scale = "cast", say: Say = lambda _: None) -> tuple[DemoAccount, ...]:
    """Create what is missing, commit, and return the accounts to sign in as. A second time changes nothing.

    An institute is filled in one transaction: what was interrupted begins again. `say`: is told how it goes on.
    """
    fill_cast(now)
    if scale == "cast":
        return ACCOUNTS
    there = {one.slug for one in institutes.all_institutes()}
    missing = [plan for plan in PLANS if plan.slug not in there]
    if missing and scale == "full":
        say("Filling the demo. This takes a minute or two, the first time only.")
    for plan in missing:
        fill_institute(plan, now, scale, say)
        db.session.commit()
    ada, *others = ACCOUNTS
    in_a_group = replace(ada, role=f"{ada.role}; a trainee of Linden Institute")
    return (in_a_group, *others, *(account for plan in PLANS for account in plan.staff))


def fill_cast(now: datetime) -> None:
    """The four whom the documentation shows."""
    stories: dict[str, Callable[[Story], None]] = {"ada@example.org": tales.half_way, "cy@example.org": tales.finished}
    for account in ACCOUNTS:
        try:
            person_id = accounts.create_account(
                name=account.name,
                email=account.email,
                password=account.password,
                administrator=account.administrator,
                now=now - timedelta(days=21),
            )
        except EmailTaken:
            continue
        if account.email in stories:
            stories[account.email](Story(current_course(), person_id, account.name, now - timedelta(days=14)))
    db.session.commit()
