"""The picture of a session: arousal and presence from decision to decision, one line a way. Pure.

Across, places are per cent of the picture's width, so that it fits every screen without shrinking its words; down, they
are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.questions.scenario import HIGHEST, Scenario
from app.questions.scenario_state import AWAY, Situation, State

LEFT, RIGHT = 5.0, 93.0
AROUSAL_TOP, AROUSAL_STEP = 40, 15
PRESENCE_TOP, PRESENCE_STEP = 246, 8
NUMBERS = 352
HEIGHT = 360
APART = 2
"""Pixels by which the line of each further way is moved down, so that equal stretches stay visible."""
RING_TO_RING, RING_TO_MARK = 23, 20
"""Pixels between the middles of two ends of ways, and between an end and a mark of another way."""
LOWEST_END = 236

MarkKind = Literal["checkpoint", "decision", "unsafe", "repair"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way through the session; what it shares with the way it comes from is drawn there."""

    number: int
    parts_at: int
    """The first decision of its own, from 1."""
    situation: Situation


@dataclass(frozen=True, slots=True)
class Stretch:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Mark:
    kind: MarkKind
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class End:
    x: float
    y: float
    at: float
    """The height at which the way's line stops; another than `y` where ends would cover one another."""
    ended: bool
    """Else the way stands open here."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    arousal: tuple[Stretch, ...]
    presence: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    end: End


@dataclass(frozen=True, slots=True)
class Band:
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    height: int
    window: Band
    away: Band
    columns: tuple[tuple[int, float], ...]
    """(decision, place)"""
    numbers_y: int
    lines: tuple[Line, ...]


def draw(scenario: Scenario, ways: Sequence[Way]) -> Picture:
    """The first of `ways` is drawn whole, each further one from where it parts."""
    longest = max(len(way.situation.turns) for way in ways)
    low, high = scenario.window
    parts = [_parts(way, nth, longest) for nth, way in enumerate(ways)]
    heights = _end_heights([part.stops for part in parts], [mark for part in parts for mark in part.marks])
    return Picture(
        height=HEIGHT,
        window=_band(AROUSAL_TOP, AROUSAL_STEP, low, high),
        away=_band(PRESENCE_TOP, PRESENCE_STEP, 0, AWAY - 1),
        columns=tuple((decision, _across(decision, longest)) for decision in range(1, longest + 1)),
        numbers_y=NUMBERS,
        lines=tuple(_line(way, part, y) for way, part, y in zip(ways, parts, heights, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What of a way does not depend on the others."""

    arousal: tuple[Stretch, ...]
    presence: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    stops: tuple[float, float]


def _parts(way: Way, nth: int, longest: int) -> _Parts:
    states = _states(way.situation)
    points = [(decision, states[decision - 1]) for decision in range(way.parts_at, len(states) + 1)]
    arousal = [(_across(decision, longest), _arousal(state, nth)) for decision, state in points]
    presence = [(_across(decision, longest), _presence(state, nth)) for decision, state in points]
    return _Parts(_stretches(arousal), _stretches(presence), _marks(way, arousal), arousal[-1])


def _line(way: Way, parts: _Parts, y: float) -> Line:
    x, at = parts.stops
    return Line(way.number, parts.arousal, parts.presence, parts.marks, End(x, y, at, way.situation.ending is not None))


def _states(situation: Situation) -> tuple[State, ...]:
    """The state at each decision, and at the end."""
    return (*(turn.before for turn in situation.turns), situation.state)


def _marks(way: Way, points: Sequence[tuple[float, float]]) -> tuple[Mark, ...]:
    """On each decision what it was, on the stretch after it what the move was."""
    turns = way.situation.turns[way.parts_at - 1 :]
    marks: list[Mark] = []
    for turn, (x, y), (next_x, next_y) in zip(turns, points, points[1:], strict=False):
        if way.parts_at == 1 or turn.sequence > way.parts_at:
            marks.append(Mark("checkpoint" if turn.checkpoint else "decision", x, y))
        middle = round((x + next_x) / 2, 2), round((y + next_y) / 2, 2)
        if turn.move.unsafe:
            marks.append(Mark("unsafe", *middle))
        elif turn.move.repair:
            marks.append(Mark("repair", *middle))
    return tuple(marks)


def _stretches(points: Sequence[tuple[float, float]]) -> tuple[Stretch, ...]:
    return tuple(Stretch(*one, *other) for one, other in pairwise(points))


def _end_heights(stops: Sequence[tuple[float, float]], marks: Sequence[Mark]) -> list[float]:
    """How high each way's end is drawn: where its line stops, or as near below as nothing else is drawn, in the order
    of the lines; a column that would reach down into the presence begins higher."""
    heights = [y for _, y in stops]
    for column in {x for x, _ in stops}:
        here = sorted((nth for nth, (x, _) in enumerate(stops) if x == column), key=lambda nth: stops[nth][1])
        taken = [mark.y for mark in marks if mark.x == column]
        wanted = [stops[nth][1] for nth in here]
        lifted = (_stacked([y - lift for y in wanted], taken) for lift in range(0, LOWEST_END, 4))
        placed = next((found for found in lifted if found[-1] <= LOWEST_END), _stacked(wanted, taken))
        for nth, y in zip(here, placed, strict=True):
            heights[nth] = y
    return heights


def _stacked(wanted: Sequence[float], taken: Sequence[float]) -> list[float]:
    placed: list[float] = []
    for y in wanted:
        at = max(y, placed[-1] + RING_TO_RING) if placed else y
        while near := [mark for mark in taken if abs(mark - at) < RING_TO_MARK]:
            at = max(near) + RING_TO_MARK
        placed.append(at)
    return placed


def _across(decision: int, longest: int) -> float:
    """The ending of the longest way stands one step behind its last decision."""
    return round(LEFT + (decision - 1) * (RIGHT - LEFT) / max(longest, 1), 2)


def _arousal(state: State, nth: int) -> float:
    return AROUSAL_TOP + (HIGHEST - state.arousal) * AROUSAL_STEP + APART * nth


def _presence(state: State, nth: int) -> float:
    return PRESENCE_TOP + (HIGHEST - state.presence) * PRESENCE_STEP + APART * nth


def _band(top: int, step: int, low: int, high: int) -> Band:
    return Band(top + (HIGHEST - high - 0.5) * step, (high - low + 1) * step)
