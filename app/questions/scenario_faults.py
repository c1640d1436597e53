"""What a session must keep to beyond its schema: (place in its data, what is wrong, how to mend it)."""

from collections.abc import Iterator
from typing import TypeAlias

from app.questions.reasons import Place, basis_fault, repeated
from app.questions.scenario import Scenario, When, placed_moves
from app.questions.scenario_graph import Report, explore
from app.questions.scenario_paths import path_faults
from app.questions.scenario_search import MOST_SITUATIONS

FEWEST_ENDINGS = 3
FEWEST_GATED = 3

Found: TypeAlias = Iterator[tuple[Place, str, str]]


def faults(scenario: Scenario) -> Found:
    yield from _reason_faults(scenario)
    yield from _need_faults(scenario)
    broken = [*_id_faults(scenario), *_lead_faults(scenario), *_when_faults(scenario)]
    yield from broken
    if not broken:
        yield from path_faults(scenario.begun())
        for left in scenario.follows.left if scenario.follows else ():
            for place, what, mend in path_faults(scenario.begun(left)):
                yield place, f"Begun after `{left.endings[0]}`: {what}", mend
        yield from _report_faults(scenario, explore(scenario))


def _reason_faults(scenario: Scenario) -> Found:
    if scenario.neutral and not scenario.content_note:
        yield ("neutral",), "The session has `neutral` but no content note.", "Remove it, or add `content_note`."
    for place, move in placed_moves(scenario):
        yield from (((*place, *rest), what, mend) for rest, what, mend in basis_fault(move))
        if move.unsafe and move.repair:
            yield (*place, "repair"), "One move is both unsafe and a repair.", "Make them two moves."


def _need_faults(scenario: Scenario) -> Found:
    """A need that a slip of the pen keeps from ever being met."""
    offered = {move.meets for _, move in placed_moves(scenario)}
    for number, need in enumerate(scenario.needs):
        if need not in offered:
            mend = f"Write `meets: {need}` at a move that offers it, or take it off the list."
            yield ("needs", number), f"No move meets the need `{need}`.", mend


def _id_faults(scenario: Scenario) -> Found:
    yield from repeated((node.id for node in scenario.nodes), "nodes", "node")
    nodes = {node.id for node in scenario.nodes}
    yield from repeated((ending.id for ending in scenario.endings), "endings", "ending")
    for number, ending in enumerate(scenario.endings):
        if ending.id in nodes:
            yield ("endings", number, "id"), f"`{ending.id}` is a node and an ending.", "Give each its own id."
    for number, checkpoint in enumerate(scenario.checkpoints):
        if checkpoint in scenario.checkpoints[:number]:
            yield ("checkpoints", number), f"The checkpoint `{checkpoint}` is listed twice.", "Keep one."
    for number, node in enumerate(scenario.nodes):
        if node.checkpoint and node.checkpoint not in scenario.checkpoints:
            mend = f"The checkpoints are {_listed(scenario.checkpoints)}."
            yield ("nodes", number, "checkpoint"), f"There is no checkpoint `{node.checkpoint}`.", mend
        for rest, what, mend in repeated((move.id for move in node.moves), "moves", "move"):
            yield ("nodes", number, *rest), what, mend


def _lead_faults(scenario: Scenario) -> Found:
    for place, move in placed_moves(scenario):
        for number, way in enumerate(move.to):
            if way.to not in scenario.places:
                what = f"`{move.id}` leads to `{way.to}`, which is neither a node nor an ending."
                yield (*place, "to", number, "to"), what, "Correct the id, or write the node."
        if not move.to[-1].when.anything:
            mend = "End the list with `{when: {}, to: …}`."
            yield (*place, "to", len(move.to) - 1, "when"), "No way is left where none of these fits.", mend


