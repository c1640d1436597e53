"""Sessions to read: what the page holds, whatever way it is read."""

import re

from tests.conftest import Browser

PATH = "/transcripts/one-pot"


def test_every_line_stands_on_the_page_with_its_speaker_and_number(ada: Browser) -> None:
    page = ada.get(PATH).text

    said = re.findall(r'<p class="speaker"><span>(.*?)</span> <a class="line-number" href="#(l\d)"', page)
    assert said == [
        ("Therapist", "l1"),
        ("Nilo", "l2"),
        ("Therapist", "l3"),
        ("Nilo", "l4"),
        ("Therapist", "l5"),
        ("Nilo", "l6"),
    ]
    assert page.index("Asking</h2>") < page.index('id="l1"') < page.index('id="l4"') < page.index("Pouring</h2>")


def test_notes_follow_their_lines_and_name_what_they_rest_on(ada: Browser) -> None:
    page = ada.get(PATH).text
    margin = re.findall(r'class="margin basis-(\w+)" open', page)

    assert margin == ["convention", "evidence", "debated"]
    assert page.index('id="l3"') < page.index("The easy way out") < page.index('id="l4"')
    assert '<a href="https://doi.org/10.1234/jit.2019.12">Leaf &amp; Kettle (2019)</a>.' in page


def test_own_lines_are_asked_for_before_the_line_and_belong_to_no_form(ada: Browser) -> None:
    page = ada.get(PATH).text
    article = page[page.index("<article") : page.index("</article>")]
    areas = re.findall(r"<textarea[^>]*>", article)

    assert "<form" not in article
    assert len(areas) == 2
    assert [one for one in areas if ' autocomplete="off"' not in one or " name=" in one] == []
    assert article.index('id="l2"') < article.index('id="guess-l3"') < article.index('id="l3"')
    assert "stops 2 times" in article
    assert "neither sent nor kept" in article


def test_content_note_stands_before_anything_of_the_session(ada: Browser) -> None:
    page = ada.get(PATH).text

    assert page.index("A guest was once laughed at") < page.index("A guest who drinks") < page.index("thirty years")


def test_it_leads_to_its_sections_and_they_lead_to_it(ada: Browser) -> None:
    assert 'href="/modules/serving/asking">Serving: Asking</a>' in ada.get(PATH).text
    assert f'href="{PATH}"' in ada.get("/modules/serving/asking").text
    assert f'href="{PATH}"' not in ada.get("/modules/serving/handing-over").text


def test_it_says_that_it_is_invented_and_awaits_review(ada: Browser) -> None:
    page = ada.get(PATH).text

    assert "Nilo is invented" in page
    assert "Awaiting clinical review." in page


def test_it_is_for_those_who_have_signed_in_and_stays_out_of_caches(ada: Browser, stranger: Browser) -> None:
    assert stranger.get(PATH).status_code == 302
    assert ada.get(PATH).headers["Cache-Control"] == "private, no-store"


def test_there_is_no_page_for_what_is_not_there(ada: Browser) -> None:
    assert ada.get("/transcripts/two-pots").status_code == 404
