"""The page of a cohort: who needs me, how the group stands, what to teach next."""

import re
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.accounts.models import Identity
from app.assessment import drawing, queries
from app.assessment import services as assessment
from app.content.records import Course
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort
from app.extensions import db
from app.institutes import services as institutes
from app.learning.services import mark_read
from app.questions import compose
from app.supervision.reasons import Case, Details, Due, Failed, Harmful, Reason, Still, Sure
from app.supervision.wording import sentence
from tests.conftest import START, Browser, Clock
from tests.groups import Group, add_trainee, group
from tests.leading import complete, lead
from tests.statements import statements
from tests.supervision.crowd import crowd
from tests.supervision.seen import names, needs, rows, words
from tests.taking import answer_all, finish, read_all, right, start, start_set

ALL = range(1, 20)
"""Positions: every answer is wrong."""


def case(title: str, what: str = "") -> Case:
    return Case(title, what, UUID(int=1), 1, START)


def page_of(cohort: Group) -> str:
    return f"/cohorts/{cohort.cohort_id}"


def joined(cohort: Group, name: str) -> UUID:
    person_id = add_trainee(cohort.cohort_id, name, START)
    db.session.commit()
    return person_id


def fail(course: Course, person_id: UUID, time: Clock, times: int, quiz_id: str = "brewing") -> None:
    for _ in range(times):
        answer_all(start(course, person_id, quiz_id, time()), person_id, time(), wrongly=ALL)
        time.pass_time(hours=1)


# The head


def test_head_says_when_it_is_due_and_where_everybody_stands(
    course: Course, linden: Group, bo: Browser, time: Clock
) -> None:
    finish(course, joined(linden, "Fin"), START)
    mark_read(course, joined(linden, "Under"), "brewing", "water", now=START)
    db.session.commit()

    page = bo.get(page_of(linden))

    head = re.search(r'<header class="group-head.*?</h1>.*?</p>', page.text, re.DOTALL)
    assert head
    assert words(head[0]) == (
        "Due on 1 April, in 31 days Linden Autumn 3 trainees. 1 has finished, 1 is on the way, 1 has not started."
    )


