"""Rows about a group as the queries return them, made up: who answered what, when, and how that was graded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from app import questions
from app.assessment.group_records import AttemptLine, GroupAnswer
from app.enrolment.records import Member
from app.questions import Pinned
from app.supervision.standings import Standing

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
_NAMES = UUID("00000000-0000-4000-8000-000000000000")


def person(number: int) -> UUID:
    return uuid5(_NAMES, f"person {number}")


def days(number: float) -> timedelta:
    return timedelta(days=number)


def choice(
    id: str = "q",
    *,
    case: str = "case",
    objective: str = "brewing.1",
    wrong: Mapping[str, str] | None = None,
    harmful: Sequence[str] = (),
) -> Pinned:
    """A question with the right option `yes` and the wrong ones `no` and `other`; `wrong`: option -> misconception."""
    beliefs = wrong or {}
    reason = {"reason": "Why.", "basis": "convention"}
    return questions.load(
        "choice",
        1,
        {
            "vignette": {
                "id": case,
                "title": f"Case {case}",
                "condition": "c",
                "phase": "p",
                "setting": "s",
                "text": "Somebody comes.",
            },
            "question": {
                "id": id,
                "type": "choice",
                "objective": objective,
                "decision": "d",
                "stem": f"What now, {id}?",
                "options": [
                    {"id": "yes", "text": "Yes", "correct": True, **reason},
                    *(
                        {
                            "id": option,
                            "text": option.title(),
                            "misconception": beliefs.get(option),
                            "harmful": "scalding" if option in harmful else None,
                            **reason,
                        }
                        for option in ("no", "other")
                    ),
                ],
            },
            "labels": {
                "objective": f"Objective {objective}",
                "sections": [["/modules/brewing/water", "Water"]],
                "misconceptions": {belief: f"Belief {belief}" for belief in beliefs.values()},
                "harms": {"scalding": "It scalds."},
            },
        },
    )


@dataclass
class Sheet:
    """Answers of a group and the copies behind them, as they come in."""

    answers: list[GroupAnswer] = field(default_factory=list)
    copies: dict[str, Pinned] = field(default_factory=dict)

    def add(
        self,
        who: int,
        copy: Pinned,
        said: str = "yes",
        *,
        at: datetime = NOW,
        earned: int | None = None,
        possible: int = 1,
        exposure: int = 1,
        confidence: str | None = None,
        quiz_id: str = "brewing",
        kind: str = "module",
    ) -> None:
        """`said`: the option; what it earns follows from that unless it is given."""
        digest = copy.question.id
        self.copies.setdefault(digest, copy)
        self.answers.append(
            GroupAnswer(
                person_id=person(who),
                attempt_id=uuid5(_NAMES, f"attempt {who}"),
                position=len(self.answers) + 1,
                quiz_id=quiz_id,
                kind=kind,
                digest=digest,
                answer=[said],
                confidence=confidence,
                earned=(possible if said == "yes" else 0) if earned is None else earned,
                possible=possible,
                answered_at=at,
                exposure=exposure,
                scoring_digest=f"scoring {digest}",
                question_id=copy.question.id,
                vignette_id=copy.vignette.id,
            )
        )


def attempt(
    who: int,
    quiz_id: str = "brewing",
    *,
    earned: int | None = None,
    possible: int = 10,
    at: datetime = NOW,
    kind: str = "module",
) -> AttemptLine:
    """Closed at `at` with `earned`, or open since then."""
    closed = earned is not None
    return AttemptLine(
        person_id=person(who),
        attempt_id=uuid5(_NAMES, f"{who} {quiz_id} {at}"),
        quiz_id=quiz_id,
        kind=kind,
        form=None,
        earned=earned,
        possible=possible if closed else None,
        started_at=at - timedelta(minutes=20) if closed else at,
        closed_at=at if closed else None,
    )


def member(who: int, *, joined: datetime = NOW, due_on: date | None = None) -> Member:
    return Member(who, person(who), joined, due_on, False, True)


def standing(
    who: int = 1,
    *,
    joined: datetime = NOW,
    due_on: date | None = None,
    done: int = 0,
    total: int = 10,
    finished: datetime | None = None,
    active: datetime | None = None,
) -> Standing:
    return Standing(member(who, joined=joined, due_on=due_on), (), done, total, finished, active)


def shuffled(values: Sequence[Any], rng: Any, count: int) -> list[Any]:
    """`count` of them, in any order, none twice."""
    return list(rng.sample(list(values), count))
