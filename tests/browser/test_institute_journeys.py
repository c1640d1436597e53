"""From the founding of an institute to a trainee who leaves; and ten minutes before a workshop. In Chromium."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit
from uuid import UUID
from zipfile import ZipFile

import pikepdf
import pytest
from playwright.sync_api import Locator, Page, expect

from app import clock
from app.enrolment import services as enrolment
from app.institutes import services as institutes
from tests.browser.browsing import Visitor, seen
from tests.browser.conftest import Arrive
from tests.browser.instance import SAMPLE_COURSE, Instance, running
from tests.taking import answer_all, start

pytestmark = pytest.mark.browser

PASSWORD = "four brown boots walking"
FAULTY = """name;email
Quentin Rowe;quentin@example.org
Somebody Nowhere;somebody at example.org
Quentin Rowe;quentin@example.org
;"""
MENDED = FAULTY.replace("somebody at example.org", "somebody@example.org")


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with running(tmp_path_factory.mktemp("institutes") / "data", SAMPLE_COURSE, IMRS_WORKERS="1") as started:
        yield started


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def go_on(page: Page, button: str) -> None:
    with page.expect_navigation():
        main(page).get_by_role("button", name=button, exact=True).click()


def shown_link(page: Page) -> str:
    """Where the link leads that stands on the page because no mail can be sent."""
    return urlsplit(main(page).locator("code.link").first.inner_text()).path


def register(page: Page, button: str, *, name: str) -> None:
    main(page).get_by_label("Your name").fill(name)
    main(page).get_by_label("Password").fill(PASSWORD)
    go_on(page, button)


def found(arrive: Arrive, instance: Instance, name: str, administrator: str) -> Page:
    """An institute called `name`, founded on the page; returns its administrator's page, on the institute's home."""
    site = arrive(instance)
    site.sign_in(instance.join("Bea Okafor", administrator=True).person_id)
    site.page.goto("/institutes")
    main(site.page).get_by_label("Name", exact=True).fill(name)
    main(site.page).get_by_label("Time zone").select_option("Europe/Berlin")
    main(site.page).get_by_label("E-mail address").last.fill(administrator)
    go_on(site.page, "Found it and send the invitation")
    link = shown_link(site.page)
    page = arrive(instance).page
    page.goto(link)
    assert "You are asked to be an administrator" in seen(page)
    register(page, "Register and accept", name="Ingrid Falkenhayn")
    return page


def test_an_institute_is_founded_and_invites_from_a_list_that_has_to_be_mended(
    instance: Instance, arrive: Arrive
) -> None:
    page = found(arrive, instance, "Linden Institute", "ingrid@example.org")
    page.goto("/institutes/linden-institute/settings")
    main(page).get_by_label("Contact address").fill("office@example.org")
    go_on(page, "Save")
    page.goto("/institutes/linden-institute/cohorts/new")
    main(page).get_by_label("Name", exact=True).fill("Autumn group")
    go_on(page, "Set up the group")
    page.goto(f"{urlsplit(page.url).path.removesuffix('/people')}/people/import")
    pasting = page.url

    main(page).get_by_label("Or paste the list").fill(FAULTY)
    go_on(page, "Look through the list")
    faults = main(page).get_by_role("table").locator("tbody tr").all_inner_texts()
    assert [fault.split("\t") for fault in faults[:2]] == [
        ["3", "Somebody Nowhere;somebody at example.org", "not an e-mail address that letters can be sent to"],
        ["4", "Quentin Rowe;quentin@example.org", "the same address as in line 2"],
    ]
    assert "One person can be invited, 2 lines will not do." in seen(page)
    main(page).get_by_label("Or paste the list").fill(MENDED)
    go_on(page, "Look through the list")
    go_on(page, "Invite these 2 people")

    assert "quentin@example.org" in seen(page) and "somebody@example.org" in seen(page)
    assert len({link.inner_text() for link in main(page).locator("code.link").all()}) == 2
    page.goto(pasting)
    main(page).get_by_label("Or paste the list").fill(MENDED)
    go_on(page, "Look through the list")
    assert main(page).get_by_role("button", name="Invite").count() == 0
    assert seen(page).count("has an invitation") == 2 or seen(page).count("invited already") == 2


@pytest.fixture
def house(instance: Instance) -> Iterator["House"]:
    """An institute with a supervisor and a group in which somebody has failed a quiz three times."""
    supervisor, trainee, name = instance.join("Bertram Seidensticker"), instance.join("Gesine Kowalczyk"), "Cedar"
    with instance.committing() as course:
        long_ago = clock.now() - timedelta(days=20)
        institute = institutes.create_institute(f"{name} {trainee.person_id.hex[:6]}", now=long_ago)
        institutes.give_seat(institute.id, supervisor.person_id, "administrator", now=long_ago)
        cohort_id = enrolment.create_cohort(institute.id, "Tuesday group", now=long_ago)
        enrolment.join(cohort_id, trainee.person_id, now=long_ago)
        for day in range(3):
            at = clock.now() - timedelta(days=3 - day)
            answer_all(
                start(course, trainee.person_id, "brewing", at), trainee.person_id, at, wrongly=list(range(1, 11))
            )
    yield House(cohort_id, supervisor.person_id, trainee.person_id)


class House:
    def __init__(self, cohort_id: int, supervisor: UUID, trainee: UUID) -> None:
        self.cohort_id, self.supervisor, self.trainee = cohort_id, supervisor, trainee


def test_a_trainee_reads_what_is_seen_joins_and_leaves(instance: Instance, arrive: Arrive, house: House) -> None:
    administrator = arrive(instance)
    administrator.sign_in(house.supervisor)
    administrator.page.goto(f"/cohorts/{house.cohort_id}/people")
    main(administrator.page).get_by_label("Name").last.fill("Quentin Rowe")
    main(administrator.page).get_by_label("E-mail address").last.fill(f"q{house.cohort_id}@example.org")
    go_on(administrator.page, "Send the invitation")
    link = shown_link(administrator.page)

    page = arrive(instance).page
    page.goto(link)
    told = seen(page)
    assert "your name and your e-mail address" in told
    assert "the lines you write yourself, and how you judge them" in told
    assert "Bertram Seidensticker" in told
    main(page).get_by_label("Password").fill(PASSWORD)
    go_on(page, "Register and join")
    assert main(page).locator(".faults").is_visible(), "Nobody joins without agreeing."
    main(page).get_by_label("Password").fill(PASSWORD)
    main(page).get_by_role("checkbox").check()
    go_on(page, "Register and join")
    assert "Tuesday group" in seen(page)

    page.goto("/account/groups")
    go_on(page, "I want none Tuesday group")
    assert "You have declined them." in seen(page)
    administrator.page.goto(f"/cohorts/{house.cohort_id}")
    assert "Quentin Rowe" in seen(administrator.page)
    main(page).get_by_role("link", name="Leave this group").click()
    go_on(page, "Leave the group")

    administrator.page.goto(f"/cohorts/{house.cohort_id}")
    assert "Quentin Rowe" not in seen(administrator.page)
    page.goto(link)
    assert "Quentin Rowe" not in seen(page)


def test_somebody_with_an_account_under_another_address_says_so(
    instance: Instance, arrive: Arrive, house: House
) -> None:
    administrator, ada = arrive(instance), arrive(instance)
    administrator.sign_in(house.supervisor)
    ada.sign_in(instance.join("Ada Lindqvist").person_id)
    administrator.page.goto(f"/cohorts/{house.cohort_id}/people")
    main(administrator.page).get_by_label("E-mail address").last.fill(f"ada{house.cohort_id}@clinic.example")
    go_on(administrator.page, "Send the invitation")

    ada.page.goto(shown_link(administrator.page))
    assert "You are signed in as Ada Lindqvist" in seen(ada.page)
    assert f"The invitation went to ada{house.cohort_id}@clinic.example." in seen(ada.page)
    main(ada.page).get_by_role("checkbox").check()
    go_on(ada.page, "Join the group")

    administrator.page.goto(f"/cohorts/{house.cohort_id}")
    assert "Ada Lindqvist" in seen(administrator.page)


def test_ten_minutes_before_a_workshop(instance: Instance, arrive: Arrive, house: House) -> None:
    supervisor, trainee = arrive(instance), arrive(instance)
    supervisor.sign_in(house.supervisor)
    trainee.sign_in(house.trainee)
    page = supervisor.page
    page.goto(f"/cohorts/{house.cohort_id}")
    need = main(page).locator(".need").filter(has_text="Gesine Kowalczyk")
    expect(need).to_contain_text("3 times")

    need.get_by_role("link", name="Gesine Kowalczyk", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/trainees/**")
    main(page).locator("a[href*='/attempts/']").first.click()
    page.wait_for_url("**/attempts/**")
    assert "Gesine Kowalczyk can read that you opened" in seen(page)

    page.goto(f"/cohorts/{house.cohort_id}")
    need.get_by_role("link", name="Write to Gesine Kowalczyk").click()
    assert main(page).get_by_label("Subject").input_value() != ""
    go_on(page, "Send the letter")
    assert "The letter to Gesine Kowalczyk is on its way." in seen(page, "body")
    expect(main(page).locator(".need").filter(has_text="3 times")).to_have_count(0)

    page.goto(f"/cohorts/{house.cohort_id}/agenda")
    page.emulate_media(media="print")
    with pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert 1 <= len(paper.pages) <= 6
    assert "Gesine" not in seen(page)
    page.emulate_media(media="screen")
    page.goto(f"/cohorts/{house.cohort_id}")
    assert "Gesine Kowalczyk" in taken(page, "CSV").decode("utf-8-sig")
    with ZipFile(BytesIO(taken(page, "Excel"))) as book:
        assert "Gesine Kowalczyk" in book.read("xl/sharedStrings.xml").decode()

    trainee.page.goto("/account/looks")
    looks = seen(trainee.page)
    assert "Bertram Seidensticker" in looks
    assert "Your attempt at" in looks


def taken(page: Page, kind: str) -> bytes:
    """What a link to a file brings, without leaving the page."""
    address = main(page).get_by_role("link", name=f"{kind} cohort", exact=True).get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.status == 200
    return answer.body()


def test_a_supervisor_looks_as_a_trainee_does_and_comes_back(instance: Instance, arrive: Arrive, house: House) -> None:
    visitor: Visitor = arrive(instance, java_script_enabled=False)
    visitor.sign_in(house.supervisor)
    page = visitor.page
    page.goto(f"/cohorts/{house.cohort_id}")

    go_on(page, "View as a trainee")
    assert "counts nowhere" in seen(page, "body")
    assert page.get_by_role("link", name="Groups", exact=True).count() == 0
    with page.expect_navigation():
        page.get_by_role("button", name="End", exact=True).click()

    assert "Tuesday group" in seen(page)
    assert "counts nowhere" not in seen(page, "body")
