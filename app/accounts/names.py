"""What a name may look like: any script, one line. Pure."""

import unicodedata

LONGEST = 200
_JOINERS = "\u200c\u200d"  # names in Persian and in Indian scripts need them
_BLANKS = "\u115f\u1160\u3164\uffa0"  # letters by their category, but nothing is seen of them


def tidy(typed: str) -> str:
    """Composed, without blanks at the ends, with single blanks between the words."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def fault(name: str) -> str | None:
    """Why this will not do as a (tidied) name, or None: "missing", "long" or "signs"."""
    if not name:
        return "missing"
    if len(name) > LONGEST:
        return "long"
    if any(sign in _BLANKS or (unicodedata.category(sign)[0] == "C" and sign not in _JOINERS) for sign in name):
        return "signs"
    if not any(sign.isalpha() for sign in name):
        return "missing"
    return None
