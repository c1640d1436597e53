"""A name is something to be seen."""

import pytest

from app.accounts import names


@pytest.mark.parametrize("name", ["\u115f", "\u3164\u3164", "\uffa0", "Ada\u1160"])
def test_letters_of_which_nothing_is_seen_are_no_name(name: str) -> None:
    assert names.fault(names.tidy(name)) is not None


@pytest.mark.parametrize("name", ["Ада Лавлейс", "김민준", "Ðặng Thị Ngọc", "نرگس\u200cجان"])
def test_names_of_any_script_still_are(name: str) -> None:
    assert names.fault(names.tidy(name)) is None
