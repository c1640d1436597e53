"""Names on paper: one line, and only characters that the certificate's fonts have. Pure."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

NAME_LENGTH = 80
FONTS = Path(__file__).parent / "fonts"
NAME_FONT = FONTS / "SourceSerif4-SemiBold.ttf"


def one_line(name: str | None) -> str:
    """Blanks folded, control characters out, letters composed (e + accent becomes é), as fonts have them."""
    text = unicodedata.normalize("NFC", name or "")
    visible = "".join(" " if character.isspace() else character for character in text)
    kept = "".join(character for character in visible if unicodedata.category(character) not in {"Cc", "Cf", "Cs"})
    return " ".join(kept.split())


def unprintable(name: str) -> tuple[str, ...]:
    """The characters of `name` that the certificate's font lacks, each once, in order."""
    return tuple(dict.fromkeys(character for character in name if ord(character) not in _glyphs()))


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(TTFont(NAME_FONT, lazy=True).getBestCmap())
