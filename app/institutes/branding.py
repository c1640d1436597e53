"""An institute's colour: strong enough to be read, and turned into the shades that pages need. Pure.

Contrast as WCAG 2.2 defines it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

LEAST = 7.0
"""What text gets on its ground, as everywhere in the course (WCAG 2.2, 1.4.6)."""
LIGHT_TINT, DARK_TINT = 0.06, 0.09
"""How much of the colour is in a quiet ground: as much as lets text in the colour still reach LEAST on it."""
DARK_SATURATION = 0.6
WHITE = "#ffffff"
LIGHT_GROUNDS = ("#fffdf9", "#fbf8f2", "#f4efe5")
DARK_GROUNDS = ("#14191b", "#1b2224", "#1f282b")
"""Paper, raised and sunk as in app.css."""
DARK_INK = "#0c1315"
"""What stands on a button in dark colours, as in app.css."""
_FORM = re.compile(r"#[0-9a-f]{6}")
_STEP = 1 / 512

Ground = Literal["white", "paper"]


@dataclass(frozen=True, slots=True)
class Weakness:
    """A ground on which the colour cannot be read well: as a ground for white text, or as text on paper."""

    on: Ground
    ratio: float


@dataclass(frozen=True, slots=True)
class Shades:
    """Six colours, #rrggbb: of light pages and of dark ones; `deep` under the pointer, `tint` as a quiet ground."""

    light: str
    light_deep: str
    light_tint: str
    dark: str
    dark_deep: str
    dark_tint: str


def tidy(typed: str) -> str | None:
    """#rrggbb in small letters; three digits are written out, and a forgotten # is put there. None: no colour."""
    text = "#" + typed.strip().lower().lstrip("#")
    if re.fullmatch(r"#[0-9a-f]{3}", text):
        text = "#" + "".join(sign * 2 for sign in text[1:])
    return text if _FORM.fullmatch(text) else None


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black and white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def weaknesses(colour: str) -> tuple[Weakness, ...]:
    """What the colour is too pale for on light pages; none: it may be used. Dark pages get a shade of their own."""
    ratios: dict[Ground, float] = {"white": contrast(WHITE, colour), "paper": least(colour, LIGHT_GROUNDS)}
    return tuple(Weakness(on, ratio) for on, ratio in ratios.items() if ratio < LEAST)


def nearest(colour: str) -> str:
    """The lightest darker shade of the same hue that may be used; the colour itself if it may."""
    return _towards(colour, -_STEP, lambda shade: not weaknesses(shade))


def for_dark(colour: str) -> str:
    """The darkest lighter shade of the same hue that is read well on dark pages; quieter, for it shines there."""
    grounds = (*DARK_GROUNDS, DARK_INK)
    return _towards(_quieter(colour), _STEP, lambda shade: least(shade, grounds) >= LEAST)


def shades(colour: str) -> Shades:
    dark = for_dark(colour)
    return Shades(
        light=colour,
        light_deep=mixed(colour, "#000000", 0.24),
        light_tint=mixed(LIGHT_GROUNDS[0], colour, LIGHT_TINT),
        dark=dark,
        dark_deep=mixed(dark, WHITE, 0.24),
        dark_tint=mixed(DARK_GROUNDS[0], dark, DARK_TINT),
    )


def stylesheet(colour: str) -> str:
    """What sets the colour for a page that links it after the course's own. Forced colours stay as they are."""
    found = shades(colour)
    return (
        "@media (forced-colors: none) {\n  :root {\n"
        f"    --primary: light-dark({found.light}, {found.dark});\n"
        f"    --primary-deep: light-dark({found.light_deep}, {found.dark_deep});\n"
        f"    --tint: light-dark({found.light_tint}, {found.dark_tint});\n"
        "  }\n}\n"
    )


def mixed(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return _written(tuple(a + (b - a) * share for a, b in pairs))


def _towards(colour: str, step: float, fits: Callable[[str], bool]) -> str:
    """Change the lightness until the shade fits; hue and saturation stay."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    shade = colour
    while not fits(shade) and 0 < lightness + step < 1:
        lightness += step
        shade = _written(colorsys.hls_to_rgb(hue, lightness, saturation))
    return shade


def _quieter(colour: str) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    return _written(colorsys.hls_to_rgb(hue, lightness, saturation * DARK_SATURATION))


def least(colour: str, grounds: tuple[str, ...]) -> float:
    """The ratio on whichever of the grounds it is worst."""
    return min(contrast(colour, ground) for ground in grounds)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def _written(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
