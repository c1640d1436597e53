"""Who needs their supervisor, and which notes keep a reason away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from app.assessment.group_records import AttemptLine
from app.questions import Pinned, load
from app.supervision.attention import Due, Failed, Harmful, Reason, Still, Sure, needs, reasons, rests
from app.supervision.records import Mark
from app.supervision.standings import Standing
from tests.supervision.rows import NOW, Sheet, attempt, choice, days, person, standing

BERLIN = ZoneInfo("Europe/Berlin")


def found(
    *rows: Standing,
    attempts: Sequence[AttemptLine] = (),
    sheet: Sheet | None = None,
    now: datetime = NOW,
    starts_on: date | None = None,
) -> tuple[Reason, ...]:
    told = sheet or Sheet()
    return reasons(
        rows or [standing(1, active=now)],
        attempts,
        told.answers,
        told.copies,
        mark=80,
        now=now,
        zone=BERLIN,
        starts_on=starts_on,
    )


def failures(*days_ago: float, who: int = 1, quiz_id: str = "brewing") -> list[AttemptLine]:
    return [attempt(who, quiz_id, earned=5 + place, at=NOW - days(ago)) for place, ago in enumerate(days_ago)]


# Failed


def test_three_failed_attempts_are_a_reason() -> None:
    (reason,) = found(attempts=failures(5, 4, 2))

    assert (reason.kind, reason.key, reason.person_id, reason.since) == (
        "failed",
        "failed:brewing",
        person(1),
        NOW - days(2),
    )
    assert reason.details == Failed("brewing", 3, 70)


def test_two_failed_attempts_and_an_open_one_are_none() -> None:
    assert found(attempts=[*failures(5, 4), attempt(1, at=NOW - days(1))]) == ()


def test_failed_attempts_count_at_one_quiz() -> None:
    assert found(attempts=[*failures(5, 4), *failures(3, 2, quiz_id="serving")]) == ()


def test_passing_ends_the_reason() -> None:
    assert found(attempts=[*failures(5, 4, 3), attempt(1, earned=8, at=NOW - days(1))]) == ()


def test_failing_three_times_after_having_passed_is_a_reason() -> None:
    (reason,) = found(attempts=[attempt(1, earned=9, at=NOW - days(9)), *failures(5, 4, 3)])

    assert reason.details == Failed("brewing", 3, 70)


def test_questions_around_the_reading_cannot_be_failed() -> None:
    assert found(attempts=[attempt(1, earned=0, kind="before", at=NOW - days(ago)) for ago in (1, 2, 3)]) == ()


# Harmful

HARM_A = choice("a", case="case-a", objective="serving.1", harmful=["no"])
HARM_B = choice("b", case="case-b", objective="serving.1", harmful=["no"])
OTHER = choice("c", case="case-c", objective="serving.2", harmful=["no"])


def test_harmful_choice_is_a_reason() -> None:
    sheet = Sheet()
    sheet.add(1, HARM_A, "no", at=NOW - days(3))

    (reason,) = found(sheet=sheet)

    assert (reason.kind, reason.key, reason.since) == ("harmful", "harmful:serving.1", NOW - days(3))
    assert isinstance(reason.details, Harmful)
    assert [(one.title, one.what, one.position) for one in reason.details.cases] == [("Case case-a", "It scalds.", 1)]


def test_wrong_choice_without_harm_is_none() -> None:
    sheet = Sheet()
    sheet.add(1, HARM_A, "other")

    assert found(sheet=sheet) == ()


def test_parallel_case_without_harm_makes_up_for_it() -> None:
    """Not harmful is enough; it need not be right."""
    sheet = Sheet()
    sheet.add(1, HARM_A, "no", at=NOW - days(3))
    sheet.add(1, HARM_B, "other", at=NOW - days(2))

    assert found(sheet=sheet) == ()


@pytest.mark.parametrize(
    ("copy", "ago"), [(HARM_A, 2), (OTHER, 2), (HARM_B, 4)], ids=["same case", "other objective", "earlier"]
)
def test_nothing_else_makes_up_for_it(copy: Pinned, ago: int) -> None:
    sheet = Sheet()
    sheet.add(1, HARM_A, "no", at=NOW - days(3))
    sheet.add(1, copy, "yes", at=NOW - days(ago), exposure=2)

    assert [reason.key for reason in found(sheet=sheet)] == ["harmful:serving.1"]


def test_nobody_else_makes_up_for_it() -> None:
    sheet = Sheet()
    sheet.add(1, HARM_A, "no", at=NOW - days(3))
    sheet.add(2, HARM_B, "yes", at=NOW - days(2))

    rows = [standing(1, active=NOW), standing(2, active=NOW)]

    assert [reason.person_id for reason in found(*rows, sheet=sheet)] == [person(1)]


def test_harm_after_it_was_made_up_for_is_a_reason_again() -> None:
    sheet = Sheet()
    sheet.add(1, HARM_A, "no", at=NOW - days(3))
    sheet.add(1, HARM_B, "yes", at=NOW - days(2))
    sheet.add(1, HARM_B, "no", at=NOW - days(1), exposure=2)

    (reason,) = found(sheet=sheet)

    assert reason.since == NOW - days(1)
    assert isinstance(reason.details, Harmful)
    assert [one.title for one in reason.details.cases] == ["Case case-b"]


def test_unsafe_order_is_a_harmful_choice() -> None:
    sheet = Sheet()
    sheet.add(1, _order(), "yes", at=NOW - days(1), earned=0)
    sheet.answers[0] = replace(sheet.answers[0], answer=["pour", "ask", "rest"])

    (reason,) = found(sheet=sheet)

    assert isinstance(reason.details, Harmful)
    assert [(one.title, one.what) for one in reason.details.cases] == [("Case order", "")]


def _order() -> Pinned:
    reason = {"reason": "Why.", "basis": "convention"}
    base = choice("order", case="order")
    return load(
        "order",
        1,
        {
            "vignette": base.vignette.model_dump(mode="json"),
            "question": {
                "id": "order",
                "type": "order",
                "objective": "serving.1",
                "decision": "d",
                "stem": "In which order?",
                "steps": [{"id": id, "text": id.title()} for id in ("ask", "pour", "rest")],
                "before": [
                    {"pair": ["ask", "pour"], "safety": True, **reason},
                    {"pair": ["pour", "rest"], **reason},
                ],
            },
            "labels": base.labels.model_dump(mode="json"),
        },
    )


# Still


def test_fourteen_days_of_nothing_are_a_reason() -> None:
    (reason,) = found(standing(joined=NOW - days(60), active=NOW - days(14)))

    assert (reason.kind, reason.key, reason.since, reason.details) == (
        "still",
        "still",
        NOW - days(14),
        Still(14, True),
    )


def test_a_second_less_is_none() -> None:
    assert found(standing(joined=NOW - days(60), active=NOW - days(14) + timedelta(seconds=1))) == ()


def test_whoever_never_began_is_still_since_joining() -> None:
    (reason,) = found(standing(joined=NOW - days(20)))

    assert (reason.since, reason.details) == (NOW - days(20), Still(20, False))


def test_what_was_done_long_before_joining_is_no_reason() -> None:
    assert found(standing(joined=NOW - days(2), active=NOW - days(100))) == ()


def test_nobody_is_still_before_the_cohort_begins() -> None:
    waiting = standing(joined=NOW - days(40))

    assert found(waiting, starts_on=date(2027, 2, 20)) == ()
    assert [one.kind for one in found(waiting, starts_on=date(2027, 2, 10))] == ["still"]


def test_whoever_has_finished_is_left_in_peace() -> None:
    done = standing(
        joined=NOW - days(90), done=10, finished=NOW - days(40), active=NOW - days(40), due_on=date(2027, 2, 1)
    )

    assert found(done) == ()


# Due


@pytest.mark.parametrize(("due_on", "kinds"), [(date(2027, 3, 15), ["due"]), (date(2027, 3, 16), [])])
def test_due_within_fourteen_days_and_less_than_half_done(due_on: date, kinds: list[str]) -> None:
    """In Berlin the 15th ends when it is 23:00 UTC: fourteen days away, to the second."""
    now = datetime(2027, 3, 1, 23, 0, tzinfo=UTC)

    assert [one.kind for one in found(standing(due_on=due_on, done=4, active=now), now=now)] == kinds


def test_due_with_half_done_is_none() -> None:
    assert found(standing(due_on=date(2027, 3, 5), done=5, active=NOW)) == ()


def test_due_reason_says_how_much_is_done() -> None:
    (reason,) = found(standing(due_on=date(2027, 3, 5), done=4, active=NOW))

    assert (reason.key, reason.details) == ("due:2027-03-05", Due(date(2027, 3, 5), False, 4, 10))
    assert reason.since == datetime(2027, 2, 20, 0, 0, tzinfo=BERLIN)


def test_overdue_is_a_reason_however_much_is_done() -> None:
    """The last day ends at midnight where the institute is."""
    late = standing(due_on=date(2027, 2, 28), done=9, active=NOW)

    assert found(late, now=datetime(2027, 2, 28, 22, 59, tzinfo=UTC)) == ()
    (reason,) = found(late, now=datetime(2027, 2, 28, 23, 0, tzinfo=UTC))
    assert reason.details == Due(date(2027, 2, 28), True, 9, 10)
    assert reason.since == datetime(2027, 3, 1, 0, 0, tzinfo=BERLIN)


def test_no_due_day_is_no_reason() -> None:
    assert found(standing(active=NOW)) == ()


# Sure

BELIEF_A = choice("a", case="case-a", wrong={"no": "longer-is-stronger"})
BELIEF_B = choice("b", case="case-b", wrong={"no": "longer-is-stronger", "other": "boiling-for-all"})
BELIEF_A2 = choice("a2", case="case-a", wrong={"no": "longer-is-stronger"})


def test_sure_and_wrong_in_two_cases_is_a_reason() -> None:
    sheet = Sheet()
    sheet.add(1, BELIEF_A, "no", confidence="sure", at=NOW - days(4))
    sheet.add(1, BELIEF_B, "no", confidence="sure", at=NOW - days(1))

    (reason,) = found(sheet=sheet)

    assert (reason.kind, reason.key, reason.since) == ("sure", "sure:longer-is-stronger", NOW - days(1))
    assert isinstance(reason.details, Sure)
    assert reason.details.text == "Belief longer-is-stronger"
    assert [one.title for one in reason.details.cases] == ["Case case-a", "Case case-b"]


@pytest.mark.parametrize(
    ("copy", "said", "confidence", "who"),
    [
        (BELIEF_B, "no", "fairly", 1),
        (BELIEF_B, "yes", "sure", 1),
        (BELIEF_B, "other", "sure", 1),
        (BELIEF_A, "no", "sure", 1),
        (BELIEF_A2, "no", "sure", 1),
        (BELIEF_B, "no", "sure", 2),
    ],
    ids=["not sure", "right", "another belief", "the same again", "the same case", "somebody else"],
)
def test_once_sure_and_wrong_is_none(copy: Pinned, said: str, confidence: str, who: int) -> None:
    sheet = Sheet()
    sheet.add(1, BELIEF_A, "no", confidence="sure", at=NOW - days(4))
    sheet.add(who, copy, said, confidence=confidence, at=NOW - days(1))

    assert found(standing(1, active=NOW), standing(2, active=NOW), sheet=sheet) == ()


# In which order


def test_reasons_come_by_urgency_and_people_with_all_of_theirs() -> None:
    sheet = Sheet()
    sheet.add(3, HARM_A, "no", at=NOW - days(1))
    rows = [
        standing(1, joined=NOW - days(30)),
        standing(2, joined=NOW - days(20)),
        standing(3, active=NOW),
        standing(4, joined=NOW - days(15), due_on=date(2027, 3, 3)),
        standing(5, active=NOW, due_on=date(2027, 3, 3)),
    ]

    grouped = needs(found(*rows, sheet=sheet))

    assert [(one.person_id, [reason.kind for reason in one.reasons]) for one in grouped] == [
        (person(3), ["harmful"]),
        (person(4), ["due", "still"]),
        (person(5), ["due"]),
        (person(1), ["still"]),
        (person(2), ["still"]),
    ]


def test_keys_fit_the_column() -> None:
    (reason,) = found(attempts=failures(3, 2, 1, quiz_id="q" * 200))

    assert len(reason.key) == 120


# Notes


def mark(state: Literal["contacted", "snoozed"], at: datetime, until: date | None = None) -> Mark:
    return Mark(person(1), "whatever", state, until, UUID(int=9), at)


def test_contacted_rests_until_something_new_of_the_kind_happens() -> None:
    contacted = mark("contacted", NOW - days(1))
    (before,) = found(attempts=failures(5, 4, 2))
    (after,) = found(attempts=[*failures(5, 4, 2), attempt(1, earned=6, at=NOW - days(0.5))])

    assert rests(before, contacted, NOW + days(100), BERLIN) is True
    assert rests(after, contacted, NOW, BERLIN) is False
    assert before.key == after.key


def test_contacted_about_time_rests_for_a_week() -> None:
    contacted = mark("contacted", NOW)
    (still,) = found(standing(joined=NOW - days(20)))
    (due,) = found(standing(due_on=date(2027, 3, 5), active=NOW))

    for reason in (still, due):
        assert rests(reason, contacted, NOW + days(7) - timedelta(seconds=1), BERLIN) is True
        assert rests(reason, contacted, NOW + days(7), BERLIN) is False


def test_snoozed_rests_until_its_day_begins_where_the_institute_is() -> None:
    snoozed = mark("snoozed", NOW, date(2027, 3, 10))
    (reason,) = found(attempts=failures(5, 4, 2))

    assert rests(reason, snoozed, datetime(2027, 3, 9, 22, 59, tzinfo=UTC), BERLIN) is True
    assert rests(reason, snoozed, datetime(2027, 3, 9, 23, 0, tzinfo=UTC), BERLIN) is False


def test_extended_day_is_a_new_matter() -> None:
    (before,) = found(standing(due_on=date(2027, 3, 5), active=NOW))
    (after,) = found(standing(due_on=date(2027, 3, 9), active=NOW))

    assert before.key != after.key
