"""What is wrong with the files, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    path: str
    """Relative to the folder that holds course/, modules/ and quizzes/."""
    line: int
    """From 1."""
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} {self.mend}"


class CourseFaults(Exception):
    """A course that cannot be served, with everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
