"""Pinned sessions, from the first schema version on, can be played for ever. The golden files are never edited."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions import Unreadable
from app.questions.canonical import digest
from app.questions.pinned_scenario import load_scenario
from app.questions.reasons import reason_view
from app.questions.scenario import SCHEMA_VERSION
from app.questions.scenario_state import Made, State, replay

FILES = sorted((Path(__file__).parent / "golden/scenarios").glob("*.json"))
COPY = json.loads(FILES[0].read_text(encoding="utf-8"))


def test_every_schema_version_has_a_golden_file() -> None:
    assert [path.stem for path in FILES] == [f"scenario-{version}" for version in range(1, SCHEMA_VERSION + 1)]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_golden_session_plays_as_it_did(path: Path) -> None:
    stored = json.loads(path.read_text(encoding="utf-8"))
    scenario = load_scenario(stored["schema_version"], stored["data"]).scenario

    for sample in stored["played"]:
        situation = replay(scenario, [Made(*step.split(".")) for step in sample["steps"]])
        assert [turn.after for turn in situation.turns] == [State(**state) for state in sample["states"]]
        assert [turn.need_note for turn in situation.turns] == sample["notes"]
        assert situation.ending and situation.ending.id == sample["ending"]
    assert digest({key: stored[key] for key in ("type", "schema_version", "data")}) == stored["digest"]


def test_copy_knows_its_words_without_the_course() -> None:
    pinned = load_scenario(1, COPY["data"])
    cake = pinned.scenario.nodes[0].move("cake")
    smell = pinned.scenario.nodes[1].move("smell")

    assert [objective.text for objective in pinned.labels.objectives] == [
        "Ask before you serve.",
        "Hand over a cup safely.",
    ]
    assert pinned.labels.objectives[0].sections == (("/modules/serving/asking", "Asking"),)
    assert reason_view(cake, pinned.labels, cake.unsafe).harm == "Serving something without asking about allergies."
    assert reason_view(smell, pinned.labels).sources == (
        ("Leaf & Kettle (2019)", "https://doi.org/10.1234/jit.2019.12"),
    )


@pytest.mark.parametrize("version", [0, 2, 99])
def test_other_version_is_unreadable(version: int) -> None:
    with pytest.raises(Unreadable):
        load_scenario(version, COPY["data"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["scenario", "labels"]), st.data(), JSON)
def test_any_changed_value_is_a_session_or_unreadable(part: str, draw: st.DataObject, value: object) -> None:
    data = copy.deepcopy(COPY["data"])
    data[part][draw.draw(st.sampled_from(sorted(data[part])))] = value
    try:
        pinned = load_scenario(1, data)
    except Unreadable:
        return
    assert pinned.scenario.nodes
