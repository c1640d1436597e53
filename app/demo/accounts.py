"""Whom one may sign in as in the demo, and what there is to see as each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as."""

    name: str
    email: str
    password: str
    role: str
    """What there is to see as this person."""
    administrator: bool = False


ACCOUNTS = (
    DemoAccount("Ada Lindqvist", "ada@example.org", "demo-password-ada", "half way, one quiz failed, one open"),
    DemoAccount("Bea Okafor", "bea@example.org", "demo-password-bea", "runs the site", administrator=True),
    DemoAccount("Cy Rahman", "cy@example.org", "demo-password-cy", "finished, with a certificate"),
    DemoAccount("Dana Novák", "dana@example.org", "demo-password-dana", "has not begun"),
)
