"""What an answer shows of whoever gave it: false beliefs, harm that it would do, and which it was offered."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.questions import TYPES
from app.questions.answers import Part
from app.questions.pinned import Pinned


@dataclass(frozen=True, slots=True)
class Signs:
    misconceptions: frozenset[str]
    harmful: frozenset[str]
    """Ids of harms; of an unsafe order the keys of its parts."""
    offered: frozenset[str]
    """Every misconception that stood behind something to choose."""
    said: tuple[str, ...]
    """Keys of the parts that the answer consists of."""


def signs(pinned: Pinned, answer: Any) -> Signs:
    """Of a graded answer as it is stored. Worked out once for each copy and answer, since a group gives few answers."""
    key = (id(pinned), _hashable(answer))
    found = _seen.get(key)
    if found is None:
        if len(_seen) >= _MOST:
            _seen.clear()
        found = _seen[key] = (pinned, _signs(pinned, answer))
    return found[1]


def parts(pinned: Pinned) -> Mapping[str, Part]:
    """Everything that an answer to this question may say, by key, in the order of the file."""
    found = _parts.get(id(pinned))
    if found is None:
        if len(_parts) >= _MOST:
            _parts.clear()
        found = _parts[id(pinned)] = (pinned, {part.key: part for part in TYPES[pinned.type].parts(pinned.question)})
    return found[1]


_MOST = 20_000
_parts: dict[int, tuple[Pinned, Mapping[str, Part]]] = {}
_seen: dict[tuple[int, Hashable], tuple[Pinned, Signs]] = {}
"""In both the copy stands beside what was found, so that no other copy gets its id meanwhile."""


def _signs(pinned: Pinned, answer: Any) -> Signs:
    kind = TYPES[pinned.type]
    said = kind.said(pinned.question, kind.answer_from(pinned.question, answer))
    known = parts(pinned)
    spoken = [known[key] for key in said]
    return Signs(
        misconceptions=_together(part.misconceptions for part in spoken),
        harmful=frozenset(part.harmful for part in spoken if part.harmful),
        offered=frozenset(id for _, id in kind.misconceptions(pinned.question)),
        said=said,
    )


def _together(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(one for group in groups for one in group)


def _hashable(answer: Any) -> Hashable:
    """Stored answers are a text, a list of texts, or texts by text."""
    if isinstance(answer, dict):
        return tuple(answer.items())
    return tuple(answer) if isinstance(answer, list) else str(answer)
