"""Pinned copies, from the first schema version on, can be read for ever. The golden files are never edited."""

import copy
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import questions
from app.questions import TYPES, Unreadable
from app.questions.canonical import canonical, digest

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.json"))
COPY = json.loads((GOLDEN / "choice-1.json").read_text(encoding="utf-8"))


def test_every_schema_version_has_a_golden_file() -> None:
    wanted = {f"{name}-{version}" for name, kind in TYPES.items() for version in range(1, kind.SCHEMA_VERSION + 1)}
    assert {path.stem for path in FILES} == wanted


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_golden_copy_is_shown_and_graded(path: Path) -> None:
    stored = json.loads(path.read_text(encoding="utf-8"))
    kind = TYPES[stored["type"]]
    pinned = questions.load(stored["type"], stored["schema_version"], stored["data"])

    for sample in stored["answers"]:
        answer = kind.answer_from(pinned.question, sample["answer"])
        grade = kind.grade(pinned.question, answer)
        assert grade.earned == Fraction(sample["earned"])
        assert list(grade.harmful) == sample["harmful"]
        assert kind.present(pinned, stored["order"], answer).verdict == sample["verdict"]
    assert pinned.vignette.html == stored["vignette_html"]
    assert digest({key: stored[key] for key in ("type", "schema_version", "data")}) == stored["digest"]


@pytest.mark.parametrize(("type", "version"), [("none", 1), ("choice", 0), ("choice", 99), ("", 1)])
def test_unknown_type_or_version_is_unreadable(type: str, version: int) -> None:
    with pytest.raises(Unreadable):
        questions.load(type, version, COPY["data"])


def test_unknown_key_is_unreadable() -> None:
    data = copy.deepcopy(COPY["data"])
    data["question"]["surprise"] = 1
    with pytest.raises(Unreadable):
        questions.load("choice", 1, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["vignette", "question", "labels", "x"]), JSON))
def test_any_data_is_a_question_or_unreadable(data: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        questions.load("choice", 1, data)


@given(st.sampled_from(["vignette", "question", "labels"]), st.data(), JSON)
def test_any_changed_value_is_a_question_or_unreadable(part: str, draw: st.DataObject, value: object) -> None:
    data = copy.deepcopy(COPY["data"])
    data[part][draw.draw(st.sampled_from(sorted(data[part])))] = value
    try:
        pinned = questions.load("choice", 1, data)
    except Unreadable:
        return
    assert pinned.type == "choice"


@given(JSON)
def test_canonical_json_reads_back_and_does_not_depend_on_order(value: object) -> None:
    assert json.loads(canonical(value)) == value
    assert canonical({"a": value, "b": 1}) == canonical({"b": 1, "a": value})