def _when_faults(scenario: Scenario) -> Found:
    low, high = scenario.window
    if low > high:
        yield ("window",), f"The window begins at {low} and ends at {high}.", "Write the lower number first."
    for number, node in enumerate(scenario.nodes):
        last = len(node.client) - 1
        if not node.client[last].when.anything:
            mend = "End the list with `{when: {}, text: …}`."
            yield ("nodes", number, "client", last, "when"), "Nothing is said where none of these fits.", mend
        for place, variant in enumerate(node.client):
            yield from _empty_ranges(("nodes", number, "client", place, "when"), variant.when)
    for spot, move in placed_moves(scenario):
        yield from _empty_ranges((*spot, "when"), move.when)
        for place, way in enumerate(move.to):
            yield from _empty_ranges((*spot, "to", place, "when"), way.when)


def _empty_ranges(place: Place, when: When) -> Found:
    for gauge, low, high in when.bounds:
        if low > high:
            yield (*place, gauge), f"No value of `{gauge}` is {getattr(when, gauge)}.", "Gauges go from 0 to 10."


def _report_faults(scenario: Scenario, report: Report) -> Found:
    if len(scenario.endings) < FEWEST_ENDINGS:
        mend = "Let the session end in more ways: none a punishment, none a perfect cure."
        yield ("endings",), f"There are {len(scenario.endings)} endings; a session has {FEWEST_ENDINGS} or more.", mend
    if report.bounded:
        mend = "Take out moves, or let effects differ less: then more paths meet in the same state."
        yield ("nodes",), f"More than {MOST_SITUATIONS:,} situations can arise, too many to check.", mend
        return
    if report.loop:
        mend = "Lead on to a node that has not been, or close one of these moves with `when`."
        what = f"One can go round here for ever, and nothing changes: {', '.join(report.loop)}."
        yield _move_place(scenario, report.loop[-1]), what, mend
    yield from _unreached(scenario, report)
    yield from _stuck(scenario, report)
    yield from _missed(scenario, report)
    if len(report.gated) < FEWEST_GATED:
        what = f"State opens and closes {len(report.gated)} moves ({_listed(report.gated)}); it wants {FEWEST_GATED}."
        yield ("nodes",), what, "Give moves a `when` that some paths meet and others do not."


def _missed(scenario: Scenario, report: Report) -> Found:
    for checkpoint, path in report.missed.items():
        what = f"A path passes no node of the checkpoint `{checkpoint}`: {', '.join(path)}."
        mend = f"Give a node on it `checkpoint: {checkpoint}`, or lead it over one."
        yield ("checkpoints", scenario.checkpoints.index(checkpoint)), what, mend


def _unreached(scenario: Scenario, report: Report) -> Found:
    for number, node in enumerate(scenario.nodes):
        if node.id not in report.ranges:
            what = f"No path leads to the node `{node.id}`."
            yield ("nodes", number, "id"), what, "Lead an open move to it, or remove it."
    for number, ending in enumerate(scenario.endings):
        if ending.id not in report.endings:
            what = f"No path leads to the ending `{ending.id}`."
            yield ("endings", number, "id"), what, "Lead an open move to it, or remove it."
    for place in report.unused:
        node = scenario.nodes[int(place[1])]
        mend = f"Change its `when`, or remove it; `{node.id}` is met with {report.met_with(node.id)}."
        yield place, f"No state that arrives at `{node.id}` {_kind(place)}.", mend


def _kind(place: Place) -> str:
    if "client" in place:
        return "brings this text about"
    return "takes this way" if "to" in place else "opens this move"


def _stuck(scenario: Scenario, report: Report) -> Found:
    index = {node.id: number for number, node in enumerate(scenario.nodes)}
    for stuck in report.stuck:
        way = f" after {', '.join(stuck.path)}" if stuck.path else ""
        only = f"only {_listed(stuck.open)} is open" if stuck.open else "no move is open"
        what = f"At `{stuck.node}` {only}{way}, with {stuck.state.said}."
        yield ("nodes", index[stuck.node], "moves"), what, "Let two moves or more be open in every state that arrives."


def _move_place(scenario: Scenario, step: str) -> Place:
    """Where node.move stands."""
    return next(
        place for place, move in placed_moves(scenario) if f"{scenario.nodes[int(place[1])].id}.{move.id}" == step
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"
