import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import passwords
from app.accounts.hashing import hash_password, is_outdated, verify
from tests.conftest import SHIPPED_HASH


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("eleven char", "short"),
        ("x" * 201, "long"),
        ("nul\0 in the middle", "unusable"),
        ("abcabcabcabc", "simple"),
        ("a1b2c3a1b2c3", "simple"),
        ("aaaaaaaaaaaaaaaa", "simple"),
        ("123456789012", "simple"),
        ("qwertyuiop123456", "simple"),
        ("Password123456!", "common"),
        ("P@ssw0rd20262027", "common"),
        ("correct horse battery staple", "common"),
        ("Imagery Rescripting 1", "common"),
        ("ada example 1", "own"),
        ("ada@example.org", "own"),
        ("ADAEXAMPLE2027", "own"),
        ("grey heron under lamps", None),
        ("пять серых цапель", None),
        ("蒼い湖と灰色の鷺と秋の舟歌と", None),
    ],
)
def test_fault_names_what_is_wrong(password: str, expected: str | None) -> None:
    assert passwords.fault(password, ("Ada Example", "ada@example.org")) == expected


@given(st.text(max_size=250), st.lists(st.text(max_size=30), max_size=3))
def test_fault_answers_whatever_is_typed(password: str, own_words: list[str]) -> None:
    assert passwords.fault(password, own_words) in {None, "short", "long", "unusable", "simple", "common", "own"}


def test_a_password_proves_right_on_a_keyboard_that_composes_accents_otherwise() -> None:
    hashed = hash_password("cafe\u0301 noir au matin")

    assert verify(hashed, "caf\u00e9 noir au matin")
    assert not verify(hashed, "cafe noir au matin")


def test_hashes_cost_what_owasp_asks_for() -> None:
    """Made before tests/conftest.py put a quick hasher in its place."""
    assert SHIPPED_HASH.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_nobodys_password_is_never_right() -> None:
    assert not verify(None, "The password of somebody who is not there.")


def test_a_damaged_hash_is_never_right() -> None:
    assert not verify("not a hash", "grey heron under lamps")


def test_a_hash_made_with_weaker_parameters_is_outdated() -> None:
    assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQxMjM0$3ZrRDgs3iL5CJ6UrPUbsCA")
    assert not is_outdated(hash_password("grey heron under lamps"))
