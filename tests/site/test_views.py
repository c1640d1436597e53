"""The pages around the course."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.accounts import services as accounts
from app.content.records import Course
from app.learning.services import mark_read
from app.site.pages import about, sorted_references
from app.site.printing import on_one_page
from tests.conftest import START, Browser
from tests.shipped import shipped
from tests.taking import answer_all, finish, read_all, start, start_final

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "path", ["/", "/library", "/library.bib", "/aids", "/aids/tea-sheet", "/references", "/glossary", "/healthz"]
)
def test_public_pages_are_public(stranger: Browser, path: str) -> None:
    assert stranger.get(path).status_code == 200


def test_health_says_which_edition_is_served(stranger: Browser) -> None:
    assert stranger.get("/healthz").json == {"status": "ok", "edition": "0.9"}


def test_the_lists_hold_everything(course: Course, stranger: Browser) -> None:
    references, glossary = stranger.get("/references").text, stranger.get("/glossary").text
    library = stranger.get("/library").text

    assert [one.id for one in course.references.values() if f'id="{one.id}"' not in references] == []
    assert [one.id for one in course.glossary.values() if f'id="{one.id}"' not in glossary] == []
    assert [one.title for group in course.library for one in group.entries if one.title not in library] == []


def resume(browser: Browser) -> str:
    """Where the course home leads first."""
    found = re.search(r'<a class="button" href="([^"]+)"', browser.get("/course").text)
    assert found is not None
    return found[1]


def test_the_course_home_leads_on_from_the_last_thing_done(course: Course, ada: Browser) -> None:
    ways = [resume(ada)]
    mark_read(course, ada.person_id, "brewing", "water", now=START)
    ways.append(resume(ada))
    read_all(course, ada.person_id, START.replace(hour=23))
    answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)
    ways.append(resume(ada))
    answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START)
    ways.append(resume(ada))
    answer_all(start_final(course, ada.person_id, START), ada.person_id, START)
    ways.append(resume(ada))

    assert ways == ["/modules/welcome", "/modules/brewing/time", "/quizzes/serving", "/quizzes/final", "/certificate"]


def test_the_course_home_says_what_is_missing_until_nothing_is(course: Course, ada: Browser) -> None:
    before = ada.get("/course").text
    finish(course, ada.person_id, START)
    after = ada.get("/course").text
    ada.post("/certificate", {"name": "Ada"})
    certified = ada.get("/course").text

    assert ["Still missing:" in page for page in (before, after, certified)] == [True, False, False]
    assert ["Your certificate is ready" in page for page in (before, after, certified)] == [False, True, False]
    assert ["You have your certificate" in page for page in (before, after, certified)] == [False, False, True]


def test_the_printed_course_repeats_no_id(course: Course, ada: Browser) -> None:
    page = ada.get("/course/print").text

    ids = re.findall(r'\sid="([^"]+)"', page)
    targets = re.findall(r'\shref="#([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert [target for target in targets if target not in ids] == []
    assert [
        section.title for module in course.modules for section in module.sections if section.title not in page
    ] == []


def test_the_printed_course_has_all_that_it_points_to(course: Course, ada: Browser) -> None:
    page = ada.get("/course/print").text
    article = page[page.index("<article") : page.index("</article>")]

    assert re.findall(r'href="(/(?:modules|glossary|references)[^"]*)"', article) == []
    assert article.count("Leaving leaves in") == 1, "a term is explained once"
    assert [one.id for one in course.references.values() if f'id="references-{one.id}"' not in article] == []


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ('<h2 id="a-b">T</h2><h3>U</h3>', '<h4 id="a-b">T</h4><h5>U</h5>'),
        ('<a class="term" href="#m-s-t-tea-pot" id="m-s-t-tea-pot-ref">pot</a>',
         '<a class="term" href="#glossary-tea-pot" id="m-s-t-tea-pot-ref">pot</a>'),
        ('<aside class="notes" role="note"><p class="note term-note" id="x"><b>T</b> is.</p></aside>', ""),
        ('<aside class="notes" role="note"><p class="note">N</p>\n<p class="note term-note" id="x">T</p></aside>',
         '<aside class="notes" role="note"><p class="note">N</p></aside>'),
        ('<a href="/modules/m/s">x</a> <a href="/modules/m">y</a>', '<a href="#m-s">x</a> <a href="#m">y</a>'),
        ('<a href="/references#leaf2019">x</a>', '<a href="#references-leaf2019">x</a>'),
        ('<a href="/library">x</a> <a href="https://example.org/modules/m">y</a>',
         '<a href="/library">x</a> <a href="https://example.org/modules/m">y</a>'),
    ],
)  # fmt: skip
def test_links_of_a_printed_section_stay_on_the_page(html: str, printed: str) -> None:
    assert on_one_page(html) == printed


def test_lists_are_sorted_without_regard_to_accents() -> None:
    labels = [one.label for one in sorted_references(shipped())]

    assert labels.index("Çili & Stopa (2021)") < labels.index("Dance et al. (2022)")


def test_pages_say_what_nobody_has_reviewed(course: Course, ada: Browser) -> None:
    home, printed = ada.get("/course").text, ada.get("/course/print").text

    assert "Awaiting clinical review: Welcome, Serving" in re.sub(r"\s+", " ", home)
    assert printed.count("awaiting clinical review") == 2
    assert "A. Taster, 4 May 2026" in printed


@pytest.mark.parametrize(
    "path", ["/", "/library", "/aids/tea-sheet", "/references", "/glossary", "/course", "/course/print", "/certificate"]
)
def test_links_within_a_page_lead_somewhere(ada: Browser, path: str) -> None:
    page = ada.get(path).text

    ids = set(re.findall(r'\sid="([^"]+)"', page))
    assert [target for target in re.findall(r'\shref="#([^"]+)"', page) if target not in ids] == []


def test_colours_are_kept_in_a_cookie_and_nowhere_else(app: Flask, stranger: Browser) -> None:
    answer = stranger.post("/theme", {"theme": "dark", "next": "/library"})

    assert (answer.status_code, answer.location) == (303, "/library")
    assert '<html lang="en" data-theme="dark">' in stranger.get("/library").text
    stranger.post("/theme", {"theme": "", "next": "/library"})
    assert "data-theme" not in stranger.get("/library").text


@pytest.mark.parametrize("theme", ["blue", '"><script>', "DARK"])
def test_other_colours_are_none(stranger: Browser, theme: str) -> None:
    stranger.post("/theme", {"theme": theme})

    assert "data-theme" not in stranger.get("/library").text


def test_a_name_is_shown_as_text(ada: Browser) -> None:
    accounts.change_name(ada.person_id, "<b>Eve", START)

    page = ada.get("/course").text

    assert "<b>Eve" not in page
    assert "&lt;b&gt;Eve" in page


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "about 0 minutes"),
        (1, "about 1 minute"),
        (59, "about 59 minutes"),
        (60, "about 1 hour"),
        (74, "about 1 hour"),
        (80, "about 1½ hours"),
        (120, "about 2 hours"),
        (150, "about 2½ hours"),
    ],
)
def test_time_is_told_to_the_half_hour(app: Flask, minutes: int, words: str) -> None:
    with app.test_request_context():
        assert about(minutes) == words
