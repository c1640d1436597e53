"""Whose disputes come to whom: to the one whom a trainee's institute names, or else to those who run the site."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.assessment import disputes
from app.assessment.dispute_queries import Replier
from app.assessment.models import Dispute
from app.content.records import Course
from app.enrolment import services as enrolment
from app.errors import NotFound
from app.extensions import db
from app.institutes.models import Institute
from app.mail.models import Letter
from tests.conftest import START, Browser, Clock, Member
from tests.groups import Group, group
from tests.taking import answer_all, start


@pytest.fixture
def linden(app: Flask, time: Clock) -> Group:
    return group("Linden", ("Berta", "Ben", "Lena"), now=START)


@pytest.fixture
def cedar(app: Flask, time: Clock) -> Group:
    return group("Cedar", ("Carol", "Carl", "Dan"), now=START)


def name_owner(institute: Group, owner: Member | None) -> None:
    row = db.session.get_one(Institute, institute.institute.id)
    row.dispute_owner_id = None if owner is None else owner.person_id
    db.session.commit()


def dispute(course: Course, person_id: UUID, text: str, position: int = 1) -> int:
    attempt = answer_all(start(course, person_id, "serving", START), person_id, START)
    assert disputes.dispute(attempt.id, person_id, position, text, now=START)
    db.session.commit()
    return db.session.scalars(select(Dispute.id).where(Dispute.text == text)).one()


def told() -> Sequence[str]:
    return db.session.scalars(select(Letter.recipient).order_by(Letter.id)).all()


def seen(browser: Browser, *texts: str) -> list[str]:
    page = browser.get("/disputes").text
    return [text for text in texts if text in page]


def test_a_dispute_comes_to_the_one_whom_the_trainees_institute_names(
    app: Flask, course: Course, linden: Group, cedar: Group, ada: Browser, bea: Browser
) -> None:
    name_owner(linden, linden.supervisor)
    name_owner(cedar, cedar.administrator)

    ids = [
        dispute(course, linden.trainee.person_id, "Of Linden."),
        dispute(course, cedar.trainee.person_id, "Of Cedar."),
        dispute(course, ada.person_id, "Of nobody."),
    ]

    texts = ("Of Linden.", "Of Cedar.", "Of nobody.")
    lindens, cedars = Browser(app, linden.supervisor), Browser(app, cedar.administrator)
    assert told() == ["ben@example.org", "carol@example.org", "bea@example.org"]
    assert [seen(who, *texts) for who in (lindens, cedars, bea)] == [["Of Linden."], ["Of Cedar."], ["Of nobody."]]
    opened = [[who.get(f"/disputes/{id}").status_code for id in ids] for who in (lindens, cedars, bea)]
    assert opened == [[200, 404, 404], [404, 200, 404], [404, 404, 200]]


def test_where_nobody_is_named_those_who_run_the_site_answer(course: Course, linden: Group, bea: Browser) -> None:
    dispute(course, linden.trainee.person_id, "Of Linden.")

    assert (told(), seen(bea, "Of Linden.")) == (["bea@example.org"], ["Of Linden."])


def test_an_owner_replies_once_and_nobody_replies_to_what_does_not_come_to_them(
    app: Flask, course: Course, linden: Group, cedar: Group, bea: Browser
) -> None:
    name_owner(linden, linden.supervisor)
    name_owner(cedar, cedar.supervisor)
    id = dispute(course, linden.trainee.person_id, "Of Linden.")
    owner, elsewhere = Browser(app, linden.supervisor), Browser(app, cedar.supervisor)

    refused = [who.post(f"/disputes/{id}", {"text": "Mine."}).status_code for who in (elsewhere, bea)]
    with pytest.raises(NotFound):
        disputes.reply(id, Replier(cedar.supervisor.person_id, administrator=False), "Mine.", now=START)
    answer = owner.post(f"/disputes/{id}", {"text": "You are right."})

    assert (refused, answer.status_code) == ([404, 404], 303)
    row = db.session.get_one(Dispute, id)
    assert (row.reply, row.replied_by, told()[-1]) == ("You are right.", owner.person_id, "lena@example.org")


def test_staff_who_are_not_named_find_no_disputes(app: Flask, course: Course, linden: Group) -> None:
    name_owner(linden, linden.supervisor)
    id = dispute(course, linden.trainee.person_id, "Of Linden.")

    statuses = {
        member.name: [Browser(app, member).get(path).status_code for path in ("/disputes", f"/disputes/{id}")]
        for member in (linden.administrator, linden.supervisor, linden.trainee)
    }

    assert statuses == {"Berta": [404, 404], "Ben": [200, 200], "Lena": [403, 403]}


def test_the_way_to_the_disputes_stands_on_the_institutes_page_for_its_owner_alone(app: Flask, linden: Group) -> None:
    name_owner(linden, linden.supervisor)

    pages = [
        Browser(app, member).get("/institutes/linden").text for member in (linden.supervisor, linden.administrator)
    ]

    assert ['href="/disputes"' in page for page in pages] == [True, False]


def test_leaving_the_institute_takes_the_disputes_along(
    app: Flask, course: Course, linden: Group, bea: Browser
) -> None:
    name_owner(linden, linden.supervisor)
    dispute(course, linden.trainee.person_id, "Of Linden.")

    enrolment.leave(linden.membership_id, linden.trainee.person_id, now=START)

    assert seen(Browser(app, linden.supervisor), "Of Linden.") == []
    assert seen(bea, "Of Linden.") == ["Of Linden."]


def test_of_somebody_in_two_institutes_both_owners_are_told_and_see(
    app: Flask, course: Course, linden: Group, cedar: Group, bea: Browser
) -> None:
    enrolment.join(cedar.cohort_id, linden.trainee.person_id, now=START)
    name_owner(linden, linden.supervisor)
    name_owner(cedar, cedar.supervisor)

    dispute(course, linden.trainee.person_id, "Of both.")

    assert sorted(told()) == ["ben@example.org", "carl@example.org"]
    assert [seen(Browser(app, one.supervisor), "Of both.") for one in (linden, cedar)] == [["Of both."]] * 2
    assert seen(bea, "Of both.") == []


def test_one_who_owns_disputes_of_two_institutes_gets_one_letter(course: Course, linden: Group, cedar: Group) -> None:
    enrolment.join(cedar.cohort_id, linden.trainee.person_id, now=START)
    name_owner(linden, linden.supervisor)
    name_owner(cedar, linden.supervisor)

    dispute(course, linden.trainee.person_id, "Of both.")

    assert told() == ["ben@example.org"]


def test_an_owner_sees_no_name_of_whoever_wrote(app: Flask, course: Course, linden: Group) -> None:
    name_owner(linden, linden.supervisor)
    id = dispute(course, linden.trainee.person_id, "Of Linden.")
    owner = Browser(app, linden.supervisor)

    seen_text = owner.get("/disputes").text + owner.get(f"/disputes/{id}").text

    names = ("Lena", linden.trainee.email, str(linden.trainee.person_id))
    assert [word for word in names if word in seen_text] == []


def test_a_long_list_is_paged_with_those_that_wait_first(
    app: Flask, course: Course, ada: Browser, bea: Browser
) -> None:
    attempts = [answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START) for _ in range(9)]
    graded = [
        (one.id, item.position) for one in attempts for item in one.items if item.response and item.response.possible
    ]
    for number, (attempt_id, position) in enumerate(graded[:30]):
        disputes.dispute(attempt_id, ada.person_id, position, f"Thought {number:02}.", now=START)
    first = db.session.scalars(select(Dispute.id).order_by(Dispute.id)).first()
    assert first is not None
    disputes.reply(first, Replier(bea.person_id, administrator=True), "Yes.", now=START)
    db.session.commit()

    one, two = bea.get("/disputes").text, bea.get("/disputes?page=2").text

    assert [f"Thought {number:02}." in one for number in range(30)] == [False, *[True] * 25, *[False] * 4]
    assert [f"Thought {number:02}." in two for number in range(30)] == [True, *[False] * 25, *[True] * 4]
    assert ("Replied to" in one, "Replied to" in two, "26 to 30 of 30" in two) == (False, True, True)
