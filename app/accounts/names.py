"""What a name may look like: any script, one line. Pure."""

import unicodedata

LONGEST = 200
_JOINERS = "\u200c\u200d"  # names in Persian and in Indian scripts need them


def tidy(typed: str) -> str:
    """Composed, without blanks at the ends, with single blanks between the words."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def fault(name: str) -> str | None:
    """Why this will not do as a (tidied) name, or None: "missing", "long" or "signs"."""
    if not name:
        return "missing"
    if len(name) > LONGEST:
        return "long"
    if any(unicodedata.category(sign)[0] == "C" and sign not in _JOINERS for sign in name):
        return "signs"
    if not any(sign.isalpha() for sign in name):
        return "missing"
    return None
