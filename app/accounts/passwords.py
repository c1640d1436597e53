"""What makes a password good enough. Length, not a mixture of signs; and nothing that everybody guesses first. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

SHORTEST = 12
LONGEST = 200
FEWEST_DIFFERENT = 5
LEAST_OF_ITS_OWN = 8

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
_COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split())
_DISGUISES = str.maketrans("01345@$!7", "oleasasit")


def normalised(password: str) -> str:
    """The same characters typed on any device: composed and decomposed accents are one."""
    return unicodedata.normalize("NFKC", password)


def fault(password: str, own_words: Iterable[str] = ()) -> str | None:
    """Why this password will not do, or None: "short", "long", "unusable", "simple", "common" or "own".

    `own_words` are the person's name and e-mail address.
    """
    text = normalised(password)
    if len(text) < SHORTEST:
        return "short"
    if len(text) > LONGEST:
        return "long"
    if "\0" in text or any(unicodedata.category(character) == "Cs" for character in text):
        return "unusable"
    plain = text.casefold()
    if len(set(plain)) < FEWEST_DIFFERENT or _repeats(plain) or _is_row(plain):
        return "simple"
    if _is_common(plain):
        return "common"
    if len(_without(plain, own_words)) < LEAST_OF_ITS_OWN:
        return "own"
    return None


def _repeats(text: str) -> bool:
    """One short piece again and again: `abc1abc1abc1`."""
    return re.fullmatch(r"(.{1,6}?)\1+.?", text, re.DOTALL) is not None


def _is_row(text: str) -> bool:
    """Nothing but runs along the keyboard, the alphabet or the digits."""
    rest = text
    for row in _ROWS:
        for direction in (row, row[::-1]):
            for length in range(len(direction), 3, -1):
                for start in range(len(direction) - length + 1):
                    rest = rest.replace(direction[start : start + length], "")
    return len(rest) < 4


def _is_common(text: str) -> bool:
    """A word that stands on every list of stolen passwords, with or without digits and signs about it."""
    trimmed = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    written_out = (form.translate(_DISGUISES) for form in (text, trimmed))
    forms = (text, trimmed, *written_out)
    return any("".join(filter(str.isalpha, form)) in _COMMON for form in forms)


def _without(text: str, own_words: Iterable[str]) -> str:
    """What is left once the person's own name and address are taken out."""
    parts = {part for word in own_words for part in _parts(normalised(word).casefold())}
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, "")
    return text


def _parts(word: str) -> set[str]:
    pieces = re.split(r"[^\w]+|_", word)
    return {part for part in (word, "".join(pieces), *pieces) if len(part) >= 3}
