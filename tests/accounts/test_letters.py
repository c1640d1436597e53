from flask import Flask
from sqlalchemy import select

from app.accounts import letters
from app.extensions import db
from app.mail.models import Letter
from tests.accounts.conftest import START


def test_every_letter_says_where_it_comes_from_and_is_plain_text(app: Flask) -> None:
    letters.send_reset("ada@example.org", "t", START)
    letters.send_password_changed("ada@example.org", START)
    letters.send_registration("ada@example.org", "t", START)
    letters.send_already_registered("ada@example.org", START)
    letters.send_invitation("ada@example.org", "t", START)
    letters.send_email_confirmation("ada@example.org", "t", START)
    letters.send_email_change_notice("ada@example.org", "o'hara@new.example", START)
    letters.send_email_changed("ada@example.org", "o'hara@new.example", START)

    queued = db.session.scalars(select(Letter)).all()

    assert len(queued) == 8
    for letter in queued:
        assert "http://course.test" in letter.body
        assert not {"&#", "{{", "<p"} & set(letter.body.split())
    assert "o'hara@new.example" in queued[-1].body


def test_a_letter_is_not_sent_once_its_link_has_expired(app: Flask) -> None:
    letters.send_reset("ada@example.org", "t", START)

    letter = db.session.scalars(select(Letter)).one()

    assert letter.expires_at is not None
    assert (letter.expires_at - START).total_seconds() == 7200
