from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.questions import scenario_search
from app.questions.scenario import GAUGES, Ending, Node, Scenario
from app.questions.scenario_graph import explore
from app.questions.scenario_state import Made, State, fits, open_moves, replay, respond, start, variant, way
from tests.questions.sessions import SAMPLE_SESSION, START, move, node, scenario


def stays(**values: Any) -> dict[str, Any]:
    """A second move, so that there is a choice."""
    return move("stay", "end", **values)


# What a report says


def test_report_counts_nodes_moves_paths_and_endings() -> None:
    report = explore(scenario(node("a", move("go", "b"), stays()), node("b", move("go", "end"), stays())))

    assert (report.nodes, report.moves, report.paths, report.situations) == (2, 4, 3, 2)
    assert (set(report.endings), report.paths_said, report.bounded) == ({"end"}, "3", False)


def test_moves_that_lead_to_the_same_state_are_different_paths() -> None:
    report = explore(scenario(node("a", move("go", "b"), move("walk", "b")), node("b", move("go", "end"), stays())))

    assert (report.paths, report.situations) == (4, 2)


def test_ranges_are_of_the_states_that_arrive() -> None:
    up, down = move("up", "b", effect={"control": 2}), move("down", "b", effect={"control": -1, "arousal": 3})
    report = explore(scenario(node("a", up, down), node("b", move("go", "end"), stays())))

    assert report.ranges["a"] == {gauge: (START[gauge], START[gauge]) for gauge in GAUGES}
    assert (report.ranges["b"]["control"], report.ranges["b"]["arousal"]) == ((4, 7), (5, 8))
    assert (report.span["control"], report.span["arousal"], report.span["need"]) == ((4, 7), (5, 8), (0, 0))


def test_move_is_gated_only_if_it_is_now_open_and_now_closed() -> None:
    up, down = move("up", "b", effect={"control": 2}), move("down", "b")
    doors = [
        move("sometimes", "end", when={"control": ">=6"}),
        move("always", "end", when={"control": ">=2"}),
        move("never", "end", when={"control": "<2"}),
        move("free", "end"),
        stays(),
    ]
    report = explore(scenario(node("a", up, down), node("b", *doors)))

    assert report.gated == ("b.sometimes",)
    assert report.unused == (("nodes", 1, "moves", 2),)


def test_text_and_way_that_no_state_brings_about_are_unused() -> None:
    ways = [{"when": {"arousal": ">=9"}, "to": "end"}, {"when": {}, "to": "end"}]
    said = [{"when": {"presence": "<5"}, "text": "Away."}, {"when": {}, "text": "Here."}]
    report = explore(scenario(node("a", move("go", ways), stays(), client=said)))

    assert report.unused == (("nodes", 0, "client", 0), ("nodes", 0, "moves", 0, "to", 0))


def test_nothing_is_said_of_the_parts_of_a_node_that_nothing_reaches() -> None:
    report = explore(scenario(node("a", move("go", "end"), stays()), node("b", move("go", "end"), stays())))

    assert (set(report.ranges), report.unused) == ({"a"}, ())


def test_stuck_tells_the_nearest_way_there() -> None:
    hot, long = move("heat", "c", effect={"arousal": 3}), move("go", "b")
    report = explore(
        scenario(
            node("a", hot, long),
            node("b", move("heat", "c", effect={"arousal": 3}), stays()),
            node("c", move("cool", "end"), stays(when={"arousal": "<8"})),
        )
    )
    (stuck,) = report.stuck

    assert (stuck.node, stuck.open, stuck.path, stuck.state.arousal) == ("c", ("cool",), ("a.heat",), 8)


def test_loop_is_found_where_nothing_changes() -> None:
    report = explore(scenario(node("a", move("on", "b"), stays()), node("b", move("back", "a"), stays())))

    assert (report.loop, report.paths_said) == (("a.on", "b.back"), "more than 100,000")
    assert report.missed == {"asked": ("a.on", "b.stay")}


def test_coming_back_in_another_state_is_no_loop() -> None:
    back = move("back", "a", effect={"control": 1}, when={"control": "<7"})
    report = explore(scenario(node("a", move("on", "b"), stays()), node("b", back, stays(), move("go", "end"))))

    assert (report.loop, report.paths, report.situations) == ((), 9, 6)


def test_gauge_that_has_reached_its_end_makes_a_loop() -> None:
    report = explore(scenario(node("a", move("on", "a", effect={"control": 5}), stays())))

    assert report.loop == ("a.on",)


