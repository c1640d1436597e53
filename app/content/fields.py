"""Types that several of the course's files share."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from app.questions.fields import Record, Whole, Words, Written

Minutes = Annotated[Whole, Field(ge=1, le=600)]
SectionRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*#[a-z0-9]+(?:-[a-z0-9]+)*$")]
"""module#section"""
SafeAddress = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"'`\\]+$")]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.[0-9]{4,9}/[^\s<>\"]+$")]
FILE_PATTERN = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*\.[a-z0-9]+$"
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Z]{2})?$")]
Rich = Annotated[str, StringConstraints(min_length=1), Written("full")]
RichParagraphs = Annotated[str, StringConstraints(min_length=1), Written("full", line=False)]
FileName = Annotated[str, StringConstraints(pattern=FILE_PATTERN)]


class ReviewEntry(Record):
    by: Words
    on: date
