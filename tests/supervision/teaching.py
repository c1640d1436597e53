"""Groups that answer as they are told, and what the pages about them say."""

import re
from collections.abc import Iterable
from datetime import datetime
from html import unescape
from uuid import UUID

from app.assessment import queries, services
from app.content.records import Course
from app.extensions import db
from tests.groups import Group, add_trainee
from tests.taking import question_of, right, start, wrong

NAMES = ("Ines", "Uma", "Rolf", "Tove", "Piet", "Sina", "Malu", "Jory", "Wim")


def people(group: Group, count: int, now: datetime) -> list[UUID]:
    """The group's trainee and others, `count` in all."""
    return [
        group.trainee.person_id,
        *(add_trainee(group.cohort_id, name, now) for name in NAMES[1:count]),
    ]


def answer(
    course: Course, person_id: UUID, now: datetime, *, believing: Iterable[str] = (), quiz_id: str = "brewing"
) -> None:
    """One attempt: an option that rests on one of `believing` is chosen wherever there is one, else what is right."""
    attempt_id = start(course, person_id, quiz_id, now, seed=0)
    for item in queries.attempt(attempt_id, person_id).items:
        question = question_of(item)
        falls = [one for one in getattr(question, "options", ()) if one.misconception in set(believing)]
        form = {"option": [one.id for one in falls[:1]]} if falls and question.marks == 1 else right(item)
        services.answer(attempt_id, person_id, item.position, form, now=now)
    db.session.commit()


def fail(course: Course, person_id: UUID, now: datetime, quiz_id: str = "brewing") -> None:
    """One attempt with everything wrong."""
    attempt_id = start(course, person_id, quiz_id, now, seed=0)
    for item in queries.attempt(attempt_id, person_id).items:
        services.answer(attempt_id, person_id, item.position, wrong(item), now=now)
    db.session.commit()


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def words(html: str) -> str:
    """What stands there, markup and line ends aside."""
    inline = re.sub(r"</?(?:em|strong|b)>", "", html)
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", inline).split()))
