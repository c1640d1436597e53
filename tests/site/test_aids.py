"""Aids to print."""

import re

import pytest

from app.content import Course
from tests.conftest import Browser
from tests.shipped import shipped


def inside(page: str) -> str:
    """What is the aid's own on its page."""
    found = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert found is not None
    return found[0]


def test_library_and_list_lead_to_every_aid(course: Course, stranger: Browser) -> None:
    for path in ("/library", "/aids"):
        page = stranger.get(path).text
        assert [aid.id for aid in course.aids if f'href="{aid.url}">{aid.title}</a>' not in page] == []


def test_sections_point_to_the_aids_that_help_with_them(ada: Browser) -> None:
    pages = {name: ada.get(f"/modules/brewing/{name}").text for name in ("water", "time")}

    assert {name: 'href="/aids/tea-sheet"' in page for name, page in pages.items()} == {"water": True, "time": False}


def test_an_aid_points_back_to_its_sections(stranger: Browser) -> None:
    page = inside(stranger.get("/aids/tea-sheet").text)

    assert 'href="/modules/brewing/water">Brewing: Water</a>' in page
    assert 'href="/modules/serving/asking">' in page


def test_what_is_written_on_an_aid_belongs_to_no_form_and_is_not_kept(stranger: Browser) -> None:
    page = inside(stranger.get("/aids/tea-sheet").text)
    controls = re.findall(r"<(?:input|textarea)[^>]*>", page)

    assert "<form" not in page
    assert len(controls) == 9
    assert [one for one in controls if " name=" in one] == []
    unkept = ' autocomplete="off"', ' spellcheck="false"'
    assert [one for one in controls if one[1] == "t" and not all(mark in one for mark in unkept)] == []
    assert "neither sent nor kept" in page


def test_an_aid_is_stored_in_no_cache(stranger: Browser) -> None:
    assert stranger.get("/aids/tea-sheet").headers["Cache-Control"] == "private, no-store"


def test_an_aid_names_its_sources_and_its_review(stranger: Browser) -> None:
    page = inside(stranger.get("/aids/tea-sheet").text)

    assert "Water temperature and bitterness" in page
    assert "awaiting clinical review" in page


@pytest.mark.parametrize("id", ["nothing", "tea-sheet.md", "..%2fcourse"])
def test_there_is_no_other_aid(stranger: Browser, id: str) -> None:
    assert stranger.get(f"/aids/{id}").status_code == 404


@pytest.mark.slow
def test_shipped_aids_say_what_they_are_and_where_they_help() -> None:
    course = shipped()

    assert [aid.id for aid in course.aids] == [
        "session-checklist",
        "dissociation-plan",
        "needs-and-rescripts",
        "online-checklist",
        "homework-and-aftercare",
        "my-first-case",
    ]
    assert [aid.id for aid in course.aids if "convention" not in aid.lead_html] == []
    assert "not a validated scale" in course.aid("session-checklist").lead_html
    assert {key[0] for aid in course.aids for key in aid.sections} <= {module.id for module in course.modules}
