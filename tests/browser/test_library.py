"""The reading list while one types, and aids: one page each on paper, kept by nobody."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser.browsing import Visitor, ready, whole
from tests.browser.conftest import Arrive
from tests.browser.instance import ROOT, SAMPLE_COURSE, Instance, running
from tests.browser.paper import text_of, text_of_page
from tests.browser.rules import overflowing
from tests.shipped import shipped as read_shipped

pytestmark = pytest.mark.browser

AIDS = sorted(path.stem for path in (ROOT / "course" / "aids").glob("*.md"))
"""Told by their files' names: the course is read only where it is needed."""
A4 = (595, 842)
"""Points."""


@pytest.fixture(scope="module")
def browser(browser: Browser) -> Iterator[Browser]:
    with whole(browser) as started:
        yield started


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with running(tmp_path_factory.mktemp("shipped") / "data", ROOT, IMRS_WORKERS="1") as started:
        yield started


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with running(tmp_path_factory.mktemp("tea") / "data", SAMPLE_COURSE, IMRS_WORKERS="1") as started:
        yield started


@pytest.fixture
def page(shipped: Instance, arrive: Arrive) -> Page:
    return arrive(shipped).page


def printed(page: Page) -> bytes:
    page.emulate_media(media="print")
    return page.pdf(prefer_css_page_size=True)


def sheets(pdf: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return [(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in document.pages]


def fill(page: Page) -> None:
    """Each line as far as it goes, and each box."""
    for field in page.locator(".aid textarea").all():
        field.fill("\n".join(["two words"] * int(field.get_attribute("rows") or "1")))
    for box in page.locator(".aid input").all():
        box.check()


def words(text: str) -> str:
    """Without spaces: a PDF has none where a line breaks."""
    return "".join(text.split())


@pytest.mark.parametrize("id", AIDS)
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_an_aid_prints_on_one_sheet_with_all_that_stands_on_it(page: Page, id: str, filled: bool) -> None:
    page.goto(f"/aids/{id}")
    if filled:
        fill(page)

    pdf = printed(page)
    said = words(text_of(pdf))
    aid = next(aid for aid in read_shipped().aids if aid.id == id)

    assert sheets(pdf) == [A4]
    assert [part.title for part in aid.parts if words(part.title) not in said] == []
    assert words("awaiting clinical review") in said
    assert said.count("twowords") == (sum(map(rows, page.locator(".aid textarea").all())) if filled else 0)
    assert words("neither sent nor kept") not in said


def rows(field: Locator) -> int:
    return int(field.get_attribute("rows") or 0)


def test_the_sample_aid_prints_on_one_sheet(tea: Instance, arrive: Arrive) -> None:
    page = arrive(tea).page
    page.goto("/aids/tea-sheet")

    assert sheets(printed(page)) == [A4]


def test_what_is_written_on_an_aid_is_neither_sent_nor_kept(page: Page) -> None:
    page.goto("/aids/my-first-case")
    ready(page)
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(request.url)

    page.on("request", note)
    fill(page)
    page.locator(".aid textarea").first.press("Enter")
    page.get_by_role("button", name="Clear everything").click()
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.includes('two')]")

    assert (sent, kept) == ([], [0, 0, False])
    fill(page)
    page.reload()
    assert set(page.locator(".aid textarea").evaluate_all("(all) => all.map((one) => one.value)")) == {""}
    assert page.locator(".aid input:checked").count() == 0


def test_what_was_cleared_comes_back_until_something_new_is_written(page: Page) -> None:
    page.goto("/aids/my-first-case")
    first = page.locator(".aid textarea").first
    clear = page.locator("[data-clear]")
    first.fill("A.")
    page.locator(".aid input").first.check()

    clear.click()
    expect(first).to_have_value("")
    expect(page.get_by_text("The page is empty.")).to_be_visible()
    clear.click()
    expect(first).to_have_value("A.")
    expect(page.locator(".aid input").first).to_be_checked()

    clear.click()
    first.fill("B.")
    expect(clear).to_have_text("Clear everything")


def test_the_button_prints(page: Page) -> None:
    page.goto("/aids/session-checklist")
    ready(page)
    page.evaluate("window.print = () => { document.title = 'printed'; }")

    page.get_by_role("button", name="Print").click()

    expect(page).to_have_title("printed")


def test_without_scripts_an_aid_says_how_to_print_and_can_be_ticked(browser: Browser, shipped: Instance) -> None:
    visitor = Visitor(browser, shipped, java_script_enabled=False)
    page = visitor.page
    page.goto("/aids/session-checklist")

    page.get_by_label("The stop signal has been tried out.").check()

    expect(page.get_by_text("Print the page from your browser’s menu")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert sheets(printed(page)) == [A4]
    visitor.close()


def test_the_reading_list_follows_what_is_typed_and_chosen(page: Page) -> None:
    page.goto("/library")
    ready(page)
    count = page.locator("[data-count]")
    search = page.get_by_label("Words in title, authors or annotation")

    search.press_sequentially("nightmares", delay=20)
    expect(count).to_have_text("3 of 56 entries")
    expect(search).to_be_focused()
    page.get_by_label("Study design", exact=True).select_option("trials")
    expect(count).to_have_text("1 of 56 entries")
    expect(page.get_by_role("option", name="Guidelines and position papers (1)")).to_be_attached()
    page.get_by_label("study design", exact=True).check()
    expect(page.get_by_role("heading", name="Randomised trials")).to_be_visible()

    assert page.url.endswith("/library?words=nightmares&design=trials&by=design")
    links = page.locator(".downloads a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert links[0] == "/library.bib?words=nightmares&design=trials"
    page.reload()
    expect(count).to_have_text("1 of 56 entries")


def test_nothing_found_leads_back_to_everything(page: Page) -> None:
    page.goto("/library")
    ready(page)

    page.get_by_label("Words in title, authors or annotation").fill("no such words")
    expect(page.get_by_text("Nothing fits all of that")).to_be_visible()
    page.get_by_role("main").locator(".empty a").click()

    expect(page.locator("[data-count]")).to_have_text("56 entries")


def test_the_reading_list_works_without_scripts(browser: Browser, shipped: Instance) -> None:
    visitor = Visitor(browser, shipped, java_script_enabled=False)
    page = visitor.page
    page.goto("/library")

    page.get_by_label("What for", exact=True).select_option("anxiety-ocd")
    page.get_by_label("study design", exact=True).check()
    page.get_by_role("button", name="Show").click()

    expect(page.locator("[data-count]")).to_have_text("9 of 56 entries")
    expect(page.get_by_role("heading", name="Other clinical studies")).to_be_visible()
    visitor.close()


def test_the_whole_course_prints_without_an_empty_sheet(shipped: Instance, arrive: Arrive) -> None:
    visitor = arrive(shipped)
    visitor.sign_in(shipped.join("Ada Lindqvist").person_id)
    visitor.page.goto("/course/print")

    with pikepdf.open(BytesIO(printed(visitor.page))) as document:
        letters = [len(words(text_of_page(page))) for page in document.pages]

    assert len(letters) > 40
    assert min(letters) > 60


def test_an_aid_fits_a_narrow_window_while_it_is_written_on(page: Page) -> None:
    page.goto("/aids/needs-and-rescripts")
    fill(page)

    assert overflowing(page) == []
