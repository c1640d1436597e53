"""Colours that can be read, against numbers that others publish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.institutes import branding
from app.institutes.branding import contrast, nearest, shades, tidy, weaknesses
from app.institutes.look_pages import preview

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#000000", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the grey that just fails, as every guide to WCAG has it
        ("#767676", "#ffffff", 4.54),  # and the one that just passes at 4.5
        ("#595959", "#ffffff", 7.00),  # and at 7
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#00ff00", "#ffffff", 1.37),
        ("#808080", "#ffffff", 3.95),
        ("#ffff00", "#000000", 19.56),
    ],
)
def test_contrast_is_that_of_wcag_whichever_comes_first(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
    assert contrast(other, one) == contrast(one, other)


def test_luminance_runs_from_black_to_white() -> None:
    found = [round(branding.luminance(colour), 4) for colour in ("#000000", "#808080", "#ffffff")]

    assert found == [0, 0.2159, 1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("#0F5257", "#0f5257"),
        (" 0f5257 ", "#0f5257"),
        ("#fa0", "#ffaa00"),
        ("#0f525", None),
        ("teal", None),
        ("#0f525g", None),
        ("", None),
        ("#0f5257;}", None),
        ("#٠٠٠٠٠٠", None),
    ],
)
def test_a_colour_is_taken_as_people_write_it_and_nothing_else_is(typed: str, found: str | None) -> None:
    assert tidy(typed) == found


def test_a_weak_colour_is_told_where_it_is_weak() -> None:
    assert [(one.on, round(one.ratio, 2)) for one in weaknesses("#e67e22")] == [("white", 2.85), ("paper", 2.49)]
    assert [one.on for one in weaknesses("#595959")] == ["paper"]
    assert weaknesses("#0f5257") == ()


@given(COLOURS)
def test_the_nearest_shade_may_be_used_and_is_no_darker_than_it_must(colour: str) -> None:
    found = nearest(colour)

    assert weaknesses(found) == ()
    assert nearest(found) == found
    if weaknesses(colour):
        assert branding.luminance(found) < branding.luminance(colour)
        assert branding.least(found, branding.LIGHT_GROUNDS) < 7.25


def test_the_nearest_shade_keeps_the_hue() -> None:
    assert nearest("#ff0000") == "#a50000"
    assert nearest("#777777") == "#505050"


@given(COLOURS)
def test_every_shade_of_a_usable_colour_is_read_well_wherever_it_stands(colour: str) -> None:
    found = shades(nearest(colour))

    light = [contrast(found.light, ground) for ground in branding.LIGHT_GROUNDS]
    dark = [contrast(found.dark, ground) for ground in branding.DARK_GROUNDS]
    assert min(light) >= 7 and min(dark) >= 7
    assert contrast(found.light, found.light_tint) >= 7  # a link on a quiet ground
    assert contrast(found.light_deep, "#fffdf9") >= 7  # a button's words
    assert contrast(found.light_deep, found.light_tint) >= 7  # a plain button under the pointer
    assert contrast(found.dark, branding.DARK_INK) >= 7
    assert contrast(found.dark_deep, branding.DARK_INK) >= 7
    assert contrast(found.dark, found.dark_tint) >= 7
    assert contrast(found.dark_deep, found.dark_tint) >= 7
    assert contrast("#1d2a2f", found.light_tint) >= 7  # ink
    assert contrast("#ece7dd", found.dark_tint) >= 7


def test_the_stylesheet_sets_three_colours_for_light_and_dark_and_leaves_forced_ones() -> None:
    sheet = branding.stylesheet("#0f5257")

    assert sheet.startswith("@media (forced-colors: none) {\n  :root {\n    --primary: light-dark(#0f5257, #6bbec4);\n")
    assert sheet.count("light-dark(") == 3


def test_a_preview_rounds_no_ratio_up_to_enough() -> None:
    shown = preview("#5a5a5a")

    assert [(one.place, one.ratio, one.enough) for one in shown.ratios] == [
        ("white", "6.8", False),
        ("paper", "6.0", False),
        ("dark", "7.0", True),
    ]
    assert shown.proposal == "#505050"


def test_a_preview_of_what_is_no_colour_shows_the_courses_own() -> None:
    assert (preview("zzz").colour, preview("zzz").proposal) == ("#0f5257", None)
