"""What a supervisor notes beside a trainee's name: contacted, put off, taken back."""

from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.content.records import Course
from app.extensions import db
from app.supervision import services
from app.supervision.models import AttentionMark
from tests.conftest import Browser, Clock
from tests.groups import Group
from tests.supervision.seen import needs, resting, words
from tests.supervision.test_cohort import fail, joined, page_of

FAILED = "Failed the quiz “Brewing” 3 times, last on 2 March; the best try reached 0%."


@pytest.fixture
def stuck(course: Course, linden: Group, time: Clock) -> UUID:
    """Ada, who failed three times and is looked at a moment later."""
    time.pass_time(hours=2)
    fail(course, linden.trainee.person_id, time, 3)
    return linden.trainee.person_id


def mark(browser: Browser, cohort: Group, person_id: UUID, act: str, **more: str) -> int:
    data: dict[str, object] = {"person": str(person_id), f"reason-{person_id}": "failed:brewing", "act": act, **more}
    return browser.post(f"{page_of(cohort)}/attention", data).status_code


def test_contacted_takes_somebody_off_the_list_and_says_who_and_when(linden: Group, bo: Browser, stuck: UUID) -> None:
    assert mark(bo, linden, stuck, "contacted") == 303

    page = bo.get(page_of(linden))
    assert needs(page) == []
    assert resting(page) == [f"Ada {FAILED} Contacted by Bo on 2 March."]
    assert "Nobody waits for you. Everybody is getting on, or somebody has just been in touch with them." in words(
        page.text
    )


def test_a_new_failure_brings_back_who_was_contacted(
    course: Course, linden: Group, bo: Browser, stuck: UUID, time: Clock
) -> None:
    mark(bo, linden, stuck, "contacted")
    time.pass_time(days=1)
    fail(course, stuck, time, 1)

    page = bo.get(page_of(linden))

    ((name, reasons),) = needs(page)
    assert (name, [one for one in reasons if "Failed" in one]) == (
        "Ada",
        ["Failed the quiz “Brewing” 4 times, last on 3 March; the best try reached 0%."],
    )
    assert resting(page) == []


def test_another_reason_is_not_hidden(course: Course, linden: Group, bo: Browser, stuck: UUID, time: Clock) -> None:
    mark(bo, linden, stuck, "contacted")
    fail(course, stuck, time, 3, "serving")

    (one,) = needs(bo.get(page_of(linden)))

    assert [words[:28] for words in one[1] if "Brewing" in words or "Serving" in words] == [
        "Failed the quiz “Serving” 3 "
    ]


def test_snoozed_rests_until_its_day_comes(linden: Group, bo: Browser, stuck: UUID, time: Clock) -> None:
    assert mark(bo, linden, stuck, "snooze", until="2027-03-05") == 303

    assert resting(bo.get(page_of(linden))) == [f"Ada {FAILED} Put off to 5 March by Bo on 2 March."]
    time.moment = time.moment.replace(day=4, hour=23)
    assert needs(bo.get(page_of(linden))) == []
    time.moment = time.moment.replace(day=5, hour=0)
    assert needs(bo.get(page_of(linden))) == [("Ada", (FAILED,))]


def test_snooze_proposes_a_week(linden: Group, bo: Browser, stuck: UUID) -> None:
    assert 'name="until" value="2027-03-09" min="2027-03-03"' in bo.get(page_of(linden)).text


@pytest.mark.parametrize("until", ["", "soon", "2027-03-02", "2027-03-01", "2028-03-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_refused_and_nothing_noted(linden: Group, bo: Browser, stuck: UUID, until: str) -> None:
    reason = {f"reason-{stuck}": "failed:brewing"}

    answer = bo.post(f"{page_of(linden)}/attention", {"person": stuck, "act": "snooze", "until": until, **reason})

    assert answer.status_code == 422
    assert answer.text.count('<p class="fault" id="fault"') == 1
    assert '<details class="put-off" open>' in answer.text
    assert noted() == []


def test_undo_brings_it_back(linden: Group, bo: Browser, stuck: UUID) -> None:
    mark(bo, linden, stuck, "contacted")

    assert mark(bo, linden, stuck, "undo") == 303

    assert needs(bo.get(page_of(linden))) == [("Ada", (FAILED,))]
    assert noted() == []


def test_the_newest_note_counts(linden: Group, bo: Browser, stuck: UUID, time: Clock) -> None:
    mark(bo, linden, stuck, "snooze", until="2027-05-01")
    time.pass_time(minutes=1)
    mark(bo, linden, stuck, "contacted")

    assert resting(bo.get(page_of(linden))) == [f"Ada {FAILED} Contacted by Bo on 2 March."]


def test_marks_of_one_cohort_say_nothing_at_another(
    app: Flask, course: Course, linden: Group, cedar: Group, bo: Browser, stuck: UUID, time: Clock
) -> None:
    services.mark_contacted(cedar.cohort_id, stuck, ["failed:brewing"], by=cedar.supervisor.person_id, now=time())
    db.session.commit()

    assert needs(bo.get(page_of(linden))) == [("Ada", (FAILED,))]


def test_who_is_not_in_the_cohort_cannot_be_marked(
    linden: Group, cedar: Group, bo: Browser, stuck: UUID, time: Clock
) -> None:
    joined(cedar, "Eve")

    assert mark(bo, linden, cedar.trainee.person_id, "contacted") == 404
    assert bo.post(f"{page_of(linden)}/attention", {"act": "contacted", "person": "nobody"}).status_code == 404
    assert noted() == []


def test_nobody_else_marks(
    app: Flask, linden: Group, cedar: Group, bea: Browser, stranger: Browser, stuck: UUID
) -> None:
    visitors = [Browser(app, cedar.supervisor), Browser(app, cedar.administrator), Browser(app, linden.trainee)]

    assert [mark(one, linden, stuck, "contacted") for one in (*visitors, bea, stranger)] == [404, 404, 403, 403, 302]
    assert noted() == []


@pytest.mark.parametrize("key", ["", "x" * 121, "failed:\nbrewing"])
def test_a_reason_that_cannot_be_is_not_kept(linden: Group, bo: Browser, stuck: UUID, key: str) -> None:
    data: dict[str, object] = {"person": str(stuck), f"reason-{stuck}": key, "act": "contacted"}

    assert bo.post(f"{page_of(linden)}/attention", data).status_code == 303

    assert noted() == []


def noted() -> list[tuple[str, date | None]]:
    db.session.expire_all()
    return [(one.state, one.until) for one in db.session.scalars(select(AttentionMark))]
