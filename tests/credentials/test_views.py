"""The certificate's pages and its paper."""

import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from uuid import UUID, uuid4

import pikepdf
import pytest
from flask import Flask
from fontTools.ttLib import TTFont
from sqlalchemy import select

from app.content.records import Course
from app.credentials import queries
from app.credentials.models import Certificate
from app.credentials.names import NAME_FONT, NAME_LENGTH
from app.credentials.values import CertificateRecord
from app.extensions import db
from tests.browser.paper import text_of
from tests.conftest import START, Browser
from tests.taking import finish

ADDRESS = "https://course.example.org"


@pytest.fixture
def complete(course: Course, ada: Browser) -> Browser:
    finish(course, ada.person_id, START)
    return ada


@pytest.fixture
def public(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site has a public address."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], url=ADDRESS))


def issued() -> CertificateRecord:
    return queries.certificate(db.session.scalars(select(Certificate.id)).one())


def take(browser: Browser, name: str = "Ada") -> CertificateRecord:
    answer = browser.post("/certificate", {"name": name})
    assert (answer.status_code, answer.location) == (303, "/certificate")
    return issued()


def paper(browser: Browser, id: UUID) -> bytes:
    answer = browser.get(f"/certificates/{id}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return bytes(answer.data)


def test_before_the_end_the_page_says_what_is_missing_and_issues_nothing(ada: Browser) -> None:
    assert "Still missing" in ada.get("/certificate").text

    answer = ada.post("/certificate", {"name": "Ada"})

    assert (answer.status_code, answer.location) == (303, "/certificate")
    assert "Not everything is done yet." in ada.get("/certificate").text
    assert queries.certificates_of(ada.person_id) == ()


def test_the_form_proposes_ones_name(complete: Browser) -> None:
    page = complete.get("/certificate").text

    assert re.search(r'<input[^>]*name="name"[^>]*value="Ada"', page) or re.search(
        r'<input[^>]*value="Ada"[^>]*name="name"', page
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("王小明", "“王”, “小”, “明”"),
        ("", "Write the name"),
        (" \u200b ", "Write the name"),
        ("x" * (NAME_LENGTH + 1), f"Use at most {NAME_LENGTH} characters"),
    ],
)
def test_a_name_that_cannot_be_printed_is_asked_for_again(complete: Browser, name: str, said: str) -> None:
    answer = complete.post("/certificate", {"name": name})

    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert queries.certificates_of(complete.person_id) == ()


def test_confirming_twice_changes_nothing(complete: Browser) -> None:
    first = take(complete, "Ada B.")

    assert take(complete, "Other") == first


def test_the_public_page_and_the_json_say_what_the_record_says(
    complete: Browser, stranger: Browser, public: None
) -> None:
    found = take(complete, "Ada Łoś")

    page, json = stranger.get(f"/certificates/{found.id}"), stranger.get(f"/certificates/{found.id}.json")

    shown = unescape(page.text)
    said = (found.heading, found.title, "Ada Łoś", "1 March 2027", found.hours, found.edition, found.review)
    assert [value for value in (*said, str(found.id), found.statement) if value not in shown] == []
    assert "This certificate is valid" in shown
    assert json.json == {
        "id": str(found.id),
        "status": "valid",
        "name": "Ada Łoś",
        "heading": found.heading,
        "title": found.title,
        "edition": "0.9",
        "contact_hours": found.hours,
        "completed_on": "2027-03-01",
        "issued_on": "2027-03-01",
        "mode": "asynchronous self-study",
        "clinical_review": "awaiting clinical review",
        "statement": found.statement,
        "sha256": found.hash,
    }
    assert [answer.headers["X-Robots-Tag"] for answer in (page, json)] == ["noindex", "noindex"]
    assert '<meta name="robots" content="noindex">' in page.text


def test_the_public_page_tells_nothing_else_about_its_owner(complete: Browser, stranger: Browser) -> None:
    found = take(complete)

    for path in (f"/certificates/{found.id}", f"/certificates/{found.id}.json"):
        answer = stranger.get(path).text
        assert str(found.person_id) not in answer
        assert "ada@example.org" not in answer


@pytest.mark.parametrize("status", ["replaced", "revoked"])
def test_a_certificate_no_longer_valid_says_so(complete: Browser, stranger: Browser, status: str) -> None:
    found = take(complete)
    db.session.get_one(Certificate, found.id).status = status

    assert f"This certificate was {status}" in stranger.get(f"/certificates/{found.id}").text
    assert stranger.get(f"/certificates/{found.id}.json").json["status"] == status  # type: ignore[index]


@pytest.mark.parametrize("ending", ["", ".json"])
def test_a_number_that_was_never_given_is_not_found(stranger: Browser, ending: str) -> None:
    assert stranger.get(f"/certificates/{uuid4()}{ending}").status_code == 404


def test_only_its_owner_gets_the_paper(complete: Browser, cy: Browser, bea: Browser, stranger: Browser) -> None:
    found = take(complete)
    path = f"/certificates/{found.id}.pdf"

    assert [browser.get(path).status_code for browser in (complete, cy, bea, stranger)] == [200, 404, 404, 302]


def test_the_paper_says_what_the_record_says(complete: Browser, public: None) -> None:
    found = take(complete, "Ada Łoś")

    text = text_of(paper(complete, found.id))

    assert "Ada Łoś" in text.splitlines()
    said = (found.title, found.edition, found.hours, "1 March 2027", found.review, found.statement, str(found.id))
    one_line = text.replace("\n", " ")
    assert [value for value in said if value not in one_line] == []
    assert "Asynchronous self-study" in text


LONG_NAMES = (
    "Wilhelmine Friederike Auguste von Württemberg-Mömpelgard und Hohenzollern-Hechin",
    "MARIA MAGDALENA WOJCIECHOWSKA-MAMMADOVA WANDA MARGARETE GWENDOLYN VON WITTMUNDHM",
    "W" * 80,
)


@pytest.mark.parametrize("name", ["Ö", *LONG_NAMES])
def test_every_name_stands_whole_on_one_line_of_the_one_page(complete: Browser, name: str, public: None) -> None:
    assert len(name) in {1, 80}
    pdf = paper(complete, take(complete, name).id)

    assert name in text_of(pdf).splitlines()
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        left, bottom, right, top = (float(side) for side in document.pages[0].mediabox)
        sizes = {
            float(instruction.operands[1])
            for instruction in pikepdf.parse_content_stream(document.pages[0])
            if str(instruction.operator) == "Tf"
        }
    assert (round(right - left), round(top - bottom)) == (842, 595)
    assert fitting(name, right - left - 2 * MARGIN) in sizes


MARGIN = 30 / 25.4 * 72


def fitting(name: str, width: float) -> int:
    """The largest size, 34 points at most, at which the name is no wider than that."""
    font = TTFont(NAME_FONT)
    letters, widths, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    ems = sum(widths[letters[ord(letter)]][0] for letter in name) / units
    return min(34, int(width / ems))


def test_the_paper_can_be_read_aloud(complete: Browser, public: None) -> None:
    with pikepdf.open(BytesIO(paper(complete, take(complete).id))) as document:
        root = document.Root
        assert (bool(root.MarkInfo.Marked), str(root.Lang)) == (True, "en")
        assert bool(root.ViewerPreferences.DisplayDocTitle) is True
        assert "/StructTreeRoot" in root
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Certificate of tea"
        structure = {
            str(item["/S"])
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.StructElem
        }
        assert {"/H1", "/P", "/Figure", "/Link"} <= structure


def pictures(pdf: bytes) -> list[str]:
    """What the pictures of the paper are said to show."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            str(item["/Alt"]) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]


def test_with_a_public_address_the_paper_carries_it_and_a_code(complete: Browser, public: None) -> None:
    found = take(complete)
    pdf = paper(complete, found.id)

    assert found.address == f"{ADDRESS}/certificates/{found.id}"
    assert found.address in text_of(pdf).replace("\n", "")
    assert [words for words in pictures(pdf) if "QR code" in words] != []
    assert "only where it was issued" not in text_of(pdf)


def test_without_one_it_carries_no_code_and_says_so(complete: Browser) -> None:
    found = take(complete)
    pdf = paper(complete, found.id)

    assert found.address is None
    assert pictures(pdf) == []
    assert "http" not in text_of(pdf)
    assert "This certificate can be checked only where it was issued." in text_of(pdf).replace("\n", " ")
    assert "checked only here" in complete.get("/certificate").text
