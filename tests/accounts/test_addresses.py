import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.addresses import BadAddress, key, loose_key


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("ada@clinic.local", "ada@clinic.local"),
        ("ada+course@example.org", "ada+course@example.org"),
        ("ada@münchen.de", "ada@xn--mnchen-3ya.de"),
    ],
)
def test_key_is_one_for_one_address(typed: str, expected: str) -> None:
    assert key(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "ada@",
        "ada@localhost",
        "ada@[127.0.0.1]",
        '"ada smith"@example.org',
        "ada@localhost@example.org",
        "Ada <ada@example.org>",
        "ada@example.org\nBcc: cy@example.org",
        "ada@example.org, cy@example.org",
        "аda@example.org",  # a Cyrillic а
        "ada@" + "x" * 300 + ".org",
    ],
)
def test_key_refuses_what_no_letter_reaches(typed: str) -> None:
    with pytest.raises(BadAddress):
        key(typed)


@given(st.text(max_size=400))
def test_loose_key_takes_whatever_is_typed(typed: str) -> None:
    assert len(loose_key(typed)) <= 254
    assert "\0" not in loose_key(typed)
