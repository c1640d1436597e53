"""Faults of a session that no one edit of a file brings about; the others stand in tests/content/spoiled.yaml."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from app.questions import scenario_faults, scenario_search
from app.questions.scenario import Scenario
from app.questions.scenario_paths import Overlap, overlap
from tests.questions.sessions import SAMPLE_FILE, move

Data = dict[str, Any]


@pytest.fixture
def data() -> Data:
    """The sample session, to change."""
    found = yaml.safe_load(SAMPLE_FILE.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def faults(data: Mapping[str, object]) -> list[tuple[tuple[str | int, ...], str]]:
    return [(place, what) for place, what, _ in scenario_faults.faults(Scenario.model_validate(data))]


def node(data: Data, id: str) -> Data:
    return next(found for found in data["nodes"] if found["id"] == id)


def test_sound_session_has_no_fault(data: Data) -> None:
    assert faults(data) == []


def test_two_endings_are_too_few(data: Data) -> None:
    text = yaml.safe_dump(data).replace("to: half", "to: warm")
    data = yaml.safe_load(text)
    data["endings"] = [ending for ending in data["endings"] if ending["id"] != "half"]

    assert faults(data) == [(("endings",), "There are 2 endings; a session has 3 or more.")]


def test_state_decides_too_little_where_it_opens_two_moves(data: Data) -> None:
    for name in ("pot", "wish"):
        for one in node(data, name)["moves"]:
            one.pop("when", None)

    what = "State opens and closes 2 moves (`door.herself`, `beside.cup-for-two`); it wants 3."
    assert faults(data) == [(("nodes",), what)]


def test_nothing_open_is_worse_than_one(data: Data) -> None:
    for one in node(data, "early")["moves"]:
        one["when"] = {"arousal": "<5"}

    (place, what), *rest = faults(data)

    assert place == ("nodes", 15, "moves")
    assert what == (
        "At `early` no move is open after begin.ask, table.rush, pot.leave, "
        "with arousal 5, presence 7, need 0, belief 3, control 6."
    )
    assert rest == []


def test_short_main_path(data: Data) -> None:
    for one in node(data, "table")["moves"]:
        one["to"] = "door"
    main = data["paths"]["main"]
    data["paths"]["main"] = [*main[:2], *main[5:]]

    assert (("paths", "main"), "The main path has 7 decisions; it has 8 or more.") in faults(data)


def test_too_many_situations_are_not_looked_at(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario_search, "MOST_SITUATIONS", 100)
    monkeypatch.setattr(scenario_faults, "MOST_SITUATIONS", 100)

    assert faults(data) == [(("nodes",), "More than 100 situations can arise, too many to check.")]


def test_broken_session_is_not_explored(data: Data) -> None:
    node(data, "pot")["moves"][0]["to"] = "nowhere"
    node(data, "hall")["moves"] = [move("a", "wish", when={"arousal": "<0"}), move("b", "wish")]

    assert faults(data) == [
        (("nodes", 2, "moves", 0, "to", 0, "to"), "`steam` leads to `nowhere`, which is neither a node nor an ending."),
        (("nodes", 3, "moves", 0, "when", "arousal"), "No value of `arousal` is <0."),
    ]


@pytest.mark.parametrize(
    ("contrast", "expected"),
    [
        (["a.go", "b.go", "c.go"], Overlap(0, 0)),
        (["a.off", "x.go", "y.go", "c.go"], Overlap(1, 3)),
        (["a.off", "x.go", "c.go"], Overlap(1, 2)),
        (["a.go", "b.off", "y.go"], Overlap(0, 1)),
        (["a.go", "b.go", "c.off"], Overlap(0, 0)),
    ],
)
def test_overlap_counts_nodes_after_the_parting(contrast: list[str], expected: Overlap) -> None:
    assert overlap(["a.go", "b.go", "c.go"], contrast) == expected


@pytest.mark.parametrize(("found", "expected"), [((0, 0), True), ((1, 3), False), ((1, 2), True), ((0, 1), False)])
def test_less_than_half_may_be_shared(found: tuple[int, int], expected: bool) -> None:
    assert Overlap(*found).too_much == expected
