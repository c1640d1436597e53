"""Where arousal and presence stand, as places on a line and as words. Pure."""

from dataclasses import dataclass
from typing import Literal

from app.questions.scenario import HIGHEST, Scenario
from app.questions.scenario_state import AWAY, PRESENT, State

ArousalWord = Literal["low", "workable", "high", "too-much"]
PresenceWord = Literal["away", "slipping", "returning", "partly", "here"]
MARGIN = 4
"""Per cent of a line left free at both ends, so that a mark at 0 or 10 is whole."""
FULLY = 8
"""From here on presence needs no remark about where it is going."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a gauge, in per cent of its length."""

    kind: Literal["low", "window", "high", "away", "partly", "here"]
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Gauge:
    zones: tuple[Zone, ...]
    at: float
    """Per cent from the left."""
    was: float | None
    """Before the last move, where that was elsewhere."""
    value: int
    word: ArousalWord | PresenceWord


def place(value: float) -> float:
    """A value from 0 to 10 as per cent of a gauge's length."""
    return round(MARGIN + value * (100 - 2 * MARGIN) / HIGHEST, 2)


def arousal(scenario: Scenario, state: State, before: State | None) -> Gauge:
    low, high = scenario.window
    zones = _zones((("low", low), ("window", high + 1), ("high", HIGHEST + 1)))
    was = before.arousal if before else state.arousal
    return _gauge(zones, state.arousal, was, arousal_word(scenario, state))


def presence(state: State, before: State | None) -> Gauge:
    zones = _zones((("away", AWAY), ("partly", PRESENT), ("here", HIGHEST + 1)))
    was = before.presence if before else state.presence
    return _gauge(zones, state.presence, was, presence_word(state, before))


def arousal_word(scenario: Scenario, state: State) -> ArousalWord:
    low, high = scenario.window
    if state.arousal > high:
        return "too-much"
    if state.arousal < low:
        return "low"
    return "high" if state.arousal == high > low else "workable"


def presence_word(state: State, before: State | None) -> PresenceWord:
    now, was = state.presence, before.presence if before else state.presence
    if now < AWAY:
        return "away"
    if now < FULLY and now != was:
        return "returning" if now > was else "slipping"
    return "here" if now >= PRESENT else "partly"


def _gauge(zones: tuple[Zone, ...], now: int, was: int, word: ArousalWord | PresenceWord) -> Gauge:
    return Gauge(zones, place(now), None if was == now else place(was), now, word)


def _zones(
    parts: tuple[tuple[Literal["low", "window", "high", "away", "partly", "here"], int], ...],
) -> tuple[Zone, ...]:
    """Parts with the first value that no longer belongs to each; the borders lie half way between two values."""
    zones: list[Zone] = []
    start = 0.0
    for kind, beyond in parts:
        end = 100.0 if beyond > HIGHEST else place(beyond - 0.5)
        if end > start and beyond > 0:
            zones.append(Zone(kind, start, round(end - start, 2)))
            start = end
    return tuple(zones)