def test_checkpoint_that_a_path_goes_round_is_missed() -> None:
    nodes = (
        node("a", move("go", "b"), move("round", "c"), checkpoint="asked"),
        node("b", move("go", "c"), move("walk", "c"), checkpoint="here"),
        node("c", move("go", "end"), stays()),
    )
    report = explore(scenario(*nodes, checkpoints=["asked", "here", "safe"]))

    assert report.missed == {"here": ("a.round", "c.go"), "safe": ("a.go", "b.go", "c.go")}


def test_paths_are_counted_up_to_a_number() -> None:
    names = [f"n{number}" for number in range(20)]
    nodes = [
        node(name, move("go", after), move("walk", after))
        for name, after in zip(names, [*names[1:], "end"], strict=True)
    ]

    assert explore(scenario(*nodes)).paths_said == "more than 100,000"


def test_exploring_stops_at_a_number_of_situations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario_search, "MOST_SITUATIONS", 5)
    back = move("back", "a", effect={"control": 1}, when={"control": "<9"})

    report = explore(scenario(node("a", move("on", "b"), stays()), node("b", back, stays(), move("go", "end"))))

    assert (report.bounded, report.situations) == (True, 5)


def wide(nodes: int, layers: int) -> Scenario:
    """Four moves at each node, each with effects of its own, and a session through all layers."""
    layer = [number * layers // nodes for number in range(nodes)]
    found = []
    for number in range(nodes):
        after = [f"n{other}" for other in range(nodes) if layer[other] == layer[number] + 1] or ["end"]
        moves = [
            move(
                f"m{choice}",
                after[choice % len(after)],
                effect={
                    "arousal": (number + choice) % 4 - 1,
                    "presence": (number * 3 + choice) % 4 - 2,
                    "belief": (number + choice * 2) % 3 - 1,
                    "control": (number + choice * 3) % 4 - 2,
                },
                meets="warmth" if choice == 1 else None,
                unsafe="scalding" if choice == 3 else None,
            )
            for choice in range(4)
        ]
        found.append(node(f"n{number}", *moves))
    return scenario(*found)


def test_large_session_is_explored_in_a_moment() -> None:
    session = wide(25, 9)

    report = explore(session)

    assert (report.nodes, report.moves, report.bounded) == (25, 100, False)
    assert report.situations > 5000


@pytest.mark.slow
def test_session_made_to_be_endless_is_given_up_soon() -> None:
    assert explore(wide(200, 180)).bounded


# Against trying everything


@dataclass
class Tried:
    """What trying every path one after another finds."""

    paths: int = 0
    endings: set[str] = field(default_factory=set)
    met: set[tuple[str, State]] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    few: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)


def try_all(session: Scenario) -> Tried:
    tried = Tried()
    _try(session, session.nodes[0], start(session), frozenset(), tried)
    return tried


def _try(session: Scenario, place: Node | Ending, state: State, passed: frozenset[str], tried: Tried) -> None:
    if isinstance(place, Ending):
        tried.paths += 1
        tried.endings.add(place.id)
        tried.missed |= set(session.checkpoints) - passed
        return
    tried.met.add((place.id, state))
    tried.texts.add(variant(place, state).text)
    moves = open_moves(place, state)
    if len(moves) < 2:
        tried.few.add(place.id)
    for one in place.moves:
        (tried.opened if fits(one.when, state) else tried.closed).add(f"{place.id}.{one.id}")
    for one in moves:
        after, _ = respond(session, state, one)
        passes = passed | {place.checkpoint} if place.checkpoint else passed
        _try(session, session.places[way(one, after).to], after, passes, tried)


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "arousal": st.sampled_from(["<6", ">=6", ">7"]),
        "presence": st.sampled_from([">=5", "<4"]),
        "control": st.sampled_from(["<5", "5..6"]),
        "belief": st.sampled_from([">4", "4"]),
        "need": st.sampled_from(["0", ">=3"]),
    },
)
CHANGES = st.fixed_dictionaries({}, optional={name: st.integers(-3, 3) for name in ("arousal", "presence", "control")})


@st.composite
def small(draw: st.DrawFn, forwards: bool = True) -> Scenario:
    number = draw(st.integers(1, 5 if forwards else 2))
    return scenario(
        *(draw(_nodes(index, number, forwards)) for index in range(number)),
        endings=("end", "other"),
        checkpoints=["asked", "here"],
    )


