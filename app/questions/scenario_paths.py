"""The paths that an author names: played through, and compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.questions.reasons import Place
from app.questions.scenario import Scenario
from app.questions.scenario_state import Made, NotOpen, Situation, replay

SHORTEST_MAIN = 8
"""Decisions."""

Found: TypeAlias = Iterator[tuple[Place, str, str]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a contrast, after it has parted from the main path, is on the main path again: less than half."""

    shared: int
    later: int
    """Nodes after the parting."""

    @property
    def too_much(self) -> bool:
        return 2 * self.shared >= self.later


def overlap(main: Sequence[str], contrast: Sequence[str]) -> Overlap:
    same = next((number for number, (one, other) in enumerate(zip(main, contrast, strict=False)) if one != other), None)
    later = [] if same is None else [_node(step) for step in contrast[same + 1 :]]
    on_main = {_node(step) for step in main}
    return Overlap(sum(node in on_main for node in later), len(later))


def path_faults(scenario: Scenario) -> Found:
    paths = scenario.paths
    if len(paths.main) < SHORTEST_MAIN:
        what = f"The main path has {len(paths.main)} decisions; it has {SHORTEST_MAIN} or more."
        yield ("paths", "main"), what, "Let more be decided on it."
    yield from _played_faults(scenario, ("paths", "main"), paths.main)
    for number, contrast in enumerate(paths.contrast):
        place: Place = ("paths", "contrast", number)
        unplayed = list(_played_faults(scenario, place, contrast))
        yield from unplayed or _contrast_faults(scenario, place, contrast)
    unplayed = list(_played_faults(scenario, ("paths", "repaired"), paths.repaired))
    yield from unplayed or _repaired_faults(scenario)


def _played_faults(scenario: Scenario, place: Place, steps: Sequence[str]) -> Found:
    """The first step that cannot be made, or that the path stops too early."""
    try:
        situation = _played(scenario, steps)
    except NotOpen as error:
        number = error.sequence - 1
        yield ((*place, number), *_trouble(_played(scenario, steps[:number]), *steps[number].split(".")))
        return
    if situation.node:
        what = f"The path stops at `{situation.node.id}`, which is no ending."
        yield (*place, len(steps) - 1), what, "Lead it on to an ending."


def _trouble(situation: Situation, node: str, move: str) -> tuple[str, str]:
    """What keeps a step from being made."""
    place = situation.node
    if place is None:
        return f"The session has ended before `{node}.{move}`.", "End the path one step earlier."
    if node != place.id:
        return f"The session is at `{place.id}` here, not at `{node}`.", f"Write `{place.id}.<move>`."
    if move not in {one.id for one in place.moves}:
        moves = ", ".join(f"`{one.id}`" for one in place.moves)
        return f"The node `{node}` has no move `{move}`.", f"Its moves are {moves}."
    return f"`{node}.{move}` is closed here, with {situation.state.said}.", "Change its `when`, or what comes before."


def _contrast_faults(scenario: Scenario, place: Place, steps: Sequence[str]) -> Found:
    for number, turn in enumerate(_played(scenario, steps).turns):
        if turn.move.repair:
            what = f"A contrast repairs nothing, but `{steps[number]}` does."
            yield (*place, number), what, "Lead it another way; `repaired` is the path that repairs."
    found = overlap(scenario.paths.main, steps)
    if found.too_much:
        what = f"{found.shared} of the contrast's {found.later} nodes after the parting are on the main path too."
        yield place, what, "Less than half may be: part earlier, or lead it over nodes of its own."


def _repaired_faults(scenario: Scenario) -> Found:
    steps, place = scenario.paths.repaired, ("paths", "repaired")
    played = _played(scenario, steps)
    moves = [turn.move for turn in played.turns]
    unsafe = next((number for number, move in enumerate(moves) if move.unsafe), None)
    if unsafe is None:
        yield place, "Nothing unsafe is done on the repaired path.", "Lead it over a move with `unsafe`."
    elif not any(move.repair for move in moves[unsafe:]):
        what = f"Nothing repairs `{steps[unsafe]}` on the repaired path."
        yield (*place, unsafe), what, "Lead it over a later move with `repair: true`."
    elif played.state.unrepaired:
        yield place, "The repaired path ends with something not made good.", "Let a repair follow the last unsafe move."


def _played(scenario: Scenario, steps: Sequence[str]) -> Situation:
    return replay(scenario, [Made(*step.split(".")) for step in steps])


def _node(step: str) -> str:
    return step.partition(".")[0]
