"""The pages before and after reading and of the final test, which only the sample course has."""

import random
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Literal
from uuid import UUID

from app import clock, demo
from app.assessment import queries as attempts
from app.assessment import services as quizzes
from app.assessment import starting
from app.assessment.records import AttemptRecord
from app.assessment.turns import Waits
from app.content.records import Course
from tests.browser.instance import Instance

PAGES = (
    ("module-before-reading", "/modules/serving", "lea"),
    ("before-reading-question", "{before-begun}/1", "max"),
    ("before-reading-saved", "{before}/2", "mia"),
    ("before-reading-end", "{before}/result", "mia"),
    ("module-while-reading", "/modules/serving", "mia"),
    ("module-after-reading", "/modules/serving", "noa"),
    ("quiz-after-reading", "/quizzes/serving", "noa"),
    ("after-reading-end", "{after}/result", "ole"),
    ("final-first-time", "/quizzes/final", "lea"),
    ("final-question", "{final-begun}/1", "max"),
    ("final-saved-harm", "{final-harm}", "mia"),
    ("final-saved-order", "{final-order}", "mia"),
    ("final-not-passed", "{final-failed}/result", "mia"),
    ("final-waiting", "/quizzes/final", "mia"),
    ("final-passed", "{final-passed}/result", "ole"),
    ("final-with-attempts", "/quizzes/final", "ole"),
)
"""Name, address and who looks at it; an address in braces is filled in by `fill`."""
NO_WAIT = Waits(timedelta(0), timedelta(0))


def fill(instance: Instance, people: MutableMapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    """Put people where the pages need them."""
    for name in ("Lea Roth", "Max Bauer", "Mia Conti", "Noa Levi", "Ole Berg"):
        people[name.split()[0].lower()] = instance.join(name).person_id
    for who in ("noa", "ole"):
        instance.read(people[who], "serving")
    with instance.committing() as course:
        _add_sets(course, people, addresses)
        _add_finals(course, people, addresses)


def _add_sets(course: Course, people: MutableMapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    addresses["before-begun"] = _address(_set(course, people["max"], "before"))
    addresses["before"] = _address(_answer(_set(course, people["mia"], "before"), right=False))
    _answer(_set(course, people["noa"], "before"), right=True)
    _answer(_set(course, people["ole"], "before"), right=False)
    addresses["after"] = _address(_answer(_set(course, people["ole"], "after"), right=True))


def _add_finals(course: Course, people: MutableMapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    addresses["final-begun"] = _address(_final(course, people["max"]))
    failed = _answer(_final(course, people["mia"]), right=False)
    addresses["final-failed"] = _address(failed)
    for name, end in (("final-harm", "-ask"), ("final-order", "-steps")):
        position = next(item.position for item in failed.items if item.question_id.endswith(end))
        addresses[name] = f"{_address(failed)}/{position}"
    addresses["final-passed"] = _address(_answer(_final(course, people["ole"]), right=True))


def _set(course: Course, person_id: UUID, kind: Literal["before", "after"]) -> AttemptRecord:
    rng, now = random.Random(0), clock.now()
    return attempts.attempt(
        starting.start_set(course, person_id, "serving", kind, mark=80, now=now, rng=rng), person_id
    )


def _final(course: Course, person_id: UUID) -> AttemptRecord:
    rng, now = random.Random(0), clock.now()
    return attempts.attempt(
        starting.start_final(course, person_id, mark=80, waits=NO_WAIT, now=now, rng=rng), person_id
    )


def _answer(attempt: AttemptRecord, *, right: bool) -> AttemptRecord:
    """Every question answered in the best way, or the worst: where harm can be chosen, it is."""
    for item in attempt.items:
        form = demo.answer_to(quizzes.load(item), right=right)
        if not right and item.question_id.endswith("-ask"):
            form = {"option": ["serve"]}
        quizzes.answer(attempt.id, attempt.person_id, item.position, form, now=clock.now())
    return attempt


def _address(attempt: AttemptRecord) -> str:
    return f"/attempts/{attempt.id}"
