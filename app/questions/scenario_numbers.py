"""A client's state as one number and a move as tables over it: tens of thousands of states are explored in a moment.

The dynamics are those of `scenario_state`: arousal and presence ("body"), need and belief ("meaning") and control
("hold") each change by themselves, but for the presence that decides whether a need can be met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from app.questions.scenario import GAUGES, HIGHEST, Gauge, Move, Scenario, When
from app.questions.scenario_state import State, moved_body, moved_hold, moved_meaning

SPAN = HIGHEST + 1
BODIES, MEANINGS, HOLDS = SPAN * SPAN * 2, SPAN * SPAN, SPAN * 2
STATES = BODIES * MEANINGS * HOLDS

Gate: TypeAlias = tuple[bytes, bytes, bytes] | None
"""Which bodies, meanings and holds fit, one byte for each; None: all."""


@dataclass(frozen=True, slots=True)
class Table:
    """One move, over all states. Each list's items are ready to be added up to the next state's number."""

    gate: Gate
    bodies: Sequence[int]
    present: bytes
    meanings: tuple[Sequence[int], Sequence[int]]
    """For a client who is not present, and for one who is."""
    holds: Sequence[int]
    ways: Sequence[Gate]

    def after(self, body: int, meaning: int, hold: int) -> int:
        return self.bodies[body] + self.meanings[self.present[body]][meaning] + self.holds[hold]


def number(state: State) -> int:
    body = (state.arousal * SPAN + state.presence) * 2 + state.overload
    return (body * MEANINGS + state.need * SPAN + state.belief) * HOLDS + state.control * 2 + state.unrepaired


def parts(number: int) -> tuple[int, int, int]:
    """Body, meaning and hold."""
    rest, hold = divmod(number, HOLDS)
    body, meaning = divmod(rest, MEANINGS)
    return body, meaning, hold


def state(number: int) -> State:
    body, meaning, hold = parts(number)
    need, belief = divmod(meaning, SPAN)
    return State(*_body(body)[:2], need, belief, hold // 2, bool(body % 2), bool(hold % 2))


def table(scenario: Scenario, move: Move) -> Table:
    effect, unsafe, fitting = move.effect, bool(move.unsafe), move.meets in scenario.needs
    bodies, present = _bodies(effect.arousal + move.sensory, effect.presence, scenario.window[1])
    away = _meanings(effect.belief, False, unsafe)
    return Table(
        gate=gate(move.when),
        bodies=bodies,
        present=present,
        meanings=(away, _meanings(effect.belief, True, unsafe) if fitting else away),
        holds=_holds(effect.control, unsafe, move.repair),
        ways=tuple(gate(way.when) for way in move.to),
    )


def gate(when: When) -> Gate:
    return None if when.anything else _gate(when.bounds, when.unrepaired)


def passes(gate: Gate, body: int, meaning: int, hold: int) -> bool:
    return gate is None or bool(gate[0][body] and gate[1][meaning] and gate[2][hold])


def _body(body: int) -> tuple[int, int, bool]:
    rest, overload = divmod(body, 2)
    return rest // SPAN, rest % SPAN, bool(overload)


@lru_cache(maxsize=512)
def _gate(bounds: tuple[tuple[Gauge, int, int], ...], unrepaired: bool | None) -> Gate:
    allowed = {gauge: range(low, high + 1) for gauge, low, high in bounds}
    arousal, presence, need, belief, control = (allowed.get(gauge, range(SPAN)) for gauge in GAUGES)
    return (
        bytes(_body(body)[0] in arousal and _body(body)[1] in presence for body in range(BODIES)),
        bytes(meaning // SPAN in need and meaning % SPAN in belief for meaning in range(MEANINGS)),
        bytes(hold // 2 in control and unrepaired in (None, bool(hold % 2)) for hold in range(HOLDS)),
    )


@lru_cache(maxsize=512)
def _bodies(by: int, presence_by: int, top: int) -> tuple[Sequence[int], bytes]:
    moved = [moved_body(*_body(body), by=by, presence_by=presence_by, top=top) for body in range(BODIES)]
    numbers = [
        ((arousal * SPAN + presence) * 2 + overload) * MEANINGS * HOLDS for arousal, presence, overload, _ in moved
    ]
    return numbers, bytes(present for *_, present in moved)


@lru_cache(maxsize=512)
def _meanings(by: int, offered: bool, unsafe: bool) -> Sequence[int]:
    moved = (
        moved_meaning(meaning // SPAN, meaning % SPAN, by=by, offered=offered, unsafe=unsafe)
        for meaning in range(MEANINGS)
    )
    return [(need * SPAN + belief) * HOLDS for need, belief, _ in moved]


@lru_cache(maxsize=512)
def _holds(by: int, unsafe: bool, repair: bool) -> Sequence[int]:
    moved = (moved_hold(hold // 2, bool(hold % 2), by=by, unsafe=unsafe, repair=repair) for hold in range(HOLDS))
    return [control * 2 + unrepaired for control, unrepaired in moved]
