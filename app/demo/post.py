"""The post of the demo: letters leave when they are written; a few come back."""

from datetime import datetime, timedelta

from app.mail import services as mail

LOST = "exmaple.org"
"""A slip of the pen in an address: letters to it cannot be delivered."""
REFUSED = "(550, '5.1.1 No such mailbox here')"


def deliver(now: datetime) -> None:
    """Hand over every letter that waits. Nothing leaves the machine: the demo only notes that it did."""
    while (letter := mail.take_letter(now)) is not None:
        if letter.recipient.endswith(LOST):
            mail.note_failed(letter, REFUSED, now + timedelta(seconds=2))
        else:
            mail.note_sent(letter, now + timedelta(seconds=2))
