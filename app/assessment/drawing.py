"""Which cases an attempt brings. Pure: what was seen and missed goes in, ids come out."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.content.blueprint import Blueprint, can_fulfil, within_reach
from app.content.records import FinalTest, Quiz, Vignette
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


def draw(quiz: Quiz, blueprint: Blueprint, history: History, rng: random.Random) -> tuple[Vignette, ...]:
    """An attempt as `blueprint` wants it, in the order in which it is asked; as near to it as the bank comes if it
    cannot fulfil it (`imrs check` says so).

    Of all such attempts it is one with the most cases least seen; among those, cases come that bring a missed objective
    or a harm once chosen, then those whose neutral twin is not drawn as well; the rest is chance.
    """
    left = list(quiz.bank)
    rng.shuffle(left)
    wanted = within_reach(blueprint, left)
    quotas = _quotas(wanted, left, history.seen)
    drawn: list[Vignette] = []
    while len(drawn) < wanted.vignettes:
        open_ones = [case for case in left if quotas[_seen(case, history.seen)]]
        for case in sorted(open_ones, key=lambda case: _cost(case, drawn, history)):
            rest = [other for other in left if other is not case]
            fewer = {**quotas, _seen(case, history.seen): quotas[_seen(case, history.seen)] - 1}
            if can_fulfil(wanted, [*drawn, case], _groups(rest, fewer, history.seen)):
                drawn, left, quotas = [*drawn, case], rest, fewer
                break
    rng.shuffle(drawn)
    return tuple(drawn)


def _seen(case: Vignette, seen: Mapping[str, int]) -> int:
    return seen.get(case.id, 0)


def _groups(
    cases: Sequence[Vignette], quotas: Mapping[int, int], seen: Mapping[str, int]
) -> list[tuple[list[Vignette], int]]:
    return [([case for case in cases if _seen(case, seen) == times], quota) for times, quota in quotas.items()]


def _quotas(wanted: Blueprint, bank: Sequence[Vignette], seen: Mapping[str, int]) -> dict[int, int]:
    """How often seen -> how many such cases to draw: as many as the blueprint lets of those seen least, and so on."""
    quotas: dict[int, int] = {}
    for times in sorted({_seen(case, seen) for case in bank}):
        here = [case for case in bank if _seen(case, seen) == times]
        later = [case for case in bank if _seen(case, seen) > times]
        room = wanted.vignettes - sum(quotas.values())
        for quota in range(min(len(here), room), -1, -1):
            groups = [*_groups(bank, quotas, seen), (here, quota), (later, room - quota)]
            if can_fulfil(wanted, (), groups):
                quotas[times] = quota
                break
    return quotas


def _cost(vignette: Vignette, drawn: Sequence[Vignette], history: History) -> tuple[int, int]:
    own = set(objectives([vignette]))
    remedied = own & set(history.missed) - set(objectives(drawn))
    corrected = set(_harms(vignette)) & set(history.harms) - {harm for other in drawn for harm in _harms(other)}
    twins = sum(other.neutral == vignette.id or vignette.neutral == other.id for other in drawn)
    return -len(remedied) - len(corrected), twins


def objectives(vignettes: Iterable[Vignette]) -> tuple[str, ...]:
    """The objectives that these vignettes' questions ask after, one entry a question."""
    return tuple(question.objective for vignette in vignettes for question in vignette.questions)


def _harms(vignette: Vignette) -> tuple[str, ...]:
    return tuple(harm for question in vignette.questions for _, harm in TYPES[question.type].harms(question))


def replacement(
    source: Quiz | FinalTest, twin: str | None, missing: Collection[str], in_attempt: Collection[str]
) -> Vignette | None:
    """The neutral case to put in place of another: its `twin`, or else, in a module's quiz, one that asks after one of
    the `missing` objectives; never one that is in the attempt already. None when no such case is left."""
    bank = source.bank if isinstance(source, Quiz) else source.vignettes
    neutral = [case for case in bank if case.content_note is None and case.id not in in_attempt]
    named = next((case for case in neutral if case.id == twin), None)
    if named is not None or isinstance(source, FinalTest):
        return named
    return next((case for case in neutral if set(missing) & set(objectives([case]))), None)
