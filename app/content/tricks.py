"""What somebody goes by who knows how questions are made and nothing of what they ask. Pure.

Each trick gives every answer a number; the greatest is taken first.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from app.content.syntax import WORD

STEM_LENGTH = 5
"""Words that begin with the same so many letters count as one: teacher, teach."""
SMALL_WORDS = """
about after again also because been before being both came come could does done down each else even ever from give
goes gone good have here hers herself himself into itself just keep kept know last less like made make more most much
must next once only other over part said same says shall should since some still such take tell than that their them
then there these they this those through told under until upon very want wants well went were what when where which
while whom whose will with without would your yours
"""
COMMON = frozenset(SMALL_WORDS.split())


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(listed.split())})\b", re.IGNORECASE)


HEDGED = _words(
    "may might perhaps probably could would can often usually mostly generally sometimes some seems? likely rather "
    "possibly tends? if whether almost fairly somewhat partly unless depends? depending"
)
ABSOLUTE = _words(
    "always never all every everything everybody everyone only must none nothing nobody completely entirely fully "
    "immediately whatever any anything once whole exactly certainly definitely cannot best worst"
)
WARM = _words(
    "kind kindly kindness gently gentle warm warmly tender tenderly soft softly calm calmly quietly care caring "
    "comforts? thanks? welcome together understands? understanding patient patiently loves? near beside friendly safe "
    "safely slowly trust supports? glad sorry brave"
)
ASKING = _words(
    "asks? asked asking offers? offering invites? inviting whether wants? wishes chooses? choice permission consent "
    "agrees? agreed waits? answer leave lets? suggests? explores? checks?"
)
DETAIL = re.compile(r"[,;:–…]|\b(?:and|or)\b|\d")
QUESTION = re.compile(r"\?")
QUOTE = re.compile(r"[“”]|(?<!\w)‘")
DIRECTION = re.compile(r"\*[^*]+\*")


@dataclass(frozen=True, slots=True)
class Piece:
    """An option, a step, an answer to pair, a line of a transcript."""

    id: str
    text: str
    place: Fraction = Fraction(0)
    """Of a line in its transcript: 0 the first, 1 the last."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What else there is to read."""

    stem: str
    """Of a question that pairs, the prompt to which an answer is sought."""
    case: str


Cue: TypeAlias = Callable[[Sequence[Piece], Scene], Sequence[int | Fraction]]


@dataclass(frozen=True, slots=True)
class Trick:
    name: str
    cue: Cue
    formats: frozenset[str]


def _each(value: Callable[[str], int]) -> Cue:
    return lambda pieces, scene: [value(piece.text) for piece in pieces]


def _count(pattern: re.Pattern[str]) -> Cue:
    return _each(lambda text: len(pattern.findall(text)))


def _has(pattern: re.Pattern[str]) -> Cue:
    return _each(lambda text: int(bool(pattern.search(text))))


def _least(cue: Cue) -> Cue:
    return lambda pieces, scene: [-value for value in cue(pieces, scene)]


def telling(text: str) -> frozenset[str]:
    """The words that carry meaning, by how they begin."""
    words = (word.lower() for word in WORD.findall(text))
    return frozenset(word[:STEM_LENGTH] for word in words if len(word) > 3 and word not in COMMON)


def _shared_with_stem(pieces: Sequence[Piece], scene: Scene) -> list[int]:
    own = telling(scene.stem)
    return [len(telling(piece.text) & own) for piece in pieces]


def _shared_with_case(pieces: Sequence[Piece], scene: Scene) -> list[int]:
    own = telling(scene.case)
    return [len(telling(piece.text) & own) for piece in pieces]


def _shared_with_others(pieces: Sequence[Piece], scene: Scene) -> list[int]:
    words = [telling(piece.text) for piece in pieces]
    return [sum(len(own & other) for other in words) - len(own) for own in words]


def _as_long_as_stem(pieces: Sequence[Piece], scene: Scene) -> list[int]:
    return [-abs(len(piece.text) - len(scene.stem)) for piece in pieces]


def _by_id(pieces: Sequence[Piece], scene: Scene) -> list[int]:
    ranked = sorted((_natural(piece.id) for piece in pieces), reverse=True)
    return [ranked.index(_natural(piece.id)) for piece in pieces]


def _natural(id: str) -> list[tuple[int, str]]:
    """So that `s10` comes after `s9`."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", id)]


def _near(place: Fraction) -> Cue:
    return lambda pieces, scene: [-abs(piece.place - place) for piece in pieces]


ALL = frozenset({"choice", "order", "match", "hottext"})
PICKED = ALL - {"order"}
CHOICES = frozenset({"choice"})
LINES = frozenset({"hottext"})
TRICKS = (
    Trick("the longest", _each(len), ALL),
    Trick("the shortest", _least(_each(len)), ALL),
    Trick("the most detailed", _count(DETAIL), PICKED),
    Trick("the least detailed", _least(_count(DETAIL)), PICKED),
    Trick("the most hedged", _count(HEDGED), PICKED),
    Trick("the least hedged", _least(_count(HEDGED)), PICKED),
    Trick("the fewest absolute words", _least(_count(ABSOLUTE)), PICKED),
    Trick("the warmest words", _count(WARM), PICKED),
    Trick("the coldest words", _least(_count(WARM)), PICKED),
    Trick("the one that asks or offers", _count(ASKING), ALL),
    Trick("the one that does not ask or offer", _least(_count(ASKING)), ALL),
    Trick("the one with a question mark", _has(QUESTION), ALL),
    Trick("the one without a question mark", _least(_has(QUESTION)), ALL),
    Trick("the one with speech", _has(QUOTE), ALL),
    Trick("the one without speech", _least(_has(QUOTE)), ALL),
    Trick("the one with a stage direction", _has(DIRECTION), ALL),
    Trick("the one without a stage direction", _least(_has(DIRECTION)), ALL),
    Trick("the longest stage direction", _each(lambda text: sum(map(len, DIRECTION.findall(text)))), LINES),
    Trick("most words of the stem or prompt", _shared_with_stem, ALL),
    Trick("fewest words of the stem or prompt", _least(_shared_with_stem), ALL),
    Trick("most words of the case", _shared_with_case, ALL),
    Trick("fewest words of the case", _least(_shared_with_case), ALL),
    Trick("most words of the other options", _shared_with_others, CHOICES),
    Trick("fewest words of the other options", _least(_shared_with_others), CHOICES),
    Trick("as long as the prompt", _as_long_as_stem, frozenset({"match"})),
    Trick("the middle line", _near(Fraction(1, 2)), LINES),
    Trick("the line two thirds down", _near(Fraction(2, 3)), LINES),
    Trick("the first id in the alphabet", _by_id, ALL - LINES),
)
"""Whoever sees that a mark of an answer is never the key's leaves that answer out: so most come with their opposite."""