@st.composite
def _nodes(draw: st.DrawFn, index: int, number: int, forwards: bool) -> dict[str, Any]:
    targets = [f"n{other}" for other in range(index + 1 if forwards else 0, number)]
    target = st.sampled_from([*targets, "end", "other"])
    moves = []
    for choice in range(draw(st.integers(2, 3))):
        ways = [{"when": draw(CONDITIONS), "to": draw(target)}, {"when": {}, "to": draw(target)}]
        moves.append(
            move(
                f"m{choice}",
                draw(st.sampled_from([ways, ways[1]["to"]])),
                effect=draw(CHANGES),
                when=draw(st.one_of(st.just({}), CONDITIONS)),
                meets=draw(st.sampled_from([None, "warmth", "praise"])),
                unsafe=draw(st.sampled_from([None, "scalding"])),
                sensory=draw(st.booleans()),
            )
        )
    said = [{"when": draw(CONDITIONS), "text": f"First at n{index}."}, {"when": {}, "text": f"Last at n{index}."}]
    return node(f"n{index}", *moves, client=said, checkpoint=draw(st.sampled_from([None, "asked", "here"])))


@settings(deadline=None)
@given(small())
def test_exploring_agrees_with_trying_everything(session: Scenario) -> None:
    report, tried = explore(session), try_all(session)

    assert (report.paths, set(report.endings), report.situations) == (tried.paths, tried.endings, len(tried.met))
    assert set(report.ranges) == {name for name, _ in tried.met}
    assert set(report.gated) == tried.opened & tried.closed
    assert {stuck.node for stuck in report.stuck} == tried.few
    assert set(report.missed) == tried.missed
    assert report.loop == ()
    assert set(_unused_moves(session, report.unused)) == tried.closed - tried.opened
    for name, ranges in report.ranges.items():
        for gauge in GAUGES:
            values = [getattr(state, gauge) for node, state in tried.met if node == name]
            assert ranges[gauge] == (min(values), max(values))
    unsaid = {session.nodes[int(spot[1])].client[int(spot[3])].text for spot in report.unused if "client" in spot}
    assert (
        unsaid == {text.text for one in session.nodes if one.id in report.ranges for text in one.client} - tried.texts
    )


@settings(deadline=None)
@given(small())
def test_paths_that_a_report_names_can_be_played(session: Scenario) -> None:
    report = explore(session)

    for checkpoint, path in report.missed.items():
        situation = replay(session, [Made(*step.split(".")) for step in path])
        assert situation.ending is not None
        assert checkpoint not in {turn.checkpoint for turn in situation.turns}
    for stuck in report.stuck:
        situation = replay(session, [Made(*step.split(".")) for step in stuck.path])
        assert situation.node and situation.node.id == stuck.node
        assert (situation.state, tuple(one.id for one in situation.moves)) == (stuck.state, stuck.open)


@settings(deadline=None)
@given(small(forwards=False))
def test_loop_is_reported_exactly_where_there_is_one(session: Scenario) -> None:
    report = explore(session)

    assert bool(report.loop) == _goes_round(session)


def _goes_round(session: Scenario) -> bool:
    """Whether something is left when situations are struck out, again and again, from which nothing leads on."""
    following = _following(session)
    while ended := [key for key, after in following.items() if not any(one in following for one in after)]:
        for key in ended:
            del following[key]
    return bool(following)


def _following(session: Scenario) -> dict[tuple[str, State], list[tuple[str, State]]]:
    found: dict[tuple[str, State], list[tuple[str, State]]] = {}
    waiting = [(session.nodes[0].id, start(session))]
    while waiting:
        name, state = waiting.pop()
        place = session.places[name]
        if (name, state) in found or not isinstance(place, Node):
            continue
        after = [(one, respond(session, state, one)[0]) for one in open_moves(place, state)]
        found[name, state] = [(way(one, then).to, then) for one, then in after]
        waiting.extend(found[name, state])
    return found


def _unused_moves(session: Scenario, unused: tuple[tuple[str | int, ...], ...]) -> Iterator[str]:
    for spot in unused:
        if spot[2] == "moves" and len(spot) == 4:
            found = session.nodes[int(spot[1])]
            yield f"{found.id}.{found.moves[int(spot[3])].id}"


def test_sample_session_is_sound() -> None:
    report = explore(SAMPLE_SESSION)

    assert (report.unused, report.stuck, report.loop, dict(report.missed)) == ((), (), (), {})
    assert report.endings == {"warm", "half", "unchanged"}
