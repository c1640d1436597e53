"""An institute's administrator tries a colour: the page shows it at once, within the policy, and keeps it when told."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.institutes import services as institutes
from tests.browser.browsing import ready
from tests.browser.conftest import Arrive
from tests.browser.instance import Instance
from tests.browser.rules import overflowing

pytestmark = pytest.mark.browser

PRIMARY = "getComputedStyle(document.querySelector('main .button')).backgroundColor"


def look_page(instance: Instance, arrive: Arrive, **options: object) -> Page:
    administrator, slug = instance.join("Bea"), f"linden-{uuid4().hex[:8]}"
    with instance.committing():
        institute = institutes.create_institute("Linden", slug=slug, now=clock.now())
        institutes.give_seat(institute.id, administrator.person_id, "administrator", now=clock.now())
    visitor = arrive(instance, **options)
    visitor.sign_in(administrator.person_id)
    visitor.page.goto(f"/institutes/{slug}/look")
    ready(visitor.page)
    return visitor.page


def shown(page: Page) -> str:
    return page.locator("[data-preview] caption").inner_text()


def test_a_typed_colour_shows_at_once_and_is_kept_only_when_told(instance: Instance, arrive: Arrive) -> None:
    page = look_page(instance, arrive)
    before = page.evaluate(PRIMARY)

    page.get_by_role("textbox", name="Colour").fill("#7a1f3d")
    expect(page.locator("[data-preview] caption")).to_contain_text("#7a1f3d")

    assert page.locator(".look-picker input").input_value() == "#7a1f3d"
    assert page.evaluate(PRIMARY) == before
    page.get_by_role("button", name="Save the colour").click()
    expect(page.locator(".flash")).to_contain_text("The colour is saved.")
    assert page.evaluate(PRIMARY) == "rgb(122, 31, 61)"


def test_a_colour_that_is_picked_and_too_pale_offers_the_nearest_that_is_not(
    instance: Instance, arrive: Arrive
) -> None:
    page = look_page(instance, arrive)

    page.locator(".look-picker input").fill("#e67e22")
    expect(page.locator(".look-proposal")).to_contain_text("#7b410e")
    page.get_by_role("button", name="Save this one").click()

    expect(page.locator(".flash")).to_contain_text("The colour is saved.")
    assert page.get_by_role("textbox", name="Colour").input_value() == "#7b410e"


def test_without_scripts_a_button_shows_the_colour(instance: Instance, arrive: Arrive) -> None:
    page = look_page(instance, arrive, java_script_enabled=False)

    page.get_by_role("textbox", name="Colour").fill("#7a1f3d")
    page.get_by_role("button", name="Only show it").click()

    assert "#7a1f3d" in shown(page)
    expect(page.locator(".look-picker")).to_be_hidden()


def test_nothing_is_wider_than_a_narrow_phone(instance: Instance, arrive: Arrive) -> None:
    page = look_page(instance, arrive, viewport={"width": 320, "height": 640})
    root = page.url.removesuffix("/look")

    for path in ("/look?colour=%23e67e22", "/settings", "/staff", ""):
        page.goto(root + path)
        assert overflowing(page) == [], path
