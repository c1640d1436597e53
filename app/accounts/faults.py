"""What may stand in the way of getting in. The views say it."""

from datetime import timedelta

from app.errors import Conflict, Refused


class EmailTaken(Conflict):
    """There is an account with this address already."""


class SameEmail(Conflict):
    """The new address is the present one."""


class WrongPassword(Refused):
    """The password is not this person's, or there is no such person: told apart to nobody."""


class TooManyFailures(Refused):
    """Nobody may try before `wait` is over, not even with the right password."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many failed sign-ins.")
        self.wait = wait


class DeadLink(Refused):
    """A one-time link that is "used", "expired" or "unknown"."""

    def __init__(self, state: str) -> None:
        super().__init__(f"This link is {state}.")
        self.state = state
