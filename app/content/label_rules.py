"""Whoever cannot see a figure is told every word that stands in it; `imrs check --strict` enforces it."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from app.content import syntax
from app.content.faults import Fault
from app.content.gathering import Gathered


def check_labels(gathered: Gathered) -> Iterator[Fault]:
    """Of figures that are sound: `figures.py` has refused whatever is no plain drawing."""
    for id, picture in gathered.pictures.items():
        told = gathered.words.get(id)
        known = words(told.text) if told else frozenset()
        missing = {label: lacking for label in labels(picture.text) if (lacking := words(label) - known)}
        if missing:
            named = ", ".join(f"“{word}”" for word in sorted(frozenset().union(*missing.values())))
            said = ", ".join(f"“{label}”" for label in missing)
            what = f"The picture says {said}; the text equivalent lacks {named}."
            yield Fault(f"course/figures/{id}.md", 1, what, "Tell all that the picture shows, in its own words.")


def labels(svg: str) -> list[str]:
    """The words of each text in the picture, in the order of the file."""
    root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", svg))
    found = (
        " ".join(" ".join(text.itertext()).split()) for text in root.iter() if text.tag.rpartition("}")[2] == "text"
    )
    return [label for label in found if label]


def words(markdown: str) -> frozenset[str]:
    """Parts of compounds each for itself, and one as good as many: “leads” is told by “lead”."""
    found = (part for word in syntax.WORD.findall(syntax.plain(markdown)) for part in re.split("[-‑]", word.lower()))
    return frozenset(word if len(word) < 4 else word.removesuffix("s") for word in found)
