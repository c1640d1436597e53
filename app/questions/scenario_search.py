"""The search behind `scenario_graph`: situations, what follows from each, and an order to go through them in."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.questions.scenario import Node, Scenario
from app.questions.scenario_numbers import STATES, Gate, Table, gate, number, parts, passes, table
from app.questions.scenario_state import start

MOST_SITUATIONS = 100_000
"""Nodes in the states they are met in. A session has some ten thousand; beyond this nothing is looked at."""


@dataclass(slots=True)
class Spot:
    """A node and what of it has come up."""

    node: Node
    tables: Sequence[Table]
    variants: Sequence[Gate]
    targets: Sequence[Sequence[int]]
    """By move and way: the index of a node, or below 0 an ending."""
    shown: set[int] = field(default_factory=set)
    taken: set[tuple[int, int]] = field(default_factory=set)
    """(move, way)"""
    closed: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    meanings: set[int] = field(default_factory=set)
    holds: set[int] = field(default_factory=set)

    def arrive(self, number: int) -> list[tuple[int, int]]:
        """What follows from here: (move, the situation that it leads to)."""
        body, meaning, hold = parts(number)
        self.bodies.add(body)
        self.meanings.add(meaning)
        self.holds.add(hold)
        self.shown.add(_first(self.variants, body, meaning, hold))
        following = []
        for move, made in enumerate(self.tables):
            if not passes(made.gate, body, meaning, hold):
                self.closed.add(move)
                continue
            after = made.after(body, meaning, hold)
            way = _first(made.ways, *parts(after)) if len(made.ways) > 1 else 0
            self.taken.add((move, way))
            target = self.targets[move][way]
            following.append((move, target * STATES + after if target >= 0 else target))
        return following


@dataclass(frozen=True, slots=True)
class Graph:
    """A situation is one number: its node's index and its state. Below 0 stands an ending, in whatever state."""

    spots: Sequence[Spot]
    firsts: Sequence[int]
    """Where the session can begin: more than one if that depends on the session before."""
    following: Mapping[int, Sequence[tuple[int, int]]]
    """Situation -> (move, the situation after it)."""
    came: Mapping[int, int]
    """Situation -> the one before it on a shortest path."""
    bounded: bool
    """There are more situations than these."""

    def way_to(self, situation: int) -> list[int]:
        """A shortest path there."""
        path = [situation]
        while path[-1] not in self.firsts:
            path.append(self.came[path[-1]])
        return path[::-1]

    def named(self, path: Sequence[int]) -> tuple[str, ...]:
        """The moves between the situations of a path, as node.move."""
        found = []
        for situation, after in pairwise(path):
            node = self.spots[situation // STATES].node
            move = next(move for move, to in self.following[situation] if to == after)
            found.append(f"{node.id}.{node.moves[move].id}")
        return tuple(found)


def search(scenario: Scenario, most: int) -> Graph:
    """Nearest first, each situation once, `most` of them. Every `to` of the scenario leads somewhere."""
    spots = _spots(scenario)
    firsts = list(dict.fromkeys(number(start(begun)) for begun in beginnings(scenario)))
    following: dict[int, list[tuple[int, int]]] = {}
    came: dict[int, int] = {}
    waiting = deque(firsts)
    while waiting and len(following) < most:
        situation = waiting.popleft()
        index, state = divmod(situation, STATES)
        following[situation] = spots[index].arrive(state)
        for _, after in following[situation]:
            if after >= 0 and after not in firsts and after not in came:
                came[after] = situation
                waiting.append(after)
    return Graph(spots, firsts, following, came, bounded=bool(waiting))


def beginnings(scenario: Scenario) -> list[Scenario]:
    """The session as it begins by itself, and after each way in which the one before it can have been left."""
    left = scenario.follows.left if scenario.follows else ()
    return [scenario.begun(), *map(scenario.begun, left)]


def ordered(graph: Graph) -> tuple[list[int], list[int]]:
    """Situations, each after all that follow from it; and the first loop found, its first situation again at its end.

    Depth first without recursion: a session may be longer than Python's stack.
    """
    order: list[int] = []
    loop: list[int] = []
    on_path: dict[int, bool] = {}
    for first in graph.firsts:
        if first in on_path or first not in graph.following:
            continue
        on_path[first] = True
        path = [(first, iter(graph.following[first]))]
        while path:
            key, rest = path[-1]
            _, after = next(rest, (0, None))
            if after is None:
                path.pop()
                on_path[key] = False
                order.append(key)
            elif after in graph.following and after not in on_path:
                on_path[after] = True
                path.append((after, iter(graph.following[after])))
            elif on_path.get(after) and not loop:
                keys = [key for key, _ in path]
                loop = [*keys[keys.index(after) :], after]
    return order, loop


def _spots(scenario: Scenario) -> list[Spot]:
    index = {node.id: place for place, node in enumerate(scenario.nodes)}
    index |= {ending.id: -place - 1 for place, ending in enumerate(scenario.endings)}
    return [
        Spot(
            node=node,
            tables=[table(scenario, move) for move in node.moves],
            variants=[gate(variant.when) for variant in node.client],
            targets=[[index[way.to] for way in move.to] for move in node.moves],
        )
        for node in scenario.nodes
    ]


def _first(gates: Sequence[Gate], body: int, meaning: int, hold: int) -> int:
    """The index of the first gate that lets the state pass: the last one always does."""
    return next((index for index, one in enumerate(gates) if passes(one, body, meaning, hold)), len(gates) - 1)
