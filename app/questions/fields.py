"""Field types that questions and the course's other files share: ids, and text by how much markup it may hold."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
OBJECTIVE_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*\.[1-9][0-9]*$"
REFERENCE_PATTERN = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
CLAIM_PATTERN = r"^[A-Z]+-?[0-9]+(?:-[a-z0-9]+)*$"
CREDIT_PATTERN = r"^(?:0|1|[1-9][0-9]?/[1-9][0-9]?)$"


@dataclass(frozen=True, slots=True)
class Written:
    """Marks a text field with the markup it may hold, so that one check covers every file."""

    markup: Literal["none", "emphasis", "full"]
    line: bool = True
    """One paragraph only: the text is shown where a paragraph cannot stand."""


class Record(BaseModel):
    """What is read from a file or a pinned copy: frozen, and no key but the ones named."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
ObjectiveId = Annotated[str, StringConstraints(pattern=OBJECTIVE_PATTERN)]
ReferenceId = Annotated[str, StringConstraints(pattern=REFERENCE_PATTERN)]
ClaimId = Annotated[str, StringConstraints(pattern=CLAIM_PATTERN)]
Words = Annotated[str, StringConstraints(min_length=1), Written("none")]
Sentence = Annotated[str, StringConstraints(min_length=1), Written("emphasis")]
Paragraphs = Annotated[str, StringConstraints(min_length=1), Written("emphasis", line=False)]
Whole = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]
