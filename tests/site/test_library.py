"""The library: what it is narrowed to, grouped by, and downloaded as."""

import re

import pytest
import rispy
from pybtex.database import parse_string

from app.content import Course
from app.site.reading import BY_DESIGN, LONGEST, ReadingList, Wish, chosen, reading_list, wish_from
from tests.conftest import Browser
from tests.shipped import shipped


@pytest.fixture(scope="module", name="shipped")
def course() -> Course:
    return shipped()


def ids(reading: ReadingList) -> list[str]:
    return [entry.reference.id for shelf in reading.shelves for entry in shelf.entries if entry.reference]


def test_nothing_asked_for_shows_everything_but_what_is_dated(course: Course) -> None:
    reading = reading_list(course, Wish())

    assert [(shelf.id, len(shelf.entries)) for shelf in reading.shelves] == [("reading", 2)]
    assert (reading.shown, reading.total) == (2, 2)


def test_by_design_the_same_entries_stand_elsewhere(shipped: Course) -> None:
    by_use, by_design = (reading_list(shipped, wish) for wish in (Wish(), Wish(by="design")))

    assert sorted(ids(by_use)) == sorted(ids(by_design))
    assert [shelf.id for shelf in by_design.shelves] == [kind.id for kind in shipped.kinds]
    assert {entry.kind for shelf in by_design.shelves if shelf.id == "trials" for entry in shelf.entries} == {"trials"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bitterness", ["leaf2019"]),
        ("TEMPERATURE does", ["leaf2019"]),
        ("kettle 2019", ["leaf2019"]),
        ("handbook", ["pot_2021"]),
        ("kettle handbook", []),
        ("", ["leaf2019", "pot_2021"]),
    ],
)
def test_every_word_is_looked_for_wherever_it_stands(course: Course, words: str, found: list[str]) -> None:
    assert ids(reading_list(course, Wish(words=words))) == found


def test_accents_and_apostrophes_need_not_be_typed(shipped: Course) -> None:
    assert ids(reading_list(shipped, Wish(words="fross seebauer"))) == ["seebauer2014"]
    assert ids(reading_list(shipped, Wish(words="schonberger"))) == ["seebauer2014"]
    assert "bosch_arntz2023" in ids(reading_list(shipped, Wish(words="patients' and therapists'")))


def test_use_and_design_narrow_together(shipped: Course) -> None:
    reading = reading_list(shipped, Wish(use="ptsd", design="trials"))

    assert [shelf.id for shelf in reading.shelves] == ["ptsd"]
    assert {entry.kind for shelf in reading.shelves for entry in shelf.entries} == {"trials"}
    assert reading.shown == len(ids(reading)) < reading.total


def test_counts_say_what_a_choice_would_leave(shipped: Course) -> None:
    wish = Wish(words="imagery", use="ptsd", design="trials")
    reading = reading_list(shipped, wish)

    for option in reading.uses:
        other = reading_list(shipped, Wish("imagery", option.id, "trials"))
        assert option.count == other.shown
    for option in reading.designs:
        other = reading_list(shipped, Wish("imagery", "ptsd", option.id))
        assert option.count == other.shown


@pytest.mark.parametrize(
    ("values", "wish"),
    [
        ({}, Wish()),
        ({"use": "nothing", "design": "nothing", "by": "nothing"}, Wish()),
        ({"use": "elsewhere"}, Wish()),
        ({"words": "  two \n words ", "by": "design"}, Wish(words="two words", by="design")),
        ({"use": "reading", "design": "experiments"}, Wish(use="reading", design="experiments")),
        ({"words": "x" * 300}, Wish(words="x" * LONGEST)),
    ],
)
def test_an_address_asks_only_for_what_there_is(course: Course, values: dict[str, str], wish: Wish) -> None:
    assert wish_from(values, course) == wish


def test_all_are_downloaded_unless_something_narrows(course: Course) -> None:
    assert [one.id for one in chosen(course, Wish(by=BY_DESIGN))] == list(course.references)
    assert [one.id for one in chosen(course, Wish(words="handbook"))] == ["pot_2021"]
    assert chosen(course, Wish(words="no such")) == ()


def test_the_page_shows_counts_choices_and_what_was_asked_for(stranger: Browser) -> None:
    page = stranger.get("/library?words=bitterness&design=experiments").text

    assert 'value="bitterness"' in page
    assert '<option value="experiments" selected>Experiments (1)</option>' in page
    assert '<option value="handbooks">Handbooks (0)</option>' in page
    assert "1 of 2 entries" in page
    assert "Warm pots" not in page
    assert "The tea map" in page, "what is dated is not narrowed"


def test_the_page_by_design_says_how_to_read_each(stranger: Browser) -> None:
    page = stranger.get("/library?by=design").text

    assert re.findall(r'class="shelf" id="([^"]+)"', page) == ["experiments", "handbooks"]
    assert "Cups were <em>compared</em>" in page


def test_nothing_found_says_what_to_do(stranger: Browser) -> None:
    page = stranger.get("/library?words=no+such+words").text

    assert "Nothing fits all of that" in page
    assert "0 of 2 entries" in page
    assert "library.bib?" not in page


def test_what_was_never_checked_says_so(stranger: Browser) -> None:
    page = stranger.get("/library").text

    assert re.findall(r"(last checked [^<]+|not checked yet)<", page) == [
        "last checked 23 November 2026",
        "not checked yet",
    ]


def test_words_of_somebody_else_are_shown_as_text(stranger: Browser) -> None:
    page = stranger.get('/library?words="><script>alert(1)</script>').text

    assert "<script>alert" not in page


def test_downloads_lead_to_what_the_page_shows(stranger: Browser) -> None:
    page = stranger.get("/library?words=bitterness&by=design").text
    (bib, ris) = (re.sub("&amp;", "&", found) for found in re.findall(r'href="(/library\.[^"]+)"', page))

    assert list(parse_string(stranger.get(bib).text, "bibtex").entries) == ["leaf2019"]
    assert [record["id"] for record in rispy.loads(stranger.get(ris).text)] == ["leaf2019"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/library.bib", "application/x-bibtex"), ("/library.ris", "application/x-research-info-systems")],
)
def test_all_references_can_be_taken_along(course: Course, stranger: Browser, path: str, kind: str) -> None:
    answer = stranger.get(path)

    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="references{path[-4:]}"'
    assert [id for id in course.references if id not in answer.text] == []


def test_there_is_no_other_format(stranger: Browser) -> None:
    assert stranger.get("/library.csv").status_code == 404
