"""What every question type says about an answer: that it cannot be taken, or what it earns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


def N_(message: str) -> str:  # noqa: N802 (the marker by which message extraction finds the string)
    return message


class AnswerError(ValueError):
    """A form that holds no answer. `message` is the English text to look up, filled with `values`."""

    def __init__(self, code: str, message: str, values: Mapping[str, int] | None = None) -> None:
        self.code = code
        self.message = message
        self.values: Mapping[str, int] = dict(values or {})
        super().__init__(message % self.values)


@dataclass(frozen=True, slots=True)
class Grade:
    earned: Fraction
    possible: int = 1
    harmful: tuple[str, ...] = field(default=())
    """Harm ids that the answer brings about."""
    misconceptions: tuple[str, ...] = field(default=())
