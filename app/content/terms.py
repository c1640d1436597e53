"""How a term of the glossary reads inside a sentence."""

import re

from app.content.schemas import TermEntry

ABBREVIATED = re.compile(r"^(?P<name>.+?)\s*\((?P<short>[^()]+)\)$")


def in_text(entry: TermEntry, before: str) -> str:
    """`[[ptsd]]` reads “PTSD”, `[[hotspot]]` “hotspot”, or “Hotspot” where a sentence begins."""
    match = ABBREVIATED.match(entry.term)
    if match and _id(match["short"]) == entry.id:
        return match["short"]
    name = match["name"] if match else entry.term
    first, *others = name.split()
    is_name = any(re.match(r"[A-Z][a-z]", word) for word in others) or not re.match(r"^[A-Z][a-z-]+$", first)
    begins = not before.strip() or before.rstrip().endswith((".", "!", "?"))
    return name if begins or is_name else name[0].lower() + name[1:]


def _id(words: str) -> str:
    return "-".join(words.lower().split())
