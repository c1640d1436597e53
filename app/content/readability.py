"""How long a text takes to read and how hard it is, both roughly.

Time: 238 words a minute, the mean of adults who read English prose silently (Brysbaert, 2019,
https://doi.org/10.1016/j.jml.2019.104047). Grade: the Coleman–Liau index, which counts letters and sentences and so
needs no guess at syllables (Coleman & Liau, 1975, https://doi.org/10.1037/h0076540). It was fitted to American school
texts, knows neither terms of a field nor whether a text makes sense, and serves to find a section that is harder than
its neighbours, nothing more.
"""

import re
from dataclasses import dataclass

from app.content import syntax

WORDS_A_MINUTE = 238
SENTENCE_END = re.compile(r"[.!?…]+[”’)\]*]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.)\s|\|)|:\s*\n")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|vs|etc|cf|Dr|Mr|Mrs|Ms|al)\.")
TABLE_OR_HEADING = re.compile(r"^(?:\|[ :|-]+\|?|#+ )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Measured:
    words: int
    sentences: int
    letters: int

    @property
    def minutes(self) -> float:
        return self.words / WORDS_A_MINUTE

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """Years of schooling. 0.0588 × letters per 100 words − 0.296 × sentences per 100 words − 15.8."""
        if not self.words:
            return 0.0
        return 0.0588 * 100 * self.letters / self.words - 0.296 * 100 * self.sentences / self.words - 15.8

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(self.words + other.words, self.sentences + other.sentences, self.letters + other.letters)


def measure(markdown: str) -> Measured:
    """Without references and marks. A list's item, a table's row and a heading end like a sentence."""
    text = TABLE_OR_HEADING.sub("", ABBREVIATION.sub(lambda match: match[0].replace(".", ""), syntax.plain(markdown)))
    words = syntax.WORD.findall(text)
    letters = sum(sign.isalnum() for word in words for sign in word)
    parts = [part for part in SENTENCE_END.split(text) if syntax.WORD.search(part)]
    return Measured(len(words), len(parts), letters)
