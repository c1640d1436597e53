"""Taking the course as somebody does: starting, answering right or wrong, reading, finishing."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app import questions
from app.assessment import queries, services
from app.assessment.records import AttemptRecord, ItemRecord
from app.content.loader import load_course
from app.content.records import Course
from app.extensions import db
from app.learning.services import mark_read
from app.questions import choice

Form = Mapping[str, Sequence[str]]


def start(course: Course, person_id: UUID, quiz_id: str, now: datetime, *, seed: int = 0, mark: int = 80) -> UUID:
    """A started attempt, committed."""
    attempt_id = services.start(course, person_id, quiz_id, mark=mark, now=now, rng=random.Random(seed))
    db.session.commit()
    return attempt_id


def question_of(item: ItemRecord) -> choice.Question:
    copy = queries.question_copies([item.digest])[item.digest]
    found = questions.load(copy.type, copy.schema_version, copy.data).question
    assert isinstance(found, choice.Question)
    return found


def right(item: ItemRecord) -> Form:
    """The form that earns everything."""
    return {"option": sorted(question_of(item).key)}


def wrong(item: ItemRecord) -> Form:
    """A form that earns nothing and does no harm where the question lets one choose so."""
    question = question_of(item)
    options = sorted(question.options, key=lambda option: (option.correct, option.harmful is not None))
    return {"option": [option.id for option in options[: question.marks]]}


def answer_all(attempt_id: UUID, person_id: UUID, now: datetime, *, wrongly: Sequence[int] = ()) -> AttemptRecord:
    """The attempt, closed: every question answered rightly but those at these positions."""
    for item in queries.attempt(attempt_id, person_id).items:
        form = wrong(item) if item.position in wrongly else right(item)
        services.answer(attempt_id, person_id, item.position, form, now=now)
    db.session.commit()
    return queries.attempt(attempt_id, person_id)


def read_all(course: Course, person_id: UUID, now: datetime) -> None:
    for module in course.modules:
        for section in module.sections:
            mark_read(course, person_id, module.id, section.id, now=now)
    db.session.commit()


def finish(course: Course, person_id: UUID, now: datetime) -> None:
    """Everything read, every quiz passed."""
    read_all(course, person_id, now)
    for quiz_id in course.quizzes:
        answer_all(start(course, person_id, quiz_id, now), person_id, now)


def edited(course_folder: Path, file: str, changes: Mapping[str, str]) -> Course:
    """The course in this folder after replacing words in one of its files; each must be there."""
    path = course_folder / file
    words = path.read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in words, before
        words = words.replace(before, after)
    path.write_text(words, encoding="utf-8")
    return load_course(course_folder)
