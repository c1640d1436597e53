"""Which cases an attempt brings. Pure: what was seen and missed goes in, ids come out."""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.content.records import Quiz, Vignette
from app.questions import TYPES


@dataclass(frozen=True, slots=True)
class History:
    """What a person's earlier attempts at a quiz say about the next one.

    `seen`: vignette id -> how often it was drawn. `missed`: objectives answered below full marks in the last attempt.
    `harms`: harms chosen in the last attempt.
    """

    seen: Mapping[str, int]
    missed: Collection[str] = ()
    harms: Collection[str] = ()


def draw(quiz: Quiz, wanted: int, history: History, rng: random.Random) -> tuple[Vignette, ...]:
    """`wanted` different vignettes (fewer if the bank is smaller), in the order in which they are asked.

    Least seen come first; among equals those that bring a missed objective or a harm once chosen, then those whose
    neutral twin is not drawn as well, then those that add an objective; the rest is chance.
    """
    left = list(quiz.vignettes)
    rng.shuffle(left)
    drawn: list[Vignette] = []
    while left and len(drawn) < wanted:
        best = min(left, key=lambda vignette: _cost(vignette, drawn, history))
        left.remove(best)
        drawn.append(best)
    rng.shuffle(drawn)
    return tuple(drawn)


def _cost(vignette: Vignette, drawn: Sequence[Vignette], history: History) -> tuple[int, int, int, int]:
    asked = Counter(objectives(drawn))
    own = set(objectives([vignette]))
    remedied = own & set(history.missed) - set(asked)
    corrected = set(_harms(vignette)) & set(history.harms) - {harm for other in drawn for harm in _harms(other)}
    twins = sum(other.neutral == vignette.id or vignette.neutral == other.id for other in drawn)
    return history.seen.get(vignette.id, 0), -len(remedied) - len(corrected), twins, -len(own - set(asked))


def objectives(vignettes: Iterable[Vignette]) -> tuple[str, ...]:
    """The objectives that these vignettes' questions ask after, one entry a question."""
    return tuple(question.objective for vignette in vignettes for question in vignette.questions)


def _harms(vignette: Vignette) -> tuple[str, ...]:
    return tuple(harm for question in vignette.questions for _, harm in TYPES[question.type].harms(question))


def replacement(quiz: Quiz, twin: str | None, missing: Collection[str], in_attempt: Collection[str]) -> Vignette | None:
    """The neutral case to put in place of another: its `twin`, or else one that asks after one of the `missing`
    objectives; never one that is in the attempt already. None when no such case is left."""
    neutral = [case for case in quiz.vignettes if case.content_note is None and case.id not in in_attempt]
    named = next((case for case in neutral if case.id == twin), None)
    if named is not None:
        return named
    return next((case for case in neutral if set(missing) & set(objectives([case]))), None)
