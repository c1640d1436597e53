"""Taking the course as somebody does: starting, answering right or wrong, reading, finishing."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from app import questions
from app.assessment import queries, services, starting
from app.assessment.records import AttemptRecord, ItemRecord
from app.assessment.turns import Waits
from app.content.loader import load_course
from app.content.records import Course
from app.extensions import db
from app.learning.services import mark_read
from app.questions import choice

Form = Mapping[str, Sequence[str]]


def start(course: Course, person_id: UUID, quiz_id: str, now: datetime, *, seed: int = 0, mark: int = 80) -> UUID:
    """A started attempt, committed."""
    attempt_id = starting.start(course, person_id, quiz_id, mark=mark, now=now, rng=random.Random(seed))
    db.session.commit()
    return attempt_id


NO_WAIT = Waits(timedelta(0), timedelta(0))


def start_final(course: Course, person_id: UUID, now: datetime, *, seed: int = 0, waits: Waits = NO_WAIT) -> UUID:
    """A started attempt at the final test, committed."""
    attempt_id = starting.start_final(course, person_id, mark=80, waits=waits, now=now, rng=random.Random(seed))
    db.session.commit()
    return attempt_id


def start_set(course: Course, person_id: UUID, kind: Literal["before", "after"], now: datetime) -> UUID:
    """The started questions before or after reading module `serving`, committed."""
    attempt_id = starting.start_set(course, person_id, "serving", kind, mark=80, now=now, rng=random.Random(0))
    db.session.commit()
    return attempt_id


def start_mending(
    course: Course, person_id: UUID, now: datetime, *, exercise_id: str = "mend-kit", seed: int = 0
) -> UUID:
    """A started attempt at a transcript to mend, committed."""
    rng = random.Random(seed)
    attempt_id = starting.start_mending(course, person_id, exercise_id, mark=80, now=now, rng=rng)
    db.session.commit()
    return attempt_id


def question_of(item: ItemRecord) -> Any:
    """The pinned question, of whatever type."""
    return services.load(item).question


def right(item: ItemRecord) -> Form:
    """The form that earns everything."""
    question = question_of(item)
    kind = questions.TYPES[question.type]
    return kind.form(kind.best(question))


def wrong(item: ItemRecord) -> Form:
    """A form that earns nothing and does no harm where the question lets one choose so."""
    question = question_of(item)
    kind = questions.TYPES[question.type]
    if question.type != "choice":
        return kind.form(kind.worst(question))
    options = sorted(question.options, key=lambda option: (option.correct, option.harmful is not None))
    return {choice.FIELD: [option.id for option in options[: question.marks]]}


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


def finish_modules(course: Course, person_id: UUID, now: datetime) -> None:
    """Everything read, every quiz passed, and the final test still to do."""
    read_all(course, person_id, now)
    for quiz_id in course.quizzes:
        answer_all(start(course, person_id, quiz_id, now), person_id, now)


def finish(course: Course, person_id: UUID, now: datetime) -> None:
    """Everything read, every quiz and the final test passed."""
    finish_modules(course, person_id, now)
    answer_all(start_final(course, person_id, now), person_id, now)


def edited(course_folder: Path, file: str, changes: Mapping[str, str]) -> Course:
    """The course in this folder after replacing words in one of its files; each must be there."""
    path = course_folder / file
    words = path.read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in words, before
        words = words.replace(before, after)
    path.write_text(words, encoding="utf-8")
    return load_course(course_folder)
