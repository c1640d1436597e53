"""What an institute's letters say, and what cannot be made of them."""

import email
import re
from datetime import UTC, date, datetime
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.errors import Conflict
from app.extensions import db
from app.institutes import letters, services
from app.institutes.records import InstituteRecord
from app.mail import institute_queries
from app.mail.delivery import message
from app.mail.models import Letter
from app.mail.services import note_sent, take_letter

NOW = datetime(2027, 3, 1, 22, 0, tzinfo=UTC)
LINK = "http://127.0.0.1:8000/invitations/s-e_cret"
ADDRESS = re.compile(r"https?://[^\s<>\"”]+[^\s<>\"”.,]")


class Page(HTMLParser):
    """What a mail program makes of a page: its words, its links, and which elements it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.links, self.elements = "", list[str](), set[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def linden(app: Flask) -> InstituteRecord:
    made = services.create_institute("Linden", now=NOW, time_zone="Pacific/Auckland")
    db.session.commit()
    return made


def send(institute: InstituteRecord, **values: Any) -> None:
    given = {"subject": "Hello", "name": institute.name, "asked_at": NOW, "link": LINK, **values}
    letters.send(institute, "ada@example.org", "test", "institutes/test", NOW, **given)
    db.session.commit()


def carried() -> EmailMessage:
    """The next letter, as it would arrive."""
    taken = take_letter(NOW)
    assert taken is not None
    read = email.message_from_bytes(message(taken, "course@example.org").message().as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def stored() -> Letter:
    return db.session.scalars(select(Letter)).one()


def test_text_and_page_hold_the_same_links_and_words(linden: InstituteRecord) -> None:
    send(linden)

    text, page = (part.get_content() for part in carried().iter_parts())

    read = Page(page)
    assert set(ADDRESS.findall(text)) == set(ADDRESS.findall(read.words)) == {LINK, "http://127.0.0.1:8000"}
    assert set(read.links) == {LINK}
    said = "This is a test. It was asked for on Tuesday, 2 March 2027, 11:00 (Pacific/Auckland), by you."
    assert (said in text, said in read.words) == (True, True)


def test_a_letter_fetches_and_runs_nothing(linden: InstituteRecord) -> None:
    send(linden)

    assert Page(stored().html).elements & {"img", "script", "link", "iframe", "form", "object"} == set()
    assert "url(" not in stored().html


def test_what_somebody_typed_is_no_markup_in_the_page_and_unchanged_in_the_text(linden: InstituteRecord) -> None:
    send(linden, name="<script>alert(1)</script> & Sons")

    assert "script" not in Page(stored().html).elements
    assert "<script>alert(1)</script> & Sons" in Page(stored().html).words
    assert "<script>alert(1)</script> & Sons" in stored().body


def test_nothing_typed_becomes_a_header(linden: InstituteRecord) -> None:
    send(linden, subject="Hello\r\nBcc: cy@example.org\n\n<p>", reply_to="ada@example.org\r\nBcc: cy@example.org")

    read = carried()

    assert (read["Subject"], read["Bcc"]) == ("Hello Bcc: cy@example.org <p>", None)
    assert read.get_all("To") == ["ada@example.org"]


def test_a_long_subject_is_cut_to_what_the_table_holds(linden: InstituteRecord) -> None:
    send(linden, subject="Ł" * 300)

    assert stored().subject == "Ł" * 199 + "…"


def test_the_copy_has_no_secret_but_the_letter_has(linden: InstituteRecord) -> None:
    send(linden, secret="s-e_cret")

    assert (stored().body.count(LINK), "s-e_cret" in stored().copy) == (1, False)
    assert stored().copy == stored().body.replace(LINK, "[link]")


def test_answers_go_to_the_institute_unless_somebody_is_named(app: Flask) -> None:
    made = services.create_institute("Linden", now=NOW)
    db.session.commit()
    asked = [("", ""), ("", "office@linden.example"), ("bea@example.org", "office@linden.example")]

    for reply_to, contact in asked:
        send(
            InstituteRecord(**{**{f: getattr(made, f) for f in made.__slots__}, "contact": contact}), reply_to=reply_to
        )

    found = db.session.scalars(select(Letter.reply_to).order_by(Letter.id)).all()
    assert found == ["", "office@linden.example", "bea@example.org"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2027, 3, 14), "Sunday, 14 March 2027"),
        (datetime(2027, 4, 3, 13, 59, tzinfo=UTC), "Sunday, 4 April 2027, 02:59 (Pacific/Auckland)"),
        (datetime(2027, 4, 3, 14, 1, tzinfo=UTC), "Sunday, 4 April 2027, 02:01 (Pacific/Auckland)"),
        ("Ada", "Ada"),
        (3, 3),
    ],
)
def test_dates_and_moments_go_by_the_institutes_clock(linden: InstituteRecord, value: object, words: object) -> None:
    assert letters.written(value, linden) == words


def test_repeat_writes_the_copy_again_as_text_and_page(linden: InstituteRecord) -> None:
    send(linden, reply_to="bea@example.org", name="<b>Linden</b>")
    taken = take_letter(NOW)
    assert taken is not None
    note_sent(taken, NOW)
    first = institute_queries.letter(linden.id, taken.id)

    letters.repeat(linden, first, NOW)
    db.session.commit()

    again = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert again is not None
    assert (again.body, again.copy, again.kind) == (first.copy, first.copy, "test")
    assert (again.reply_to, again.subject, again.recipient) == ("bea@example.org", "Hello", "ada@example.org")
    page = Page(again.html)
    assert ("b" in page.elements, "<b>Linden</b>" in page.words) == (False, True)
    assert set(page.links) == set(ADDRESS.findall(again.body)) == {LINK, "http://127.0.0.1:8000"}


def test_repeat_refuses_a_letter_whose_link_is_kept_nowhere(linden: InstituteRecord) -> None:
    send(linden, secret="s-e_cret")
    (letter,) = institute_queries.letters(institute_queries.Wanted(linden.id), offset=0, size=9)

    with pytest.raises(Conflict, match="secret"):
        letters.repeat(linden, letter, NOW)
