"""Fills an instance of its own with people to look around as."""

from datetime import datetime
from typing import NamedTuple

from app.accounts import services as accounts
from app.accounts.faults import EmailTaken
from app.extensions import db


class DemoAccount(NamedTuple):
    name: str
    email: str
    password: str
    role: str
    """What there is to see as this person."""


ACCOUNTS = (
    DemoAccount("Ada Lindqvist", "ada@example.org", "demo-password-ada", "learns"),
    DemoAccount("Bea Okafor", "bea@example.org", "demo-password-bea", "runs the site"),
)


def fill(now: datetime) -> tuple[DemoAccount, ...]:
    """Create what is missing, commit, and return the accounts. A second time changes nothing."""
    for account in ACCOUNTS:
        try:
            accounts.create_account(
                name=account.name,
                email=account.email,
                password=account.password,
                administrator=account.role == "runs the site",
                now=now,
            )
        except EmailTaken:
            continue
    db.session.commit()
    return ACCOUNTS
