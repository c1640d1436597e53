"""My groups: what is seen, letters, and the way out; and what one is told before joining."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from app.enrolment import queries
from app.enrolment import services as enrolment
from app.enrolment.joining_queries import Watchers, watchers
from app.enrolment.models import Membership
from app.extensions import db
from app.institutes import services as institutes
from app.institutes.models import Institute
from tests.conftest import START, Browser, Clock
from tests.enrolment.conftest import As, acts, letters, link_in
from tests.groups import Group, group, seated
from tests.statements import statements

SEEN = [
    "your name and your e-mail address",
    "when you joined and were last active, and your last day",
    "which sections you have read, and when",
    "every attempt at a quiz, at the questions before and after reading, and at the final test: each question, your "
    "answer, its score, and when",
    "how sure you said you were of an answer",
    "what follows from your answers: what you know, what is still misunderstood, and whether you may need somebody",
    "which simulated sessions you have finished, and when",
    "your certificate, and the letters you were sent from there",
]
UNSEEN = [
    "the lines you write yourself, and how you judge them",
    "your reactions to sessions, and the questions you keep for your supervision",
    "which way you took through a session, and how you mended a transcript",
    "your notes; and what you find wrong with a question is read without your name",
]
SHOWN = {
    "needs": SEEN[5],
    "parts": SEEN[3],
    "attempts": SEEN[3],
    "learnt": SEEN[5],
    "reading": SEEN[2],
    "sessions": SEEN[6],
    "certificate": SEEN[7],
}
"""Each part of a supervisor's page about one trainee, and the words by which the trainee agreed to it."""
PRIVATE = ("composed_lines", "self_ratings", "supervision_questions", "reaction", "SelfRating")


@pytest.fixture
def ada(linden: Group, browser: As) -> Browser:
    return browser(linden.trainee)


def disclosed(page: str) -> str:
    return page[page.index('<section class="disclosure"') : page.index("</section>", page.index('class="disclosure"'))]


def test_one_is_told_exactly_what_is_seen_before_joining_and_after(
    linden: Group, cedar: Group, bo: Browser, ada: Browser, browser: As, stranger: Browser
) -> None:
    bo.post(f"/cohorts/{linden.cohort_id}/people/invite", {"email": "eve@example.org"})
    link = link_in(letters()[0])

    for page in (stranger.get(link).text, browser(cedar.trainee).get(link).text, ada.get("/account/groups").text):
        assert re.findall(r"<li>(.*?)</li>", disclosed(page)) == SEEN + UNSEEN
        for word in ("Bea", "Bo", "This holds for all your progress so far, too.", "it is noted", "leave at any time"):
            assert word in disclosed(page), word


def test_what_the_institute_says_stands_there_too(linden: Group, ada: Browser) -> None:
    row = db.session.get(Institute, linden.institute.id)
    assert row is not None
    row.privacy, row.contact, row.retention_years = "We are <careful>.\n\nAsk us.", "office@linden.example", 5
    page = disclosed(ada.get("/account/groups").text)

    assert "<p>We are &lt;careful&gt;.</p>" in page and "<p>Ask us.</p>" in page
    assert "office@linden.example" in page
    assert "for at most 5 years" in page


def test_the_page_about_a_trainee_has_no_part_that_nobody_agreed_to() -> None:
    template = Path(__file__).resolve().parents[2] / "app" / "templates" / "supervision" / "trainee.html"

    assert re.findall(r'<h2 id="(\w+)"', template.read_text("utf-8")) == list(SHOWN)
    assert set(SHOWN.values()) <= set(SEEN)


def test_no_supervision_page_asks_for_what_is_promised_to_be_private() -> None:
    """Composed lines, judgements of them, reactions and questions for supervision have no reader there."""
    app = Path(__file__).resolve().parents[2] / "app"
    files = [*(app / "supervision").rglob("*.py"), *app.rglob("group_queries.py")]
    found = {
        (path.name, word) for path in files for word in PRIVATE if re.search(rf"\b{word}\b", path.read_text("utf-8"))
    }

    assert len(files) > 10
    assert found == set()


def test_who_watches_is_named_once_and_without_those_who_lost_their_seat(linden: Group, cedar: Group) -> None:
    enrolment.name_supervisor(linden.cohort_id, linden.administrator.person_id)
    gone = seated(linden.institute, "Gus", "supervisor", START)
    enrolment.name_supervisor(linden.cohort_id, gone.person_id)
    institutes.take_seat(linden.institute.id, gone.person_id)
    seated(linden.institute, "Wilma", "supervisor", START)

    assert watchers([linden.cohort_id, cedar.cohort_id]) == {
        linden.cohort_id: Watchers(("Bea",), ("Bo",)),
        cedar.cohort_id: Watchers(("Cy",), ("Cleo",)),
    }


