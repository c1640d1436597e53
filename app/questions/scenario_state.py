"""The client of a simulated session: a teaching model of one, the same for the same moves, without chance.

Nothing of it is stored: what a person did is a list of moves, and `replay` makes the rest of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.questions.scenario import GAUGES, HIGHEST, LOWEST, Ending, Move, Node, Scenario, Variant, Way, When

PRESENT = 5
"""From here on the client is there enough for a rescript to arrive."""
BELIEVED = 4
AWAY = 4
"""Below it the client is no longer there."""
NEED_MET = 3
OVERLOAD = 2
"""What too much arousal costs in presence, a turn later."""
STRAINED, STRONG = 3, 7

Band: TypeAlias = Literal["flooded", "within", "away"]
Alliance: TypeAlias = Literal["strained", "steady", "strong"]
NeedNote: TypeAlias = Literal["fits", "not-this-need", "not-present", "not-believed"]


class NotOpen(ValueError):
    """A move that cannot be made where it is to be made."""

    def __init__(self, sequence: int, step: str, at: str) -> None:
        self.sequence = sequence
        """From 1."""
        super().__init__(f"move {sequence}, {step}, cannot be made: the session is at {at}")


@dataclass(frozen=True, slots=True)
class State:
    """Each gauge from 0 to 10."""

    arousal: int
    presence: int
    need: int
    """How far what the image lacked has been given."""
    belief: int
    control: int
    overload: bool = False
    """Arousal was too high after the last move: the next one costs presence."""
    unrepaired: bool = False
    """Something unsafe was done and has not been made good."""

    @property
    def said(self) -> str:
        """For an author who looks for the path that brings it about."""
        gauges = ", ".join(f"{gauge} {getattr(self, gauge)}" for gauge in GAUGES)
        return f"{gauges}, unrepaired" if self.unrepaired else gauges


@dataclass(frozen=True, slots=True)
class Made:
    """A move as it was made, with the learner's reading of the client before it."""

    node: str
    move: str
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    sequence: int
    """From 1."""
    node: str
    checkpoint: str | None
    client: str
    """Markdown: what the client said and showed before the move."""
    before: State
    move: Move
    reading: str | None
    after: State
    need_note: NeedNote | None
    """Whether the move met the need, and if not why not; None: it did not offer to."""


@dataclass(frozen=True, slots=True)
class Situation:
    turns: tuple[Turn, ...]
    state: State
    node: Node | None
    """None: the session has ended."""
    client: str | None
    moves: tuple[Move, ...]
    """Those open now, in the order of the file."""
    ending: Ending | None
    length: int
    """Decisions on the main path: others may be shorter or longer."""


def start(scenario: Scenario) -> State:
    return State(**scenario.start.model_dump())


def replay(scenario: Scenario, made: Sequence[Made]) -> Situation:
    """Raises NotOpen if a move is not open where it was made."""
    state, place = start(scenario), scenario.places[scenario.nodes[0].id]
    turns: list[Turn] = []
    for sequence, step in enumerate(made, 1):
        here = open_moves(place, state) if isinstance(place, Node) and step.node == place.id else ()
        move = next((move for move in here if move.id == step.move), None)
        if move is None or not isinstance(place, Node):
            raise NotOpen(sequence, f"{step.node}.{step.move}", place.id)
        after, note = respond(scenario, state, move)
        said = variant(place, state).text
        turns.append(Turn(sequence, place.id, place.checkpoint, said, state, move, step.reading, after, note))
        state, place = after, scenario.places[way(move, after).to]
    return _situation(scenario, turns, state, place)


def respond(scenario: Scenario, before: State, move: Move) -> tuple[State, NeedNote | None]:
    """The client's state after a move."""
    effect, fitting = move.effect, move.meets in scenario.needs
    arousal, presence, overload, present = moved_body(
        before.arousal, before.presence, before.overload,
        by=effect.arousal + move.sensory, presence_by=effect.presence, top=scenario.window[1],
    )  # fmt: skip
    need, belief, believed = moved_meaning(
        before.need, before.belief, by=effect.belief, offered=fitting and present, unsafe=bool(move.unsafe)
    )
    control, unrepaired = moved_hold(
        before.control, before.unrepaired, by=effect.control, unsafe=bool(move.unsafe), repair=move.repair
    )
    after = State(arousal, presence, need, belief, control, overload, unrepaired)
    return after, _need_note(move, fitting, present, believed)


def moved_body(
    arousal: int, presence: int, overload: bool, *, by: int, presence_by: int, top: int
) -> tuple[int, int, bool, bool]:
    """Arousal, presence and overload after a move, and whether the client was present enough meanwhile."""
    aroused, there = clamped(arousal + by), clamped(presence + presence_by)
    return aroused, clamped(there - OVERLOAD * overload), aroused > top, there >= PRESENT


def moved_meaning(need: int, belief: int, *, by: int, offered: bool, unsafe: bool) -> tuple[int, int, bool]:
    """Need and belief after a move, and whether it was believed. `offered`: what fits, to a client who is present."""
    held = clamped(belief + by)
    believed = held >= BELIEVED
    met = offered and believed
    return clamped(need + NEED_MET * met), clamped(clamped(held + met) - unsafe), believed


def moved_hold(control: int, unrepaired: bool, *, by: int, unsafe: bool, repair: bool) -> tuple[int, bool]:
    """Control, and whether something unsafe is still not made good."""
    return clamped(clamped(clamped(control + by) - unsafe) + repair), (unrepaired or unsafe) and not repair


def fits(when: When, state: State) -> bool:
    if when.unrepaired is not None and when.unrepaired != state.unrepaired:
        return False
    return all(low <= getattr(state, gauge) <= high for gauge, low, high in when.bounds)


def open_moves(node: Node, state: State) -> tuple[Move, ...]:
    return tuple(move for move in node.moves if fits(move.when, state))


def variant(node: Node, state: State) -> Variant:
    """The last one, whatever it asks for, if none fits: `scenario_rules` sees to it that it fits always."""
    return next((variant for variant in node.client if fits(variant.when, state)), node.client[-1])


def way(move: Move, after: State) -> Way:
    """As `variant`."""
    return next((way for way in move.to if fits(way.when, after)), move.to[-1])


def band(scenario: Scenario, state: State) -> Band:
    """How the client is, in a word. Away with low arousal is shutdown, not calm."""
    if state.arousal > scenario.window[1]:
        return "flooded"
    return "away" if state.presence < AWAY else "within"


def alliance(state: State) -> Alliance:
    """Only ever shown in words."""
    if state.unrepaired or state.control < STRAINED:
        return "strained"
    return "strong" if state.control >= STRONG else "steady"


def clamped(value: int) -> int:
    return min(max(value, LOWEST), HIGHEST)


def _situation(scenario: Scenario, turns: Sequence[Turn], state: State, place: Node | Ending) -> Situation:
    node = place if isinstance(place, Node) else None
    return Situation(
        turns=tuple(turns),
        state=state,
        node=node,
        client=variant(node, state).text if node else None,
        moves=open_moves(node, state) if node else (),
        ending=place if isinstance(place, Ending) else None,
        length=len(scenario.paths.main),
    )


def _need_note(move: Move, fitting: bool, present: bool, believed: bool) -> NeedNote | None:
    if move.meets is None:
        return None
    if not fitting:
        return "not-this-need"
    if not present:
        return "not-present"
    return "fits" if believed else "not-believed"
