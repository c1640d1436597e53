from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.questions.scenario import GAUGES, Move, Node, When, bounds
from app.questions.scenario_numbers import STATES, gate, number, parts, passes, state, table
from app.questions.scenario_state import (
    Made,
    NotOpen,
    Situation,
    State,
    alliance,
    band,
    fits,
    open_moves,
    replay,
    respond,
    start,
    variant,
    way,
)
from tests.questions.sessions import SAMPLE_SESSION, move, node, scenario

TEA = scenario(node("a", move("go", "end"), move("stay", "end")))
CALM = State(arousal=5, presence=5, need=0, belief=5, control=5)

GAUGE = st.integers(0, 10)
STATE = st.builds(State, GAUGE, GAUGE, GAUGE, GAUGE, GAUGE, st.booleans(), st.booleans())
CHANGE = st.integers(-5, 5)
EFFECT = st.fixed_dictionaries({}, optional=dict.fromkeys(("arousal", "presence", "belief", "control"), CHANGE))
CONDITION = st.one_of(
    st.builds(lambda sign, level: f"{sign}{level}", st.sampled_from(["<", "<=", ">", ">=", ""]), GAUGE),
    st.builds(lambda low, high: f"{low}..{high}", GAUGE, GAUGE),
)
WANTED: dict[str, st.SearchStrategy[Any]] = {**dict.fromkeys(GAUGES, CONDITION), "unrepaired": st.booleans()}
WHEN = st.fixed_dictionaries({}, optional=WANTED)
ANY_MOVE = st.builds(
    lambda effect, meets, unsafe, repair, sensory: made(
        effect=effect, meets=meets, unsafe=unsafe, repair=repair and not unsafe, sensory=sensory
    ),
    EFFECT,
    st.sampled_from([None, "warmth", "praise"]),
    st.sampled_from([None, "scalding"]),
    st.booleans(),
    st.booleans(),
)


def made(**values: Any) -> Move:
    return Move.model_validate(move("go", "end", **values))


def after(before: State = CALM, **values: Any) -> State:
    return respond(TEA, before, made(**values))[0]


def changed(**values: Any) -> State:
    return replace(CALM, **values)


# The dynamics, one by one


@pytest.mark.parametrize("gauge", ["arousal", "presence", "belief", "control"])
def test_effect_moves_its_gauge_alone(gauge: str) -> None:
    assert after(effect={gauge: 1}) == changed(**{gauge: 6})


@pytest.mark.parametrize(
    ("before", "effect", "expected"),
    [
        (changed(control=9), {"control": 5}, changed(control=10)),
        (changed(control=2), {"control": -5}, changed(control=0)),
        (changed(belief=10), {"belief": 1}, changed(belief=10)),
        (changed(presence=0), {"presence": -1}, changed(presence=0)),
    ],
)
def test_gauges_stop_at_0_and_10(before: State, effect: dict[str, int], expected: State) -> None:
    assert after(before, effect=effect) == expected


def test_sensory_detail_raises_arousal_by_one_more() -> None:
    assert after(effect={"arousal": 1}, sensory=True) == changed(arousal=7, overload=True)
    assert after(sensory=True) == changed(arousal=6)


def test_need_is_met_where_the_client_is_present_and_believes() -> None:
    assert respond(TEA, CALM, made(meets="warmth")) == (changed(need=3, belief=6), "fits")


@pytest.mark.parametrize(
    ("before", "meets", "note"),
    [
        (CALM, "praise", "not-this-need"),
        (changed(presence=4), "warmth", "not-present"),
        (changed(belief=3), "warmth", "not-believed"),
        (changed(presence=4, belief=3), "warmth", "not-present"),
        (changed(presence=4, belief=3), "praise", "not-this-need"),
    ],
)
def test_need_that_is_not_met_changes_nothing_and_says_why(before: State, meets: str, note: str) -> None:
    assert respond(TEA, before, made(meets=meets)) == (before, note)


def test_need_is_judged_after_the_effect() -> None:
    move = made(meets="warmth", effect={"presence": 2, "belief": 1})
    assert respond(TEA, changed(presence=3, belief=3), move) == (changed(need=3, belief=5), "fits")


def test_move_that_offers_nothing_has_no_note() -> None:
    assert respond(TEA, CALM, made())[1] is None


