"""What a certificate asks for. Pure: values only."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReadSection:
    """One section has to be marked as read."""

    module_id: str
    section_id: str


@dataclass(frozen=True, slots=True)
class PassQuiz:
    """One closed attempt at this quiz has to reach `mark` per cent."""

    quiz_id: str
    mark: int


Requirement = ReadSection | PassQuiz


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked, by whom. `institute_id` None means the course itself."""

    institute_id: int | None
    pass_mark: int
    requirements: tuple[Requirement, ...]
    in_order: bool = False
    """Whether the next module opens only when the one before is done."""
    due_on: date | None = None
    """The last day, if there is one."""
