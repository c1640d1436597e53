"""Colour and logo: kept, shown to everybody, and refused when they cannot be read or are no picture."""

import io
from html import unescape

import pytest
from flask import Flask

from app.institutes import queries
from app.security import POLICY
from tests.conftest import Browser
from tests.groups import Group
from tests.institutes.acts import acts, last_act
from tests.institutes.test_logos import PAGE, picture, pixels

LOOK, LOGO = "/institutes/linden/look", "/institutes/linden/logo"


def upload(browser: Browser, data: bytes, name: str = "logo.png", kind: str = "image/png") -> tuple[int, str]:
    answer = browser.post(LOGO, {"logo": (io.BytesIO(data), name, kind)})
    return answer.status_code, unescape(answer.text)


def test_a_colour_is_kept_and_linked_on_the_institutes_pages_only(linden: Group, bea: Browser, ben: Browser) -> None:
    answer = bea.post(LOOK, {"colour": "7A1F3D"})

    assert (answer.status_code, answer.location) == (303, LOOK)
    kept = queries.institute(linden.institute.id)
    assert (kept.colour, kept.version) == ("#7a1f3d", 2)
    link = '<link rel="stylesheet" href="/institutes/linden/look-2.css">'
    assert [link in page for page in (bea.get(LOOK).text, ben.get("/institutes/linden").text)] == [True, True]
    assert [link in bea.get(page).text for page in ("/course", "/modules/brewing/water", "/account")] == [False] * 3
    assert (last_act().act, last_act().details, last_act().institute_id) == (
        "colour",
        {"what": "#7a1f3d"},
        linden.institute.id,
    )


