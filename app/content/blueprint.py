"""What an attempt at a module's quiz has to ask, and whether a bank of cases can give it. Pure, and exact."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from app.questions import BaseQuestion

GRADED_PER_VIGNETTE = 2


class Case(Protocol):
    """A vignette, as an author's file or the course has it."""

    @property
    def questions(self) -> Sequence[BaseQuestion]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What graded questions ask after, and in which formats."""

    objectives: frozenset[str]
    formats: frozenset[str]


@dataclass(frozen=True, slots=True)
class Blueprint:
    """An attempt of `vignettes` cases asks after all but `unasked` of `objectives`, in at least `formats` formats."""

    vignettes: int
    objectives: frozenset[str]
    formats: int
    unasked: int = 0


def blueprint_of(vignettes: int, objectives: Collection[str], formats: int) -> Blueprint:
    """Every objective, as far as `vignettes` cases with two graded questions each can ask after it."""
    own = frozenset(objectives)
    most = GRADED_PER_VIGNETTE * vignettes
    return Blueprint(vignettes, own, min(formats, most), max(0, len(own) - most))


def asked(cases: Iterable[Case]) -> Asked:
    graded = [question for case in cases for question in case.questions if question.graded]
    return Asked(frozenset(one.objective for one in graded), frozenset(one.type for one in graded))


def fulfils(blueprint: Blueprint, cases: Collection[Case]) -> bool:
    """Whether these cases are an attempt as the blueprint wants it."""
    return len(cases) == blueprint.vignettes and _done(blueprint, asked(cases))


Group = tuple[frozenset[Asked], int]
"""Cases that are alike in what they ask count once; and how many of the group may be picked."""


def can_fulfil(blueprint: Blueprint, chosen: Collection[Case], quotas: Iterable[tuple[Collection[Case], int]]) -> bool:
    """Whether `chosen` can be completed with exactly so many cases of each group as its quota says."""
    groups = [(cases, quota) for cases, quota in quotas if quota]
    if any(len(cases) < quota for cases, quota in groups):
        return False
    if len(chosen) + sum(quota for _, quota in groups) != blueprint.vignettes:
        return False
    kinds = tuple(frozenset(asked([case]) for case in cases) for cases, _ in groups)
    return _reachable(blueprint, asked(chosen), kinds, tuple(quota for _, quota in groups))


def _reachable(
    blueprint: Blueprint, start: Asked, kinds: tuple[frozenset[Asked], ...], quotas: tuple[int, ...]
) -> bool:
    """Whether picking at most so many of each group's kinds is enough; what is picked beyond that does no harm.

    Every completion either asks after the objective that fewest kinds ask after, or leaves it unasked, so the search
    branches on nothing else; what it has seen once it does not search again.
    """

    @cache
    def search(missing: frozenset[str], spare: int, formats: frozenset[str], left: tuple[int, ...]) -> bool:
        open_ones = [(place, kind) for place, count in enumerate(left) if count for kind in kinds[place]]
        if len(missing) <= spare:
            useful = [(place, kind) for place, kind in open_ones if kind.formats - formats]
            if len(formats) >= blueprint.formats:
                return True
        else:
            if len(missing) - spare > sum(left) * max((len(kind.objectives) for _, kind in open_ones), default=0):
                return False
            scarce = min(sorted(missing), key=lambda id: sum(id in kind.objectives for _, kind in open_ones))
            if spare and search(missing - {scarce}, spare - 1, formats, left):
                return True
            useful = [(place, kind) for place, kind in open_ones if scarce in kind.objectives]
        return any(
            search(missing - kind.objectives, spare, formats | kind.formats, _less(left, place))
            for place, kind in useful
        )

    return search(blueprint.objectives - start.objectives, blueprint.unasked, start.formats, quotas)


def _less(left: tuple[int, ...], place: int) -> tuple[int, ...]:
    return (*left[:place], left[place] - 1, *left[place + 1 :])


def _done(blueprint: Blueprint, found: Asked) -> bool:
    return len(blueprint.objectives - found.objectives) <= blueprint.unasked and len(found.formats) >= blueprint.formats


def within_reach(blueprint: Blueprint, bank: Collection[Case]) -> Blueprint:
    """The blueprint itself if the bank can fulfil it; else the nearest: formats are given up before objectives."""
    vignettes = min(blueprint.vignettes, len(bank))
    for unasked in range(blueprint.unasked, len(blueprint.objectives) + 1):
        for formats in range(blueprint.formats, -1, -1):
            lowered = Blueprint(vignettes, blueprint.objectives, formats, unasked)
            if can_fulfil(lowered, (), [(bank, vignettes)]):
                return lowered
    return Blueprint(vignettes, frozenset(), 0)