def test_overload_costs_presence_a_turn_later() -> None:
    flooded = after(effect={"arousal": 2})
    assert flooded == changed(arousal=7, overload=True)
    assert after(flooded, effect={"arousal": -2}) == changed(presence=3)
    assert after(after(flooded, effect={"arousal": -2})) == changed(presence=3)


def test_overload_is_carried_on_as_long_as_arousal_stays_too_high() -> None:
    flooded = changed(arousal=8, overload=True)
    assert after(flooded) == changed(arousal=8, presence=3, overload=True)


def test_arousal_at_the_top_of_the_window_is_no_overload() -> None:
    assert after(effect={"arousal": 1}) == changed(arousal=6)


def test_overload_takes_presence_after_the_need_was_judged() -> None:
    flooded = changed(arousal=8, overload=True)
    assert respond(TEA, flooded, made(meets="warmth")) == (
        changed(arousal=8, presence=3, need=3, belief=6, overload=True),
        "fits",
    )


def test_unsafe_move_costs_control_and_belief_until_it_is_repaired() -> None:
    strained = after(unsafe="scalding")
    assert strained == changed(control=4, belief=4, unrepaired=True)
    assert after(strained) == strained
    assert after(strained, repair=True) == changed(belief=4)


def test_repair_gives_control_back_even_where_nothing_was_broken() -> None:
    assert after(repair=True) == changed(control=6)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (CALM, "within"),
        (changed(arousal=7), "flooded"),
        (changed(arousal=7, presence=0), "flooded"),
        (changed(arousal=6), "within"),
        (changed(presence=3), "away"),
        (changed(presence=4), "within"),
        (changed(arousal=0, presence=3), "away"),
        (changed(arousal=0), "within"),
    ],
)
def test_band_says_how_the_client_is(state: State, expected: str) -> None:
    assert band(TEA, state) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (CALM, "steady"),
        (changed(control=7), "strong"),
        (changed(control=2), "strained"),
        (changed(control=3), "steady"),
        (changed(control=10, unrepaired=True), "strained"),
    ],
)
def test_alliance_is_a_word(state: State, expected: str) -> None:
    assert alliance(state) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("<4", (0, 3)),
        ("<=4", (0, 4)),
        (">4", (5, 10)),
        (">=4", (4, 10)),
        ("4", (4, 4)),
        ("4..7", (4, 7)),
        (">=10", (10, 10)),
    ],
)
def test_condition_allows_a_range(condition: str, expected: tuple[int, int]) -> None:
    assert bounds(condition) == expected


@pytest.mark.parametrize("condition", ["", "=4", "< 4", "11", "<11", "4..", "4-7", "4..11", "x", "-1", "04"])
def test_anything_else_is_no_condition(condition: str) -> None:
    with pytest.raises(ValidationError):
        When(arousal=condition)


def test_need_is_never_set_by_a_move() -> None:
    with pytest.raises(ValidationError):
        made(effect={"need": 1})


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, True),
        ({"arousal": "5"}, True),
        ({"arousal": "5", "presence": "<5"}, False),
        ({"unrepaired": False}, True),
        ({"unrepaired": True}, False),
        ({"arousal": "4..6", "unrepaired": False}, True),
    ],
)
def test_when_wants_all_that_it_names(when: dict[str, Any], expected: bool) -> None:
    assert fits(When.model_validate(when), CALM) == expected


# Playing

SESSION = scenario(
    node(
        "a",
        move("go", [{"when": {"arousal": ">=7"}, "to": "hot"}, {"when": {}, "to": "b"}], effect={"arousal": 1}),
        move("heat", [{"when": {"arousal": ">=7"}, "to": "hot"}, {"when": {}, "to": "b"}], effect={"arousal": 2}),
        checkpoint="asked",
    ),
    node(
        "b",
        move("sit", "end", when={"control": ">=6"}),
        move("rest", "end", meets="warmth"),
        move("go", "hot"),
    ),
    node(
        "hot",
        move("cool", "end"),
        move("wait", "end"),
        client=[{"when": {"arousal": ">=7"}, "text": "Too hot."}, {"when": {}, "text": "Warm."}],
    ),
)


def played(*steps: str) -> Situation:
    return replay(SESSION, [Made(*step.split(".")) for step in steps])