def test_the_stylesheet_is_for_everybody_and_for_good(linden: Group, bea: Browser, stranger: Browser) -> None:
    bea.post(LOOK, {"colour": "#7a1f3d"})

    answer = stranger.get("/institutes/linden/look-2.css")

    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--primary: light-dark(#7a1f3d, " in answer.text
    assert "Set-Cookie" not in answer.headers


def test_an_older_stylesheet_leads_to_the_one_in_force_and_a_coming_one_nowhere(
    linden: Group, bea: Browser, stranger: Browser
) -> None:
    bea.post(LOOK, {"colour": "#7a1f3d"})

    older, coming = stranger.get("/institutes/linden/look-1.css"), stranger.get("/institutes/linden/look-3.css")

    assert (older.status_code, older.location) == (302, "/institutes/linden/look-2.css")
    assert (coming.status_code, "immutable" in coming.headers["Cache-Control"]) == (404, False)
    assert stranger.get("/institutes/larch/look-1.css").status_code == 404


def test_a_weak_colour_is_not_kept_and_the_page_says_what_is_missing_and_what_would_do(
    linden: Group, bea: Browser
) -> None:
    answer = bea.post(LOOK, {"colour": "#e67e22"})

    page = unescape(answer.text)
    assert (answer.status_code, queries.institute(linden.institute.id).colour) == (422, "")
    assert [
        words for words in ("2.8 : 1", "2.4 : 1", "The nearest shade that is read well: #7b410e.") if words in page
    ] == [
        "2.8 : 1",
        "2.4 : 1",
        "The nearest shade that is read well: #7b410e.",
    ]
    assert 'value="#e67e22"' in page
    assert bea.post(LOOK, {"colour": "#7b410e"}).status_code == 303
    assert queries.institute(linden.institute.id).colour == "#7b410e"


@pytest.mark.parametrize("typed", ["", "teal", "#12345", "#123456; } body { display: none", "url(x)"])
def test_what_is_no_colour_is_refused(linden: Group, bea: Browser, typed: str) -> None:
    answer = bea.post(LOOK, {"colour": typed})

    assert (answer.status_code, 'id="colour-error"' in answer.text) == (422, True)
    assert (queries.institute(linden.institute.id).version, acts()) == (1, [])


def test_showing_a_colour_keeps_nothing(linden: Group, bea: Browser) -> None:
    answer = bea.post(LOOK, {"colour": "#7a1f3d", "show": "yes"})

    assert (answer.status_code, answer.location) == (303, f"{LOOK}?colour=%237a1f3d#preview")
    page = bea.get(answer.location).text
    assert 'fill="#7a1f3d"' in page and 'value="#7a1f3d"' in page
    assert (queries.institute(linden.institute.id).colour, acts()) == ("", [])


@pytest.mark.parametrize("asked", ["zzz", '"><script>', "%00", "#" * 5000])
def test_a_made_up_colour_to_show_shows_the_courses_own(linden: Group, bea: Browser, asked: str) -> None:
    answer = bea.get(LOOK, query_string={"colour": asked})

    assert (answer.status_code, 'fill="#0f5257"' in answer.text, "<script>" in answer.text) == (200, True, False)


def test_the_page_of_the_look_is_within_the_policy(linden: Group, bea: Browser) -> None:
    """Nothing inline: the preview's colours are attributes of its drawing."""
    page = bea.get(f"{LOOK}?colour=%237a1f3d")

    assert page.headers["Content-Security-Policy"] == POLICY
    assert [word for word in ("style=", "<style", "onclick", "javascript:") if word in page.text] == []


def test_the_courses_own_colour_can_be_taken_again(linden: Group, bea: Browser) -> None:
    bea.post(LOOK, {"colour": "#7a1f3d"})

    assert bea.post(LOOK, {"colour": "#7a1f3d", "none": "yes"}).status_code == 303

    assert (queries.institute(linden.institute.id).colour, last_act().details) == ("", {"what": ""})
    assert "look-3.css" not in bea.get(LOOK).text


@pytest.mark.parametrize(("kind", "type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_logo_is_served_as_what_it_is_whatever_it_was_called(
    linden: Group, bea: Browser, stranger: Browser, kind: str, type: str
) -> None:
    assert upload(bea, picture(kind), "evil.html", "text/html")[0] == 303

    answer = stranger.get("/institutes/linden/logo-2")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, type)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="linden.{kind.lower()}"'
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert pixels(answer.data) == pixels(picture(kind))
    assert (last_act().act, last_act().details) == ("logo", {"what": type})


def test_the_logo_stands_in_the_institutes_head_with_its_name(linden: Group, bea: Browser, ben: Browser) -> None:
    upload(bea, picture("PNG"))

    page = ben.get("/institutes/linden").text

    assert '<img class="house-logo" src="/institutes/linden/logo-2" alt="Linden">' in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PAGE, "This is no PNG, JPEG or WebP picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "This is no PNG"),
        (picture("PNG")[:-20], "This picture is damaged"),
        (picture("PNG", (2001, 20)), "This picture is too large"),
        (picture("PNG", (15, 15)), "This picture is too small"),
        (picture("PNG") + b"\0" * 300_000, "This file is larger than 300 kB."),
        (b"", "Choose a file."),
    ],
)
def test_what_is_no_logo_is_refused_and_said(linden: Group, bea: Browser, data: bytes, said: str) -> None:
    status, page = upload(bea, data)

    assert (status, said in page, 'id="logo-error"' in page) == (422, True, True)
    assert (queries.institute(linden.institute.id).logo_type, acts()) == (None, [])


def test_a_page_behind_a_picture_is_not_served(linden: Group, bea: Browser, stranger: Browser) -> None:
    upload(bea, picture("JPEG") + PAGE, "both.html", "text/html")

    answer = stranger.get("/institutes/linden/logo-2")

    assert (answer.status_code, b"script" in answer.data) == (200, False)


def test_only_the_upload_may_be_larger_than_other_forms(app: Flask, linden: Group, bea: Browser) -> None:
    assert app.config["MAX_CONTENT_LENGTH"] < 300_000

    assert upload(bea, b"\0" * 900_000)[0] == 422
    assert upload(bea, b"\0" * 1_100_000)[0] == 413
    assert bea.post(LOOK, {"colour": "#" * 300_000}).status_code == 413


def test_a_logo_can_be_taken_away(linden: Group, bea: Browser, stranger: Browser) -> None:
    upload(bea, picture("PNG"))

    assert bea.post(LOGO, {"none": "yes"}).status_code == 303

    assert (queries.institute(linden.institute.id).logo_type, queries.institute(linden.institute.id).version) == (
        None,
        3,
    )
    assert [stranger.get(f"/institutes/linden/logo-{version}").status_code for version in (2, 3)] == [404, 404]
