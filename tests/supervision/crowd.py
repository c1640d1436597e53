"""Many trainees at once, as rows: what services would take minutes for."""

import random
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert

from app import questions
from app.content.pinning import Version, pin
from app.content.records import Course
from app.extensions import Base, db
from app.versions.services import keep

TABLES = Base.metadata.tables
_read: dict[str, questions.Pinned] = {}


def crowd(
    course: Course, cohort_id: int, count: int, now: datetime, *, cases: int = 5, seed: int = 1
) -> tuple[UUID, ...]:
    """`count` more trainees who read everything and closed one attempt at each quiz, committed."""
    rng = random.Random(seed)
    banks = {quiz.id: _versions(course, quiz.id) for quiz in course.quizzes.values()}
    keep([version for bank in banks.values() for case in bank for version in case], now)
    people = tuple(uuid4() for _ in range(count))
    attempts, items, responses = [], [], []
    for person_id in people:
        for quiz_id, bank in banks.items():
            drawn = [version for case in rng.sample(bank, min(cases, len(bank))) for version in case]
            answered = [_answer(version, rng) for version in drawn]
            attempt_id = uuid4()
            attempts.append(_attempt(attempt_id, person_id, quiz_id, sum(one[1] for one in answered), len(drawn), now))
            for position, (version, (answer, earned)) in enumerate(zip(drawn, answered, strict=True), 1):
                place = {"attempt_id": attempt_id, "position": position}
                items.append({**place, "digest": version.digest, "stored_order": [], "exposure": 1})
                confidence = rng.choice(["sure", "fairly", "guessing", None])
                at = now - timedelta(hours=1, seconds=-position)
                responses.append(
                    {
                        **place,
                        "answer": answer,
                        "confidence": confidence,
                        "earned": earned,
                        "possible": 12,
                        "answered_at": at,
                    }
                )
    _insert("people", [{"id": person_id, "created_at": now} for person_id in people])
    _insert("identities", [_identity(number, person_id, now) for number, person_id in enumerate(people)])
    _insert("memberships", [_membership(cohort_id, person_id, now) for person_id in people])
    _insert("section_reads", [read for person_id in people for read in _reads(course, person_id, now)])
    _insert("attempts", attempts)
    _insert("attempt_items", items)
    _insert("responses", responses)
    db.session.commit()
    return people


def _versions(course: Course, quiz_id: str) -> list[list[Version]]:
    """Of every case of a bank the graded questions."""
    return [
        [pin(course, case, question) for question in case.questions if question.graded]
        for case in course.quizzes[quiz_id].bank
    ]


def _answer(version: Version, rng: random.Random) -> tuple[object, int]:
    """The best answer or the worst, as it is stored, and what it earns in twelfths."""
    kind = questions.TYPES[version.type]
    if version.digest not in _read:
        _read[version.digest] = questions.load(version.type, version.schema_version, version.data)
    question = _read[version.digest].question
    answer = kind.best(question) if rng.random() < 0.75 else kind.worst(question)
    return kind.answer_data(answer), round(12 * kind.grade(question, answer).earned)


def _attempt(id: UUID, person_id: UUID, quiz_id: str, earned: int, asked: int, now: datetime) -> dict[str, object]:
    return {
        "id": id,
        "person_id": person_id,
        "quiz_id": quiz_id,
        "kind": "module",
        "form": None,
        "edition": "1",
        "pass_mark": 80,
        "started_at": now - timedelta(hours=1),
        "closed_at": now,
        "earned": earned,
        "possible": 12 * asked,
    }


def _identity(number: int, person_id: UUID, now: datetime) -> dict[str, object]:
    email = f"trainee-{person_id}@example.org"
    return {
        "person_id": person_id,
        "name": f"Trainee {number}",
        "email": email,
        "email_key": email,
        "password_hash": "none",
        "administrator": False,
        "created_at": now,
        "changed_at": now,
    }


def _membership(cohort_id: int, person_id: UUID, now: datetime) -> dict[str, object]:
    return {"cohort_id": cohort_id, "person_id": person_id, "joined_at": now, "reminders": True}


def _reads(course: Course, person_id: UUID, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "person_id": person_id,
            "module_id": module.id,
            "section_id": section.id,
            "edition": "1",
            "read_at": now - timedelta(hours=2),
        }
        for module in course.modules
        for section in module.sections
    ]


def _insert(table: str, rows: list[dict[str, object]]) -> None:
    if rows:
        db.session.execute(insert(TABLES[table]), rows)
