"""Prepared values for the page of an institute's look."""

from dataclasses import dataclass

from app.institutes import branding

COURSES_OWN = "#0f5257"
"""The primary colour of app.css, which stands where an institute has none."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How well the colour is read in one place; `enough`: as well as it has to be."""

    place: str
    """ "white": white text on it. "paper": it as text on light pages. "dark": its shade as text on dark pages."""
    ratio: str
    enough: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the preview: its grounds and inks, #rrggbb."""

    kind: str
    paper: str
    ink: str
    quiet: str
    primary: str
    on_primary: str
    tint: str


@dataclass(frozen=True, slots=True)
class Preview:
    colour: str
    ratios: tuple[Ratio, ...]
    proposal: str | None
    """The nearest shade that may be used; None: the colour itself may."""
    sheets: tuple[Sheet, Sheet]

    @property
    def missing(self) -> tuple[Ratio, ...]:
        return tuple(one for one in self.ratios if not one.enough)


def preview(typed: str) -> Preview:
    """What pages would look like in this colour; in the course's own if it is none."""
    colour = branding.tidy(typed) or COURSES_OWN
    found = branding.shades(colour)
    weak = branding.weaknesses(colour)
    return Preview(
        colour=colour,
        ratios=_ratios(colour, found.dark),
        proposal=branding.nearest(colour) if weak else None,
        sheets=(
            Sheet("light", "#fbf8f2", "#1d2a2f", "#3a4b52", found.light, "#fffdf9", found.light_tint),
            Sheet("dark", "#14191b", "#ece7dd", "#bcc5c2", found.dark, branding.DARK_INK, found.dark_tint),
        ),
    )


def _ratios(colour: str, dark: str) -> tuple[Ratio, ...]:
    weak = {one.on for one in branding.weaknesses(colour)}
    light, paper = branding.contrast(branding.WHITE, colour), branding.least(colour, branding.LIGHT_GROUNDS)
    return (
        Ratio("white", _said(light), "white" not in weak),
        Ratio("paper", _said(paper), "paper" not in weak),
        Ratio("dark", _said(branding.least(dark, branding.DARK_GROUNDS)), True),
    )


def _said(ratio: float) -> str:
    """Rounded down: 6.96 is not told as 7.0."""
    return f"{int(ratio * 10) / 10:.1f}"