def test_my_groups_are_mine_alone(linden: Group, cedar: Group, ada: Browser) -> None:
    page = ada.get("/account/groups").text

    assert ("Linden Autumn" in page, "Cedar" in page) == (True, False)
    assert 'href="/account/looks"' in page


def test_who_is_in_no_group_is_told_so(linden: Group, bo: Browser) -> None:
    assert "You are in no group" in bo.get("/account/groups").text


def test_the_page_costs_the_same_for_one_group_and_for_five(linden: Group, ada: Browser) -> None:
    def cost() -> int:
        with statements(db.engine) as said:
            assert ada.get("/account/groups").status_code == 200
        return len(said)

    one = cost()
    for number in range(4):
        there = group(f"House {number}", (f"A{number}", f"B{number}", f"C{number}"), now=START)
        enrolment.join(there.cohort_id, ada.person_id, now=START)

    assert cost() == one == 4


def test_reminders_are_declined_and_wanted_again(linden: Group, ada: Browser) -> None:
    path = f"/account/groups/{linden.membership_id}/reminders"
    found = []
    for wanted in ("no", "no", "yes"):
        ada.post(path, {"wanted": wanted})
        db.session.expire_all()
        found.append(queries.members(linden.cohort_id)[0].reminders)

    assert found == [False, False, True]


def test_leaving_is_explained_and_ends_it(linden: Group, ada: Browser, time: Clock) -> None:
    path = f"/account/groups/{linden.membership_id}/leave"
    explained = ada.get(path)
    assert (explained.status_code, len(queries.members(linden.cohort_id))) == (200, 1)
    left_at = time.pass_time(days=2)

    answer = ada.post(path)

    db.session.expire_all()
    assert answer.status_code == 303
    assert queries.members(linden.cohort_id) == ()
    (kept,) = db.session.execute(select(Membership.joined_at, Membership.left_at)).all()
    assert tuple(kept) == (START, left_at)
    assert acts() == [("leave", f"cohort {linden.cohort_id}", ada.person_id, ada.person_id)]
    assert (ada.get(path).status_code, ada.post(path).status_code) == (404, 404)


def test_who_left_is_seen_by_nobody_there(linden: Group, ada: Browser, bo: Browser) -> None:
    trainee = f"/cohorts/{linden.cohort_id}/trainees/{ada.person_id}"
    assert bo.get(trainee).status_code == 200

    ada.post(f"/account/groups/{linden.membership_id}/leave")

    assert bo.get(trainee).status_code == 404
    assert "Ada" not in bo.get(f"/cohorts/{linden.cohort_id}/people").text


def test_somebody_elses_membership_is_not_mine_to_change(linden: Group, cedar: Group, ada: Browser) -> None:
    there = f"/account/groups/{cedar.membership_id}"
    answers = [ada.get(f"{there}/leave"), ada.post(f"{there}/leave"), ada.post(f"{there}/reminders", {"wanted": "no"})]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert [one.reminders for one in queries.members(cedar.cohort_id)] == [True]


def test_who_comes_back_has_two_memberships(linden: Group, ada: Browser, time: Clock) -> None:
    ada.post(f"/account/groups/{linden.membership_id}/leave")
    enrolment.join(linden.cohort_id, ada.person_id, now=time.pass_time(days=5))

    rows = db.session.execute(select(Membership.joined_at, Membership.left_at).order_by(Membership.id)).all()
    assert [tuple(row) for row in rows] == [(START, START), (time(), None)]


def test_the_course_page_says_quietly_where_one_belongs(linden: Group, ada: Browser, bo: Browser) -> None:
    spring = seated(linden.institute, "Wilma", "supervisor", START)
    bo.post(
        f"/cohorts/{linden.cohort_id}/settings",
        {"name": "Autumn", "due_on": "2027-12-04", "supervisors": [str(spring.person_id)]},
    )
    page = ada.get("/course").text

    assert "Linden, Autumn</a>: due 4 December 2027" in page
    assert "Autumn" not in bo.get("/course").text
    bo.post(f"/cohorts/{linden.cohort_id}/put-away")
    assert "Autumn" not in ada.get("/course").text


def test_the_account_page_and_the_menu_lead_to_my_groups(linden: Group, ada: Browser) -> None:
    page = ada.get("/account").text

    assert page.count('href="/account/groups"') == 2