def ids(situation: Situation) -> list[str]:
    return [move.id for move in situation.moves]


def test_session_begins_at_its_first_node() -> None:
    situation = played()

    assert situation.node and situation.node.id == "a"
    assert (situation.turns, situation.state, situation.client, situation.ending) == ((), CALM, "At a.", None)
    assert (ids(situation), situation.length) == (["go", "heat"], 1)


def test_move_leads_by_the_state_after_it() -> None:
    assert [played("a.go").node, played("a.heat").node] == [SESSION.places["b"], SESSION.places["hot"]]


def test_closed_moves_are_not_offered() -> None:
    assert ids(played("a.go")) == ["rest", "go"]


def test_client_speaks_from_the_state() -> None:
    assert [played("a.heat").client, played("a.go", "b.go").client] == ["Too hot.", "Warm."]


def test_ending_has_no_moves() -> None:
    situation = played("a.go", "b.rest")

    assert situation.ending and situation.ending.id == "end"
    assert (situation.node, situation.client, situation.moves) == (None, None, ())


def test_turns_keep_what_was_said_made_and_changed() -> None:
    first, second = replay(SESSION, [Made("a", "go", "within"), Made("b", "rest")]).turns

    assert (first.sequence, first.node, first.checkpoint, first.client) == (1, "a", "asked", "At a.")
    assert (first.before, first.after, first.reading, first.need_note) == (CALM, changed(arousal=6), "within", None)
    assert (second.sequence, second.move.id, second.checkpoint, second.reading) == (2, "rest", None, None)
    assert (second.before, second.need_note) == (first.after, "fits")


@pytest.mark.parametrize(
    "steps",
    [["b.go"], ["a.none"], ["a.go", "a.go"], ["a.go", "b.sit"], ["a.go", "b.rest", "b.rest"], ["end.go"], ["none.go"]],
)
def test_move_that_is_not_open_is_refused(steps: list[str]) -> None:
    with pytest.raises(NotOpen):
        played(*steps)


# For any moves


@given(STATE, ANY_MOVE)
def test_state_stays_in_range(before: State, move: Move) -> None:
    found, _ = respond(TEA, before, move)
    assert all(0 <= getattr(found, gauge) <= 10 for gauge in GAUGES)
    assert [type(getattr(found, field.name)) for field in fields(State)] == [int] * 5 + [bool] * 2


@given(STATE, ANY_MOVE)
def test_need_rises_only_if_present_fitting_and_believed(before: State, move: Move) -> None:
    found, note = respond(TEA, before, move)
    there = min(max(before.presence + move.effect.presence, 0), 10) >= 5
    believed = min(max(before.belief + move.effect.belief, 0), 10) >= 4
    met = move.meets == "warmth" and there and believed

    assert found.need == (min(before.need + 3, 10) if met else before.need)
    assert (note == "fits") == met


@given(STATE, ANY_MOVE)
def test_tables_answer_as_the_dynamics_do(before: State, move: Move) -> None:
    assert state(table(TEA, move).after(*parts(number(before)))) == respond(TEA, before, move)[0]


@given(STATE, WHEN)
def test_gates_open_as_conditions_do(found: State, when: dict[str, Any]) -> None:
    condition = When.model_validate(when)
    assert passes(gate(condition), *parts(number(found))) == fits(condition, found)


@given(st.integers(0, STATES - 1))
def test_every_number_is_a_state(value: int) -> None:
    assert number(state(value)) == value


@given(st.data())
def test_replay_of_open_moves_never_fails_and_is_step_by_step(data: st.DataObject) -> None:
    session = SAMPLE_SESSION
    made: list[Made] = []
    now, node = start(session), session.nodes[0]
    for _ in range(30):
        situation = replay(session, made)
        assert (situation.state, len(situation.turns)) == (now, len(made))
        if situation.node is None:
            break
        assert situation.node == node
        assert (situation.moves, situation.client) == (open_moves(node, now), variant(node, now).text)
        move = data.draw(st.sampled_from(situation.moves))
        made.append(Made(node.id, move.id))
        now, _ = respond(session, now, move)
        following = session.places[way(move, now).to]
        node = following if isinstance(following, Node) else node
    assert replay(session, made).ending is not None
