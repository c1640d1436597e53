"""The pages of transcripts to mend in their states, on the shipped course: before, between, after, and in the list."""

import random
from collections.abc import MutableMapping
from uuid import UUID

from app import clock, demo
from app.assessment import queries as attempts
from app.assessment import self_ratings, starting
from app.assessment import services as quizzes
from app.assessment.records import AttemptRecord
from app.content.records import Course
from tests.browser.instance import Instance

PAGES = (
    ("sessions-of-all-kinds", "/scenarios", "tess"),
    ("mend-before", "{mend-noted}", "tess"),
    ("mend-before-again", "{mend-first}", "tess"),
    ("mend-find", "{mend-begun}/1", "uma"),
    ("mend-line", "{mend-looked-for}/2", "vera"),
    ("mend-line-kept", "{mended}/2", "tess"),
    ("mended", "{mended}/result", "tess"),
    ("mended-elsewhere", "{mended-elsewhere}/result", "uma"),
)
"""Name, address and who looks at it; an address in braces is filled in by `fill`."""


def fill(instance: Instance, people: MutableMapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    """Put people where the pages need them."""
    for name in ("Tess Varga", "Uma Reis", "Vera Holm"):
        people[name.split()[0].lower()] = instance.join(name).person_id
    with instance.committing() as course:
        first, second = (exercise.id for exercise in course.mending[:2])
        addresses["mend-first"] = f"/mend/{first}"
        addresses["mend-noted"] = f"/mend/{next(one.id for one in course.mending if one.content_note)}"
        mended = _answer(_begin(course, people["tess"], first))
        self_ratings.rate(mended.id, mended.person_id, 2, (), now=clock.now())
        _begin(course, people["tess"], second)
        addresses["mended"] = f"/attempts/{mended.id}"
        elsewhere = _answer(_begin(course, people["uma"], first), right=False)
        addresses["mended-elsewhere"] = f"/attempts/{elsewhere.id}"
        addresses["mend-begun"] = f"/attempts/{_begin(course, people['uma'], first).id}"
        looked_for = _answer(_begin(course, people["vera"], first), right=False, questions=1)
        addresses["mend-looked-for"] = f"/attempts/{looked_for.id}"


def _begin(course: Course, person_id: UUID, exercise_id: str) -> AttemptRecord:
    rng, now = random.Random(0), clock.now()
    return attempts.attempt(
        starting.start_mending(course, person_id, exercise_id, mark=80, now=now, rng=rng), person_id
    )


def _answer(attempt: AttemptRecord, *, right: bool = True, questions: int = 2) -> AttemptRecord:
    for item in attempt.items[:questions]:
        form = demo.answer_to(quizzes.load(item), right=right)
        quizzes.answer(attempt.id, attempt.person_id, item.position, form, now=clock.now())
    return attempt
