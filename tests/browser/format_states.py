"""The states of questions in every format but choice, on the shipped course: open, and answered well and badly."""

from typing import Any
from uuid import UUID

from app import clock
from app.assessment import services as quizzes
from app.assessment.records import AttemptRecord
from app.questions import TYPES
from tests.browser.instance import Instance

QUIZ = "hotspots"
FORMATS = ("order", "match", "hottext", "compose")
PAGES = tuple(
    (f"{type}-{state}", "{" + f"{type}-{state}" + "}", type)
    for type in FORMATS
    for state in ("open", "right", "wrong")
    if (type, state) != ("compose", "wrong")
)
"""(name, address, who)"""


def fill(instance: Instance, people: dict[str, UUID], addresses: dict[str, str]) -> None:
    """One person a format has the three states, in attempts one after another."""
    for type in FORMATS:
        people[type] = instance.join(type.title()).person_id
        for state in ("right", "wrong", "open"):
            _lead_to(instance, people[type], type, state, addresses)


def _lead_to(instance: Instance, person_id: UUID, type: str, state: str, addresses: dict[str, str]) -> None:
    attempt = instance.begin_quiz(person_id, QUIZ, lambda attempt: _place(attempt, type) is not None)
    with instance.committing():
        place = _place(attempt, type)
        assert place is not None
        addresses[f"{type}-{state}"] = f"/attempts/{attempt.id}/{place}"
        for item in attempt.items if state != "open" else attempt.items[: place - 1]:
            right = state != "wrong" or item.position != place
            form = _form(quizzes.load(item), right=right)
            quizzes.answer(
                attempt.id,
                person_id,
                item.position,
                form,
                confidence="fairly" if state == "right" else None,
                now=clock.now(),
            )


def _place(attempt: AttemptRecord, type: str) -> int | None:
    """Of the first graded question of this type; of a composed line where it stands."""
    return next((item.position for item in attempt.items if _suits(quizzes.load(item), type)), None)


def _suits(pinned: Any, type: str) -> bool:
    return bool(pinned.type == type and (pinned.question.graded or type == "compose"))


def _form(pinned: Any, *, right: bool) -> dict[str, list[str]]:
    kind = TYPES[pinned.type]
    return kind.form((kind.best if right else kind.worst)(pinned.question))
