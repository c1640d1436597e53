"""Words that the engine itself puts into the course's text, in the language of the course."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    call_outs: Mapping[str, str]
    note: str
    back: str
    glossary: str
    figure_in_words: str
    table: str


ENGLISH = Phrases(
    call_outs={
        "evidence": "Evidence",
        "convention": "Convention",
        "debate": "Debated",
        "obstacle": "Common obstacle",
        "pause": "Pause",
        "content": "Content note",
    },
    note="Note {number}",
    back="Back to the text",
    glossary="Glossary",
    figure_in_words="The figure in words",
    table="Table: {columns}",
)
LANGUAGES: Mapping[str, Phrases] = {"en": ENGLISH}


def phrases(language: str) -> Phrases:
    """English where nobody has translated them yet."""
    return LANGUAGES.get(language.split("-")[0], ENGLISH)
