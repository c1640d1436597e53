"""Pairing each of some with one of what it would take, nothing twice."""

from collections.abc import Mapping, Sequence


def paired(wishes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """As many as can be paired at once, each with one of its wishes. What cannot be paired is left out."""
    taker: dict[str, str] = {}
    for one in wishes:
        _find(one, wishes, taker, set())
    return {one: taken for one in wishes for taken in wishes[one] if taker.get(taken) == one}


def _find(one: str, wishes: Mapping[str, Sequence[str]], taker: dict[str, str], tried: set[str]) -> bool:
    """Give `one` something it wishes, moving others to another of their wishes where that makes room."""
    for wish in wishes[one]:
        if wish in tried:
            continue
        tried.add(wish)
        if wish not in taker or _find(taker[wish], wishes, taker, tried):
            taker[wish] = one
            return True
    return False
