"""What every question type says about an answer: that it cannot be taken, or what it earns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias


def N_(message: str) -> str:  # noqa: N802 (the marker by which message extraction finds the string)
    return message


class AnswerError(ValueError):
    """A form that holds no answer. `message` is the English text to look up, filled with `values`."""

    def __init__(self, code: str, message: str, values: Mapping[str, int] | None = None) -> None:
        self.code = code
        self.message = message
        self.values: Mapping[str, int] = dict(values or {})
        super().__init__(message % self.values)


Verdict: TypeAlias = Literal["right", "partly", "wrong"]


@dataclass(frozen=True, slots=True)
class Grade:
    earned: Fraction
    possible: int = 1
    """Every graded question weighs one; 0: the answer is not graded."""
    harmful: tuple[str, ...] = field(default=())
    """Harm ids that the answer brings about."""
    misconceptions: tuple[str, ...] = field(default=())

    @property
    def verdict(self) -> Verdict | None:
        """None: there is nothing to be right or wrong about."""
        if not self.possible:
            return None
        if self.earned == self.possible:
            return "right"
        return "partly" if self.earned else "wrong"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that an answer to a question may say, right or wrong, as those who supervise learners read it."""

    key: str
    """Its own within the question."""
    kind: Literal["option", "pair", "turned", "zone", "line"]
    texts: tuple[str, ...]
    """Markdown. option, zone: one. pair: prompt and answer. turned: two steps as they were put, which is the wrong way
    round. line: who speaks and what is said, outside of all zones."""
    right: bool = False
    misconceptions: tuple[str, ...] = ()
    harmful: str | None = None
    """What it would do: the id of a harm, or of an unsafe order the part's own key."""
    lure: str = ""
    """Markdown of the distractor that whoever says this has fallen for; empty: the part is none."""
