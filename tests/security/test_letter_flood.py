"""Nobody's letter box is filled through this site."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import queries, services
from app.accounts.services import LETTERS_AN_HOUR
from app.extensions import db
from app.mail.models import Letter
from tests.conftest import Browser, Clock

VICTIM = "victim@example.org"


def letters_to_victim() -> int:
    return db.session.scalar(select(func.count()).where(func.lower(Letter.recipient) == VICTIM)) or 0


def ask(browser: Browser, time: Clock, spelling: str = VICTIM) -> None:
    """Ask for the victim's address often, taking the links back by a new password in between."""
    sign_in_id = queries.sign_ins(browser.person_id, time())[0].id
    for turn in range(3):
        for _ in range(LETTERS_AN_HOUR + 1):
            services.request_email_change(browser.person_id, spelling, time())
        services.change_password(browser.person_id, sign_in_id, f"walking brown boots {turn}", time())
    db.session.commit()


@pytest.mark.parametrize("known", [True, False])
def test_a_new_password_brings_no_new_letters(app: Flask, ada: Browser, time: Clock, known: bool) -> None:
    if known:
        services.create_account(name="Vi", email=VICTIM, password="four brown boots walking", now=time())

    ask(ada, time)

    assert letters_to_victim() == LETTERS_AN_HOUR


def test_neither_does_a_second_account_nor_another_spelling(ada: Browser, cy: Browser, time: Clock) -> None:
    ask(ada, time)
    ask(cy, time, spelling="Victim@Example.org")

    assert letters_to_victim() == LETTERS_AN_HOUR


def test_after_an_hour_a_letter_goes_out_again(ada: Browser, time: Clock) -> None:
    ask(ada, time)
    time.pass_time(minutes=61)

    services.request_email_change(ada.person_id, VICTIM, time())

    assert letters_to_victim() == LETTERS_AN_HOUR + 1
