"""Compute the contrast of every pair of colours that the stylesheet sets together.

    python tools/contrast.py

Text asks for 7:1 (WCAG 2.2, 1.4.6), shapes and edges of controls for 3:1 (1.4.11). Exits with 1 if a pair falls short.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

STYLESHEET = Path(__file__).resolve().parent.parent / "app" / "static" / "css" / "app.css"
GROUNDS = ("paper", "raised", "sunk", "tint", "hotspot-tint", "right-tint", "wrong-tint")
TEXT = {
    "ink": GROUNDS,
    "ink-quiet": GROUNDS,
    "primary": GROUNDS,
    "primary-deep": GROUNDS,
    "hotspot-ink": ("paper", "raised", "sunk", "hotspot-tint"),
    "right": ("paper", "raised", "right-tint"),
    "wrong": ("paper", "raised", "sunk", "wrong-tint"),
    "on-primary": ("primary", "primary-deep"),
    "raised": ("right", "wrong"),
}
SHAPES = {
    "control": ("paper", "raised", "sunk"),
    "hotspot": GROUNDS,
    "primary": ("line",),
}


def main() -> int:
    colours = read_tokens(STYLESHEET.read_text(encoding="utf-8"))
    short = 0
    for asked, pairs in ((7.0, TEXT), (3.0, SHAPES)):
        for front, grounds in pairs.items():
            for ground in grounds:
                ratios = [contrast(colours[front][mode], colours[ground][mode]) for mode in (0, 1)]
                fails = min(ratios) < asked
                short += fails
                verdict = "SHORT" if fails else "ok"
                print(f"{front:>13} on {ground:<13} light {ratios[0]:5.2f}  dark {ratios[1]:5.2f}  {asked}:1 {verdict}")
    return 1 if short else 0


def read_tokens(css: str) -> dict[str, tuple[str, str]]:
    """Name -> (light, dark), from the light-dark() tokens."""
    found = re.findall(r"--([a-z-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", css)
    return {name: (light, dark) for name, light, dark in found}


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


if __name__ == "__main__":
    sys.exit(main())
