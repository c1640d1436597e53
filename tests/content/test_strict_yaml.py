from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content import Fault
from app.content.strict_yaml import parse


def read(text: str) -> tuple[Any, list[Fault]]:
    faults: list[Fault] = []
    document = parse("x.yaml", text, faults)
    return (document.data if document else None), faults


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("2026-11-23", date(2026, 11, 23)),
        ('"no"', "no"),
        ("'2026-11-23'", "2026-11-23"),
        ("plain words", "plain words"),
        ("1/2", "1/2"),
    ],
)
def test_values_without_surprise(written: str, value: object) -> None:
    assert read(f"a: {written}") == ({"a": value}, [])


@pytest.mark.parametrize(
    "written", ["no", "No", "YES", "on", "off", "True", "NULL", "010", "1_000", "0x1F", "12:30", ".inf"]
)
def test_surprising_values_are_faults(written: str) -> None:
    value, faults = read(f"a:\n  - {written}")

    assert value == {"a": [written]}
    assert [fault.line for fault in faults] == [2]


def test_keys_are_words_whatever_yaml_makes_of_them() -> None:
    assert read("{on: 1, no: 2, 3: 4}") == ({"on": 1, "no": 2, "3": 4}, [])


def test_every_duplicate_is_named() -> None:
    _, faults = read("a: 1\nb: {c: 1, c: 2}\na: 2\n")
    assert [(fault.line, fault.message) for fault in faults] == [
        (2, "The key `c` stands here twice; first in line 2."),
        (3, "The key `a` stands here twice; first in line 1."),
    ]


def test_lines_of_texts_are_found_in_each_style() -> None:
    faults: list[Fault] = []
    text = "a: |\n  one\n  two <b>\nb: >\n  three\n  four <i>\nc: 'five\n  six <u>'\n"
    document = parse("x.yaml", text, faults)

    assert document is not None
    lines = [document.line_in_text((key,), found, found.index("<")) for key, found in document.data.items()]
    assert lines == [3, 6, 8]


def test_place_skips_steps_that_are_not_in_the_file() -> None:
    document = parse("x.yaml", "q:\n  - id: a\n    type: choice\n", [])

    assert document is not None
    assert document.line(("q", 0, "choice", "type")) == 3


@given(st.text())
def test_any_text_is_read_or_a_fault(text: str) -> None:
    faults: list[Fault] = []
    assert parse("x.yaml", text, faults) is not None or faults
    assert all(1 <= fault.line <= len(text.splitlines()) + 1 for fault in faults)