def test_head_counts_those_who_need_somebody(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fail(course, linden.trainee.person_id, time, 3)

    page = bo.get(page_of(linden))

    assert '<a href="#needs">1 needs you.</a>' in page.text


def test_a_last_day_that_is_over_is_said_so(linden: Group, bo: Browser, time: Clock) -> None:
    time.pass_time(days=33)

    assert "Was due on 1 April, 2 days ago" in words(bo.get(page_of(linden)).text)


def test_days_are_those_of_the_institutes_clock(app: Flask, time: Clock) -> None:
    cedar = group("Cedar", ("Cleo", "Cy", "Dan"), now=START, due_on=date(2027, 3, 2))
    db.session.execute(db.text("UPDATE institutes SET time_zone = 'Pacific/Auckland'"))
    db.session.commit()

    page = Browser(app, cedar.supervisor).get(page_of(cedar))

    assert "Due on 2 March, today" in words(page.text)


# Who needs me


def test_every_reason_is_a_sentence_with_its_date(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fail(course, linden.trainee.person_id, time, 3)
    joined(linden, "Zed")
    time.pass_time(days=18)

    assert needs(bo.get(page_of(linden))) == [
        (
            "Ada",
            (
                "Due on 1 April, in 12 days, with 0% done.",
                "Failed the quiz “Brewing” 3 times, last on 2 March; the best try reached 0%.",
                "Nothing since 2 March, for 18 days.",
            ),
        ),
        ("Zed", ("Due on 1 April, in 12 days, with 0% done.", "There since 1 March, and has not started in 18 days.")),
    ]


def test_nobody_waiting_is_said_warmly(linden: Group, bo: Browser) -> None:
    assert "Nobody waits for you: everybody is getting on by themselves." in words(bo.get(page_of(linden)).text)


def test_an_empty_cohort_says_what_to_do_next(linden: Group, bo: Browser, lea: Browser, time: Clock) -> None:
    enrolment.leave(linden.membership_id, linden.trainee.person_id, now=time())
    db.session.commit()

    assert "Nobody is in this group yet." in words(bo.get(page_of(linden)).text)
    assert "Invite the first" in words(lea.get(page_of(linden)).text)
    assert "Invite the first" not in words(bo.get(page_of(linden)).text)


def test_a_long_list_begins_with_the_most_urgent_and_leads_to_the_rest(linden: Group, bo: Browser, time: Clock) -> None:
    for number in range(13):
        add_trainee(linden.cohort_id, f"Trainee {number:02}", START)
    db.session.commit()
    time.pass_time(days=14)

    first, rest = bo.get(page_of(linden)), bo.get(f"{page_of(linden)}?needs=1")

    assert (len(needs(first)), len(needs(rest))) == (10, 14)
    assert "And 4 more, less urgent" in words(first.text)


# How the group stands


def test_cells_say_how_each_part_stands(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fin, half, tried = joined(linden, "Fin"), joined(linden, "Half"), joined(linden, "Tried")
    finish(course, fin, START)
    mark_read(course, half, "brewing", "water", now=START)
    db.session.commit()
    fail(course, tried, time, 2)
    start(course, tried, "serving", time())
    time.pass_time(days=1)

    assert rows(bo.get(page_of(linden))) == [
        ["Ada", "not started", "not started", "not started", "0", "never"],
        ["Fin", *["100 passed on 1 March"] * 3, "100", "2 days ago"],
        ["Half", "1 of 3 sections read", "not started", "not started", "10", "2 days ago"],
        ["Tried", "2 tries · 0 best, not passed", "1 try open", "not started", "0", "yesterday"],
    ]


def test_only_what_waits_is_tinted(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fail(course, linden.trainee.person_id, time, 3)
    fail(course, joined(linden, "Twice"), time, 2)

    assert bo.get(page_of(linden)).text.count("is-alert") == 1


def test_a_pass_with_sections_unread_says_so(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    answer_all(start(course, linden.trainee.person_id, "brewing", START), linden.trainee.person_id, START)

    assert rows(bo.get(page_of(linden)))[0][1] == "100 passed on 1 March, 0 of 3 sections read"


def test_heads_sort_both_ways_and_say_so(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    finish(course, joined(linden, "Fin"), START)
    mark_read(course, joined(linden, "Half"), "brewing", "water", now=START + timedelta(hours=1))
    db.session.commit()
    asked = {
        "": ["Ada", "Fin", "Half"],
        "?sort=-name": ["Half", "Fin", "Ada"],
        "?sort=last": ["Ada", "Fin", "Half"],
        "?sort=-last": ["Half", "Fin", "Ada"],
        "?sort=done": ["Ada", "Half", "Fin"],
        "?sort=-done": ["Fin", "Half", "Ada"],
        "?sort=brewing": ["Ada", "Half", "Fin"],
        "?sort=-brewing": ["Fin", "Half", "Ada"],
        "?sort=nonsense": ["Ada", "Fin", "Half"],
    }

    assert {query: names(bo.get(page_of(linden) + query)) for query in asked} == asked
    page = bo.get(f"{page_of(linden)}?sort=-done").text
    assert re.findall(r'aria-sort="(\w+)"><a href="([^"]+)"', page) == [
        ("descending", f"{page_of(linden)}?sort=done#group")
    ]


def test_filters_and_search_narrow_the_table(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    finish(course, joined(linden, "Fin"), START)
    fail(course, joined(linden, "Stuck"), time, 3)
    asked = {
        "?show=needing": ["Stuck"],
        "?show=finished": ["Fin"],
        "?show=untouched": ["Ada"],
        "?show=under_way": ["Stuck"],
        "?show=nonsense": ["Ada", "Fin", "Stuck"],
        "?q=fi": ["Fin"],
        "?q=%20STUCK%20": ["Stuck"],
        "?q=nobody": [],
        "?q=fi&show=untouched": [],
    }

    assert {query: names(bo.get(page_of(linden) + query)) for query in asked} == asked
    assert "Nobody fits." in words(bo.get(f"{page_of(linden)}?q=nobody").text)


def test_what_is_searched_for_is_shown_again_as_text(linden: Group, bo: Browser) -> None:
    page = bo.get(f"{page_of(linden)}?q=%22%3E%3Cscript%3E").text

    assert 'value="&#34;&gt;&lt;script&gt;"' in page
    assert '"><script>' not in page


def test_the_fifty_first_stands_on_the_second_page(linden: Group, bo: Browser) -> None:
    for number in range(50):
        add_trainee(linden.cohort_id, f"Trainee {number:02}", START)
    db.session.commit()

    first, second, beyond = (bo.get(f"{page_of(linden)}?page={number}") for number in (1, 2, 99))

    assert (len(names(first)), names(second), names(beyond)) == (50, ["Trainee 49"], ["Trainee 49"])
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', second.text) == [f"{page_of(linden)}?page=2#group"]


def test_whoever_has_no_identity_any_more_is_a_former_trainee(linden: Group, bo: Browser, time: Clock) -> None:
    db.session.execute(delete(Identity).where(Identity.person_id == linden.trainee.person_id))
    db.session.commit()
    time.pass_time(days=18)

    page = bo.get(page_of(linden))

    assert names(page) == ["A former trainee"]
    assert "Write to" not in words(page.text)


def test_staff_who_joined_their_own_group_are_not_counted(linden: Group, bo: Browser, time: Clock) -> None:
    enrolment.join(linden.cohort_id, linden.supervisor.person_id, now=time())
    db.session.commit()

    page = bo.get(page_of(linden))

    assert names(page) == ["Ada"]
    assert "1 trainee. 1 has not started." in words(page.text)


# From week to week, before and after, what to teach


def test_the_pace_is_told_in_words_and_as_a_table(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    person_id = linden.trainee.person_id
    answer_all(start(course, person_id, "brewing", START), person_id, START)
    later = time.pass_time(days=8)
    answer_all(start(course, person_id, "serving", later), person_id, later)

    page = words(bo.get(page_of(linden)).text)

    assert "In week 2, 66% of all parts are passed: 2 of 3. A week before it was 33%." in page
    assert "Week Until Parts passed, % Finished 1 7 March 33 0 2 9 March 66 0" in page


def test_below_ten_no_gain_is_shown_but_why_not(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    person_id = linden.trainee.person_id
    answer_all(start_set(course, person_id, "before", START), person_id, START)

    page = words(bo.get(page_of(linden)).text)

    assert (
        "From 10 trainees on who have answered both sets, the difference is shown here; with fewer, chance would speak"
        " louder. So far: Serving 0."
    ) in page


def test_what_to_teach_next_says_how_many_of_those_who_met_it(
    course: Course, linden: Group, bo: Browser, time: Clock
) -> None:
    fail(course, linden.trainee.person_id, time, 1)

    page = bo.get(page_of(linden)).text

    part = words(page[page.index('id="teach"') :])
    assert re.search(r"What to teach next \d+% 1 of 1 who met it", part.replace('id="teach">', "")) is not None


def test_before_anything_is_answered_nothing_is_to_teach(linden: Group, bo: Browser) -> None:
    assert "Nothing yet. Once answers show what is misunderstood" in words(bo.get(page_of(linden)).text)


def test_whoever_leads_sessions_is_not_still(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    time.pass_time(days=16)
    assert "has not started in 16 days" in words(bo.get(page_of(linden)).text)

    lead(course, linden.trainee.person_id, time() - timedelta(days=1))

    page = bo.get(page_of(linden)).text
    assert "has not started" not in words(page[page.index('id="needs"') :])
    assert "Nothing since" not in words(page)


# What it costs


@pytest.mark.parametrize("more", [0, 29])
def test_the_page_costs_at_most_eight_statements(
    course: Course, linden: Group, bo: Browser, time: Clock, more: int
) -> None:
    fail(course, linden.trainee.person_id, time, 1)
    crowd(course, linden.cohort_id, more, START)

    with statements(db.engine) as said:
        page = bo.get(page_of(linden))

    assert (page.status_code, len(said) <= 8) == (200, True)


@pytest.mark.slow
def test_a_thousand_trainees_cost_as_little_and_stay_small(course: Course, linden: Group, bo: Browser) -> None:
    crowd(course, linden.cohort_id, 1000, START)
    costs, sizes = [], []

    for query in ("", "?needs=1", "?show=needing&page=3&sort=-brewing"):
        with statements(db.engine) as said:
            page = bo.get(page_of(linden) + query)
        costs.append(len(said))
        sizes.append(len(page.data))

    assert [cost for cost in costs if cost > 8] == []
    assert [size for size in sizes if size >= 100_000] == []


def test_looking_writes_nothing(course: Course, linden: Group, bo: Browser) -> None:
    with statements(db.engine) as said:
        bo.get(page_of(linden))

    assert [one for one in said if not one.lstrip().startswith("SELECT")] == []


# Who sees it


def test_nobody_but_its_staff_opens_a_cohort(
    app: Flask, linden: Group, cedar: Group, bea: Browser, stranger: Browser, time: Clock
) -> None:
    institutes.give_seat(linden.institute.id, cedar.trainee.person_id, "supervisor", now=time())
    db.session.commit()
    visitors = {
        "supervisor elsewhere": Browser(app, cedar.supervisor),
        "administrator elsewhere": Browser(app, cedar.administrator),
        "supervisor of no cohort here": Browser(app, cedar.trainee),
        "trainee": Browser(app, linden.trainee),
        "site": bea,
        "stranger": stranger,
    }

    assert {who: one.get(page_of(linden)).status_code for who, one in visitors.items()} == {
        "supervisor elsewhere": 404,
        "administrator elsewhere": 404,
        "supervisor of no cohort here": 404,
        "trainee": 403,
        "site": 403,
        "stranger": 302,
    }


def test_a_former_supervisor_sees_nothing_more(linden: Group, bo: Browser) -> None:
    assert bo.get(page_of(linden)).status_code == 200
    institutes.take_seat(linden.institute.id, linden.supervisor.person_id)
    db.session.commit()

    assert bo.get(page_of(linden)).status_code == 403


def test_links_for_administrators_are_shown_to_them_alone(linden: Group, bo: Browser, lea: Browser) -> None:
    settings = f'href="/cohorts/{linden.cohort_id}/settings"'

    assert (settings in lea.get(page_of(linden)).text, settings in bo.get(page_of(linden)).text) == (True, False)


# What is private


def test_no_composed_line_reaction_or_question_is_asked_for_or_shown(
    course: Course, linden: Group, bo: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "draw", lambda quiz, *_: (quiz.vignette("serving-jo"),))
    person_id = linden.trainee.person_id
    complete(course, person_id, START)
    composed(course, person_id)
    addresses = [page_of(linden), f"{page_of(linden)}/trainees/{person_id}"]
    page = bo.get(addresses[1]).text
    addresses += re.findall(r'href="(/cohorts/\d+/trainees/[^"#]+/attempts/[^"#]+)"', page)
    assert len(addresses) == 3

    with statements(db.engine) as said:
        pages = [bo.get(address).text for address in addresses]

    assert [one for one in said if "debriefs" in one or "self_ratings" in one or "disputes" in one] == []
    private = ("A lump in the throat", "To let her decide", "My very own line")
    assert [word for word in private for text in pages if word in text] == []
    assert "A line of their own, private: only they can read it." in words(pages[2])


def composed(course: Course, person_id: UUID) -> None:
    """An attempt with a line to write, answered whole."""
    attempt = queries.attempt(start(course, person_id, "serving", START), person_id)
    for item in attempt.items:
        own = isinstance(assessment.load(item).question, compose.Question)
        form = {compose.FIELD: ["My very own line"]} if own else right(item)
        assessment.answer(attempt.id, person_id, item.position, form, now=START)
    db.session.commit()


def test_reading_everything_is_not_finishing(course: Course, linden: Group, bo: Browser) -> None:
    read_all(course, linden.trainee.person_id, START)

    assert rows(bo.get(page_of(linden)))[0][1] == "3 of 3 sections read"


# Sentences


NOW, UTC_ZONE = START, ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("details", "told"),
    [
        (
            Harmful("serving.1", "Ask", (case("Gil, 31", "Serving something without asking."),)),
            "Chose what could do harm in “Gil, 31”, on 1 March: “Serving something without asking”. No later case made"
            " up for it.",
        ),
        (
            Harmful("serving.1", "Ask", (case("Gil, 31"), case("Hana, 40"), case("Ivo, 22"))),
            "Chose what could do harm in “Ivo, 22”, “Hana, 40” and “Gil, 31”, last on 1 March, and no later case made"
            " up for it.",
        ),
        (
            Sure("longer", "The longer tea steeps, the better it is.", (case("Gil, 31"), case("Ivo, 22"))),
            "Sure and wrong in “Ivo, 22” and “Gil, 31”, last on 1 March: “The longer tea steeps, the better it is”.",
        ),
        (
            Harmful("serving.1", "Ask", tuple(map(case, "ABCDE"))),
            "Chose what could do harm in “E”, “D” and 3 more cases, last on 1 March, and no later case made up for it.",
        ),
        (Still(1, True), "Nothing since 1 March, for 1 day."),
        (Still(20, False), "There since 1 March, and has not started in 20 days."),
        (Due(date(2027, 3, 2), False, 2, 10), "Due on 2 March, tomorrow, with 20% done."),
        (Due(date(2027, 2, 27), True, 1, 3), "Was due on 27 February, 2 days ago, with 33% done."),
        (Due(date(2026, 12, 31), True, 0, 3), "Was due on 31 December 2026, 60 days ago, with 0% done."),
        (Failed("final", 3, 55), "Failed the final test 3 times, last on 1 March; the best try reached 55%."),
        (Failed("gone", 4, 0), "Failed the quiz “gone” 4 times, last on 1 March; the best try reached 0%."),
    ],
)
def test_a_reason_is_one_exact_sentence(app: Flask, course: Course, details: Details, told: str) -> None:
    with app.test_request_context():
        assert sentence(course, Reason("still", "still", UUID(int=1), NOW, details), UTC_ZONE, NOW) == told


def test_in_a_group_that_is_put_away_nobody_waits(course: Course, linden: Group, bo: Browser, time: Clock) -> None:
    fail(course, linden.trainee.person_id, time, 3)
    db.session.execute(update(Cohort).values(ended_at=time()))
    db.session.commit()

    page = bo.get(page_of(linden))

    assert (needs(page), "The group is put away: nobody waits any more." in words(page.text)) == ([], True)
    assert "Put away on 2 March" in words(page.text)
