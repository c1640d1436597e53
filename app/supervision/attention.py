"""Who needs their supervisor, why, and since when. Pure: computed when asked, and stored nowhere."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from app.assessment.group_records import AttemptLine, GroupAnswer
from app.assessment.records import SCORED
from app.enrolment.records import end_of_day
from app.questions.pinned import Pinned
from app.questions.signs import signs
from app.supervision.reasons import (
    URGENCY,
    Case,
    Details,
    Due,
    Failed,
    Harmful,
    Kind,
    Needs,
    Reason,
    Still,
    Sure,
)
from app.supervision.records import Mark
from app.supervision.standings import Standing

__all__ = [
    "URGENCY", "Case", "Details", "Due", "Failed", "Harmful", "Kind", "Needs", "Reason", "Still", "Sure", "needs",
    "reasons", "rests",
]  # fmt: skip

FAILURES = 3
"""So many failed attempts at one quiz are a reason."""
STILL = timedelta(days=14)
SOON = timedelta(days=14)
"""So long before the due day it begins to count how much is done."""
HALF = Fraction(1, 2)
SURE_CASES = 2
"""In so many different cases somebody has to be sure and wrong about one misconception."""
REST = timedelta(days=7)
"""So long a reason that nothing new can happen to rests once somebody was contacted."""
LONGEST_KEY = 120

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


def reasons(
    standings: Sequence[Standing],
    attempts: Sequence[AttemptLine],
    answers: Sequence[GroupAnswer],
    copies: Mapping[str, Pinned],
    *,
    mark: int,
    now: datetime,
    zone: ZoneInfo,
    starts_on: date | None = None,
) -> tuple[Reason, ...]:
    """Every reason of everybody in `standings`, most urgent first, whatever was noted about it.

    `answers` are all their graded answers (not only the first), `copies` the questions behind them by digest. Nobody
    is still before `starts_on`, the cohort's first day.
    """
    begins = None if starts_on is None else datetime.combine(starts_on, time(), zone)
    tried = _by(attempts, lambda one: one.person_id)
    answered = _by(sorted(answers, key=lambda one: one.answered_at), lambda one: one.person_id)
    found: list[Reason] = []
    for standing in standings:
        mine = answered.get(standing.person_id, ())
        found += _harmful(mine, copies)
        found += _due(standing, now, zone)
        found += _failed(tried.get(standing.person_id, ()), mark)
        found += _sure(mine, copies)
        found += _still(standing, now, begins)
    return tuple(sorted(found, key=_urgency))


def needs(reasons: Iterable[Reason]) -> tuple[Needs, ...]:
    """By person: whoever has the most urgent reason first, of equals whoever has more of them, then the oldest."""
    grouped = _by(sorted(reasons, key=_urgency), lambda one: one.person_id)
    people = [Needs(person_id, tuple(theirs)) for person_id, theirs in grouped.items()]
    return tuple(sorted(people, key=lambda one: (_rank(one.reasons[0]), -len(one.reasons), _urgency(one.reasons[0]))))


def rests(reason: Reason, mark: Mark, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the newest note about a reason keeps it away.

    Snoozed: until its day comes. Contacted: until something new of the kind happens; where time is the reason itself,
    for a week.
    """
    if mark.state == "snoozed":
        return mark.until is not None and now.astimezone(zone).date() < mark.until
    if reason.kind in ("still", "due"):
        return now < mark.marked_at + REST
    return reason.since <= mark.marked_at


def _failed(attempts: Sequence[AttemptLine], mark: int) -> Iterator[Reason]:
    closed = [(one.closed_at, one) for one in attempts if one.closed_at is not None and one.kind in SCORED]
    for quiz_id, tries in _by(closed, lambda one: one[1].quiz_id).items():
        passed_at = max((at for at, one in tries if one.reaches(mark)), default=None)
        failures = [(at, one) for at, one in tries if passed_at is None or at > passed_at]
        if len(failures) >= FAILURES:
            details = Failed(quiz_id, len(failures), max(one.percent or 0 for _, one in failures))
            latest, last = max(failures, key=lambda one: one[0])
            yield _reason("failed", quiz_id, last.person_id, latest, details)


