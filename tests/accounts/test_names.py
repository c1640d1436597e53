import pytest

from app.accounts.names import fault, tidy


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Ada   Łącka-Öz ", None),
        ("Σωκράτης", None),
        ("می\u200cخواهم", None),
        ("", "missing"),
        (" 12 . ", "missing"),
        ("A" * 201, "long"),
        ("Ada\u202egnp.exe", "signs"),
        ("Ada\x07", "signs"),
    ],
)
def test_fault_names_what_is_wrong(typed: str, expected: str | None) -> None:
    assert fault(tidy(typed)) == expected


def test_tidy_composes_and_keeps_one_line() -> None:
    assert tidy(" Zoe\u0308\n  Example ") == "Zoë Example"
