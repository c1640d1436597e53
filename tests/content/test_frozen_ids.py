"""Ids are permanent since edition 1.0."""

import re

import pytest

from tests.shipped import shipped
from tools.frozen_ids import frozen, ids

pytestmark = pytest.mark.slow


def test_no_id_of_an_edition_has_gone() -> None:
    """Give the old id back: what people answered and read is kept under it."""
    assert sorted(frozen() - set(ids(shipped()))) == []


def test_new_ids_are_on_the_list() -> None:
    """Run `python -m tools.frozen_ids`."""
    assert sorted(set(ids(shipped())) - frozen()) == []


def test_every_kind_of_answer_is_on_the_list() -> None:
    parts = {re.split(r"[/ ]", line)[2] for line in frozen() if line.startswith("answer ")}

    assert parts == {"options", "steps", "prompts", "answers", "lines", "criteria"}


def test_the_edition_is_named_by_its_number() -> None:
    assert re.fullmatch(r"[1-9][0-9]*\.[0-9]+", shipped().edition)