def _harmful(answers: Sequence[GroupAnswer], copies: Mapping[str, Pinned]) -> Iterator[Reason]:
    """`answers`: one person's, oldest first."""
    for objective_id, group in _by(answers, lambda one: copies[one.digest].question.objective).items():
        harmful = [bool(signs(copies[one.digest], one.answer).harmful) for one in group]
        clean = [one for one, harms in zip(group, harmful, strict=True) if not harms]
        left = [one for one, harms in zip(group, harmful, strict=True) if harms and not _made_up(one, clean)]
        if left:
            last, labels = left[-1], copies[left[-1].digest].labels
            details = Harmful(objective_id, labels.objective, tuple(_case(one, copies, _harm) for one in left))
            yield _reason("harmful", objective_id, last.person_id, last.answered_at, details)


def _made_up(harmful: GroupAnswer, clean: Iterable[GroupAnswer]) -> bool:
    """Whether another case of the same objective was answered later without harm."""
    return any(one.vignette_id != harmful.vignette_id and one.answered_at > harmful.answered_at for one in clean)


def _sure(answers: Sequence[GroupAnswer], copies: Mapping[str, Pinned]) -> Iterator[Reason]:
    """`answers`: one person's, oldest first."""
    shown: dict[str, dict[str, GroupAnswer]] = defaultdict(dict)
    for one in answers:
        if one.confidence == "sure":
            for belief in signs(copies[one.digest], one.answer).misconceptions:
                shown[belief][one.vignette_id] = one
    for belief, by_case in sorted(shown.items()):
        if len(by_case) >= SURE_CASES:
            cases = sorted(by_case.values(), key=lambda one: one.answered_at)
            last = cases[-1]
            text = copies[last.digest].labels.misconceptions.get(belief, belief)
            details = Sure(belief, text, tuple(_case(one, copies, lambda *_: "") for one in cases))
            yield _reason("sure", belief, last.person_id, last.answered_at, details)


def _due(standing: Standing, now: datetime, zone: ZoneInfo) -> Iterator[Reason]:
    due_on = standing.member.due_on
    if due_on is None or standing.finished_at is not None:
        return
    end = end_of_day(due_on, zone)
    overdue = now >= end
    if overdue or (now >= end - SOON and standing.share < HALF):
        details = Due(due_on, overdue, standing.done, standing.total)
        yield _reason("due", due_on.isoformat(), standing.person_id, end if overdue else end - SOON, details)


def _still(standing: Standing, now: datetime, begins: datetime | None) -> Iterator[Reason]:
    if standing.finished_at is not None:
        return
    moments = (standing.last_active, standing.member.joined_at, begins)
    since = max(moment for moment in moments if moment is not None)
    if now - since >= STILL:
        details = Still((now - since).days, standing.last_active is not None)
        yield _reason("still", "", standing.person_id, since, details)


def _case(answer: GroupAnswer, copies: Mapping[str, Pinned], what: Callable[[GroupAnswer, Pinned], str]) -> Case:
    copy = copies[answer.digest]
    return Case(copy.vignette.title, what(answer, copy), answer.attempt_id, answer.position, answer.answered_at)


def _harm(answer: GroupAnswer, copy: Pinned) -> str:
    known = copy.labels.harms
    return " ".join(known[id] for id in sorted(signs(copy, answer.answer).harmful) if id in known)


def _reason(kind: Kind, about: str, person_id: UUID, since: datetime, details: Details) -> Reason:
    key = f"{kind}:{about}" if about else kind
    return Reason(kind, key[:LONGEST_KEY], person_id, since, details)


def _rank(reason: Reason) -> int:
    return URGENCY.index(reason.kind)


def _urgency(reason: Reason) -> tuple[int, datetime, str, str]:
    """Of one kind the oldest first."""
    return _rank(reason), reason.since, str(reason.person_id), reason.key


def _by(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    found: dict[Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
