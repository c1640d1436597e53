"""Every situation of a session that can arise, found by trying every open move in every state that arrives."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.questions import scenario_search
from app.questions.reasons import Place
from app.questions.scenario import GAUGES, Gauge, Scenario
from app.questions.scenario_numbers import SPAN, STATES, state
from app.questions.scenario_search import Graph, Spot, ordered, search
from app.questions.scenario_state import State

MOST_PATHS = 100_000
FEWEST_OPEN = 2
"""With fewer moves open there is nothing to decide."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A node in a state in which there is too little to choose from, with the moves that lead there."""

    node: str
    state: State
    open: tuple[str, ...]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    nodes: int
    moves: int
    paths: int
    """Different ways to go from the beginning to an ending; `MOST_PATHS` + 1: more than that."""
    situations: int
    bounded: bool
    """There are more situations: nothing else here is the whole truth."""
    endings: frozenset[str]
    """Those that a path leads to."""
    ranges: Mapping[str, Mapping[Gauge, tuple[int, int]]]
    """By node that a path leads to: each gauge's lowest and highest value there."""
    arriving: Mapping[str, int]
    """By node: in how many different states it can be met."""
    gated: tuple[str, ...]
    """The moves, as node.move, that the client's state opens here and closes there."""
    unused: tuple[Place, ...]
    """Client texts, moves and ways, at nodes that a path leads to, that no state brings about."""
    stuck: tuple[Stuck, ...]
    """Where fewer than two moves are open: the nearest such situation of each node."""
    loop: tuple[str, ...]
    """Moves that lead back to where they began, with nothing changed; empty if there are none."""
    missed: Mapping[str, tuple[str, ...]]
    """Checkpoint -> a whole path that passes no node of it."""

    @property
    def paths_said(self) -> str:
        return f"{self.paths:,}" if self.paths <= MOST_PATHS else f"more than {MOST_PATHS:,}"

    def met_with(self, node: str) -> str:
        return said(self.ranges[node])

    @property
    def span(self) -> dict[Gauge, tuple[int, int]]:
        """Each gauge's lowest and highest value anywhere."""
        lows_highs = {gauge: [ranges[gauge] for ranges in self.ranges.values()] for gauge in GAUGES}
        return {gauge: (min(low for low, _ in all), max(high for _, high in all)) for gauge, all in lows_highs.items()}


def explore(scenario: Scenario) -> Report:
    """What there is to know of a scenario in which every `to` leads somewhere. The same scenario is explored once."""
    return _explored(scenario.model_dump_json(), scenario_search.MOST_SITUATIONS)


@lru_cache(maxsize=64)
def _explored(written: str, most: int) -> Report:
    scenario = Scenario.model_validate_json(written)
    graph = search(scenario, most)
    order, loop = ordered(graph)
    paths, missing = _tallied(scenario, graph, order)
    reached = [(index, spot) for index, spot in enumerate(graph.spots) if spot.bodies]
    return Report(
        nodes=len(graph.spots),
        moves=sum(len(spot.tables) for spot in graph.spots),
        paths=MOST_PATHS + 1 if loop else min(paths, MOST_PATHS + 1),
        situations=len(graph.following),
        bounded=graph.bounded,
        endings=_endings(scenario, graph),
        ranges={spot.node.id: _ranges(spot) for _, spot in reached},
        arriving=Counter(scenario.nodes[situation // STATES].id for situation in graph.following),
        gated=tuple(name for _, spot in reached for name in _gated(spot)),
        unused=tuple(place for index, spot in reached for place in _unused(index, spot)),
        stuck=tuple(_stuck(graph)),
        loop=graph.named(loop),
        missed=dict(_missed(scenario, graph, order, missing)),
    )


def said(ranges: Mapping[Gauge, tuple[int, int]]) -> str:
    """Ranges for an author."""
    return ", ".join(f"{gauge} {low}" + (f"–{high}" if high > low else "") for gauge, (low, high) in ranges.items())


def _tallied(scenario: Scenario, graph: Graph, order: Sequence[int]) -> tuple[int, dict[int, int]]:
    """The number of paths from the beginning on, and for each situation the checkpoints that a path from it can miss,
    a bit for each."""
    all_missed = (1 << len(scenario.checkpoints)) - 1
    bits = {checkpoint: 1 << bit for bit, checkpoint in enumerate(scenario.checkpoints)}
    own = [bits.get(node.checkpoint or "", 0) for node in scenario.nodes]
    paths: dict[int, int] = {}
    missing: dict[int, int] = {}
    for key in order:
        number = missed = 0
        for _, after in graph.following[key]:
            number += 1 if after < 0 else paths.get(after, 0)
            missed |= all_missed if after < 0 else missing.get(after, 0)
        paths[key] = number
        missing[key] = missed & ~own[key // STATES]
    return sum(paths.get(first, 0) for first in graph.firsts), missing


def _missed(
    scenario: Scenario, graph: Graph, order: Sequence[int], missing: Mapping[int, int]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for bit, checkpoint in enumerate(scenario.checkpoints):
        if any(missing.get(first, 0) & 1 << bit for first in graph.firsts):
            yield checkpoint, graph.named(_missing(graph, order, missing, 1 << bit))


def _missing(graph: Graph, order: Sequence[int], missing: Mapping[int, int], bit: int) -> list[int]:
    """A path to an ending along which the checkpoint is missed. It goes on to what was tallied before: never round."""
    rank = {key: place for place, key in enumerate(order) if missing[key] & bit}
    path = [next(first for first in graph.firsts if first in rank)]
    while path[-1] >= 0:
        here = rank[path[-1]]
        path.append(next(to for _, to in graph.following[path[-1]] if to < 0 or rank.get(to, here) < here))
    return path


def _stuck(graph: Graph) -> Iterator[Stuck]:
    told: set[int] = set()
    for situation, following in graph.following.items():
        index, number = divmod(situation, STATES)
        if len(following) < FEWEST_OPEN and index not in told:
            told.add(index)
            node = graph.spots[index].node
            open_here = tuple(node.moves[move].id for move, _ in following)
            yield Stuck(node.id, state(number), open_here, graph.named(graph.way_to(situation)))


def _endings(scenario: Scenario, graph: Graph) -> frozenset[str]:
    found = {after for following in graph.following.values() for _, after in following if after < 0}
    return frozenset(scenario.endings[-after - 1].id for after in found)


def _gated(spot: Spot) -> Iterator[str]:
    for move in sorted(spot.closed & {move for move, _ in spot.taken}):
        yield f"{spot.node.id}.{spot.node.moves[move].id}"


def _unused(index: int, spot: Spot) -> Iterator[Place]:
    for variant in range(len(spot.variants)):
        if variant not in spot.shown:
            yield "nodes", index, "client", variant
    for move, ways in enumerate(spot.targets):
        taken = {way for made, way in spot.taken if made == move}
        if not taken:
            yield "nodes", index, "moves", move
            continue
        for way in range(len(ways)):
            if way not in taken:
                yield "nodes", index, "moves", move, "to", way


def _ranges(spot: Spot) -> dict[Gauge, tuple[int, int]]:
    bodies, meanings, holds = spot.bodies, spot.meanings, spot.holds
    values: dict[Gauge, set[int]] = {
        "arousal": {body // 2 // SPAN for body in bodies},
        "presence": {body // 2 % SPAN for body in bodies},
        "need": {meaning // SPAN for meaning in meanings},
        "belief": {meaning % SPAN for meaning in meanings},
        "control": {hold // 2 for hold in holds},
    }
    return {gauge: (min(found), max(found)) for gauge, found in values.items()}
