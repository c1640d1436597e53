"""A question on the shipped course in its states: open, answered in every way, noted, disputed and replied to."""

from collections.abc import Mapping, MutableMapping
from typing import Any
from uuid import UUID

from app import clock, demo
from app.assessment import dispute_queries, disputes
from app.assessment import services as quizzes
from app.assessment.records import AttemptRecord, ItemRecord
from tests.browser import acts
from tests.browser.acts import State
from tests.browser.instance import Instance

QUIZ = "hotspots"
STATES = (
    State("question-one", "{question-one}", who="fay"),
    State("question-several", "{question-several}", who="gil"),
    State("question-fault", "{question-several}", who="gil", act=acts.answer, status=422),
    State("question-unsent", "{question-one}", who="fay", act=acts.answer_without_a_line),
    State("question-content-note", "{question-noted}", who="hana"),
    State("answered-right", "{answered-right}", who="ivo"),
    State("answered-wrong", "{answered-wrong}", who="ivo"),
    State("answered-partly", "{answered-partly}", who="ivo"),
    State("dispute-form", "{answered-wrong}", who="ivo", act=acts.open_dispute),
    State("dispute-faults", "{answered-wrong}", who="ivo", act=acts.send_empty_dispute, status=422),
    State("disputed", "{disputed}", who="jo"),
    State("dispute-replied", "{dispute-replied}", who="jo"),
    State("course-with-reply", "/course", who="jo"),
    State("disputes", "/disputes", who="bea"),
    State("dispute-to-reply", "{dispute-to-reply}", who="bea"),
    State("dispute-to-reply-faults", "{dispute-to-reply}", who="bea", act=acts.push("Send the reply"), status=422),
    State("dispute-settled", "{dispute-settled}", who="bea"),
)


def fill(instance: Instance, people: MutableMapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    """Put people where the pages need them."""
    for name in ("Fay Osei", "Gil Amado", "Hana Kovář", "Ivo Marin", "Jo Lund"):
        people[name.split()[0].lower()] = instance.join(name).person_id
    _add_questions(instance, people, addresses)
    _add_disputes(instance, people, addresses)


def _add_questions(instance: Instance, people: Mapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    single = instance.begin_quiz(people["fay"], QUIZ, lambda attempt: _first(attempt, several=False, note=False))
    several = instance.begin_quiz(people["gil"], QUIZ, lambda attempt: _first(attempt, several=True, note=False))
    noted = instance.begin_quiz(people["hana"], QUIZ, lambda attempt: _first(attempt, several=None, note=True))
    for name, attempt in (("question-one", single), ("question-several", several), ("question-noted", noted)):
        addresses[name] = f"/attempts/{attempt.id}/1"
    _answer_in_every_way(instance, people["ivo"], addresses)


def _answer_in_every_way(instance: Instance, person_id: UUID, addresses: MutableMapping[str, str]) -> None:
    attempt = instance.begin_quiz(
        person_id, QUIZ, lambda attempt: any(_half_right(quizzes.load(item)) for item in attempt.items)
    )
    with instance.committing():
        for item in attempt.items:
            pinned, right = quizzes.load(item), "answered-right" not in addresses
            name, form = f"answered-{'right' if right else 'wrong'}", demo.answer_to(pinned, right=right)
            if half := _half_right(pinned):
                name, form = "answered-partly", half
            quizzes.answer(attempt.id, person_id, item.position, form, now=clock.now())
            addresses.setdefault(name, f"/attempts/{attempt.id}/{item.position}")


def _half_right(pinned: Any) -> dict[str, list[str]] | None:
    """The best answer with one of its options put out for a wrong but harmless one; None where there is no such."""
    if pinned.type != "choice":
        return None
    ((name, best),) = demo.answer_to(pinned, right=True).items()
    harmless = [option.id for option in pinned.question.options if not (option.correct or option.harmful)]
    return {name: [*best[1:], harmless[0]]} if len(best) > 1 and harmless else None


def _has_several(item: ItemRecord) -> bool:
    (best,) = demo.answer_to(quizzes.load(item), right=True).values()
    return len(best) > 1


def _first(attempt: AttemptRecord, *, several: bool | None, note: bool) -> bool:
    item = attempt.items[0]
    pinned = quizzes.load(item)
    has_note = pinned.vignette.content_note is not None
    return pinned.type == "choice" and has_note == note and (several is None or _has_several(item) == several)


def _add_disputes(instance: Instance, people: Mapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    jo, now = people["jo"], clock.now()
    attempt = instance.begin_quiz(jo, QUIZ)
    texts = (
        "The first two say almost the same; I would have called both right.\n\nThe section on hotspots does, too.",
        "There is a word missing in the second line.",
    )
    with instance.committing():
        for item, text in zip(attempt.items, texts, strict=False):
            form = demo.answer_to(quizzes.load(item), right=False)
            quizzes.answer(attempt.id, jo, item.position, form, confidence="sure", now=now)
            disputes.dispute(attempt.id, jo, item.position, text, now=now)
        bea = dispute_queries.Replier(people["bea"], administrator=True)
        waiting, settled = (one.id for one in dispute_queries.disputes(bea, 0, 2))
        disputes.reply(settled, bea, "Thank you, it is there now.", now=now)
    addresses["disputed"] = f"/attempts/{attempt.id}/1"
    addresses["dispute-replied"] = f"/attempts/{attempt.id}/2"
    addresses["dispute-to-reply"] = f"/disputes/{waiting}"
    addresses["dispute-settled"] = f"/disputes/{settled}"
