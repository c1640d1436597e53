"""A learner finds something wrong with a question; whoever it comes to replies, once."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.assessment import dispute_queries, disputes, queries
from app.assessment.dispute_queries import Replier
from app.assessment.models import Dispute
from app.assessment.records import DisputedQuestion, DisputeRecord
from app.audit.models import AuditEntry
from app.content.records import Course
from app.errors import Conflict, NotFound
from app.extensions import db, limiter
from app.mail.models import Letter
from tests.conftest import START, Browser, Clock
from tests.statements import statements
from tests.taking import answer_all, start

TEXT = "Both of the first two are right.\nThe guideline says so."


@pytest.fixture
def attempt_id(course: Course, ada: Browser) -> UUID:
    """Ada's closed attempt, its first question missed."""
    return answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START, wrongly=[1]).id


@pytest.fixture
def disputed(ada: Browser, bea: Browser, attempt_id: UUID) -> int:
    """The id of what Ada wrote about her first answer."""
    assert disputes.dispute(attempt_id, ada.person_id, 1, TEXT, now=START) is True
    db.session.commit()
    return db.session.scalars(select(Dispute.id)).one()


def site(bea: Browser) -> Replier:
    return Replier(bea.person_id, administrator=True)


def listed(replier: Replier, *, replied: bool) -> list[DisputedQuestion]:
    return [one for one in dispute_queries.disputes(replier, 0, 100) if (one.reply is not None) is replied]


def count() -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(Dispute)) or 0


def letters() -> list[tuple[str, str]]:
    db.session.expire_all()
    rows = db.session.execute(select(Letter.recipient, Letter.subject).order_by(Letter.id))
    return [(row.recipient, row.subject) for row in rows]


def test_a_dispute_is_kept_with_the_version_of_the_question(ada: Browser, attempt_id: UUID) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1/dispute", {"text": f"  {TEXT}  ".replace("\n", "\r\n")})

    assert (response.status_code, response.location) == (303, f"/attempts/{attempt_id}/1#dispute")
    row = db.session.scalars(select(Dispute)).one()
    item = queries.attempt(attempt_id, ada.person_id).items[0]
    assert (row.text, row.digest, row.person_id, row.raised_at) == (TEXT, item.digest, ada.person_id, START)
    assert item.dispute == DisputeRecord(TEXT, START, None, None)


def test_what_was_written_stands_at_the_question_in_place_of_the_form(
    ada: Browser, attempt_id: UUID, disputed: int
) -> None:
    page = ada.get(f"/attempts/{attempt_id}/1").text

    assert "Both of the first two are right." in page
    assert f'action="/attempts/{attempt_id}/1/dispute"' not in page
    assert f'action="/attempts/{attempt_id}/2/dispute"' in ada.get(f"/attempts/{attempt_id}/2").text


@pytest.mark.parametrize("text", ["", " \r\n ", "\x00", "x" * 2001])
def test_nothing_and_too_much_come_back_with_what_is_wrong(ada: Browser, attempt_id: UUID, text: str) -> None:
    response = ada.post(f"/attempts/{attempt_id}/1/dispute", {"text": text})

    said = "Use at most 2000 characters." if len(text) > 2000 else "Write what is wrong."
    assert (response.status_code, said in response.text, count()) == (422, True, 0)
    assert text.strip("\x00 \r\n") in response.text


def test_two_thousand_characters_may_stand_on_many_lines(ada: Browser, attempt_id: UUID) -> None:
    assert ada.post(f"/attempts/{attempt_id}/1/dispute", {"text": "x\r\n" * 999 + "xx"}).status_code == 303


def test_a_second_dispute_of_the_same_answer_changes_nothing(
    ada: Browser, bea: Browser, attempt_id: UUID, disputed: int
) -> None:
    sent = letters()

    ada.post(f"/attempts/{attempt_id}/1/dispute", {"text": "Another thought."})

    assert "What you wrote then stands." in ada.get(f"/attempts/{attempt_id}/1").text
    assert (count(), letters()) == (1, sent)
    assert dispute_queries.disputed(disputed, site(bea)).text == TEXT


def test_only_what_one_has_answered_oneself_can_be_disputed(
    course: Course, ada: Browser, cy: Browser, attempt_id: UUID
) -> None:
    open_attempt = start(course, ada.person_id, "brewing", START)

    with pytest.raises(NotFound):
        disputes.dispute(attempt_id, cy.person_id, 1, TEXT, now=START)
    for position in (1, 0, 99):
        with pytest.raises(Conflict):
            disputes.dispute(open_attempt, ada.person_id, position, TEXT, now=START)
    assert cy.post(f"/attempts/{attempt_id}/1/dispute", {"text": TEXT}).status_code == 404
    assert ada.post(f"/attempts/{open_attempt}/1/dispute", {"text": TEXT}).status_code == 409
    assert "Something wrong with this question?" not in ada.get(f"/attempts/{open_attempt}/1").text
    assert count() == 0


def test_those_who_run_the_site_get_a_letter_that_quotes_nothing(
    app: Flask, join: object, ada: Browser, bea: Browser, attempt_id: UUID, disputed: int
) -> None:
    letter = db.session.scalars(select(Letter)).one()

    assert (letter.recipient, letter.subject) == ("bea@example.org", "A question is disputed")
    assert letter.body.count(f"{app.config['SETTINGS'].base_url}/disputes/{disputed}\n") == 1
    assert [word for word in ("Both of", "Ada", "ada@") if word in letter.body] == []


def test_the_administrator_sees_question_key_and_text_but_no_name(
    ada: Browser, bea: Browser, attempt_id: UUID, disputed: int
) -> None:
    pages = [bea.get(path).text for path in ("/disputes", f"/disputes/{disputed}")]

    (item, *_) = queries.attempt(attempt_id, ada.person_id).items
    copy = queries.question_copies([item.digest])[item.digest].data
    for page in pages:
        assert "Both of the first two are right." in page
        assert copy["vignette"]["title"] in page
        assert [word for word in ("Ada", "ada@example.org", str(ada.person_id), str(attempt_id)) if word in page] == []
    assert item.digest[:12] in pages[1]
    assert "could do harm" in pages[1] or "best move" in pages[1]
    assert [link for link in ('href="/disputes"',) if link not in bea.get("/course").text] == []


def test_learners_find_no_way_to_the_disputes(ada: Browser, disputed: int) -> None:
    assert 'href="/disputes"' not in ada.get("/course").text + ada.get("/account").text
    for response in (ada.get("/disputes"), ada.get(f"/disputes/{disputed}"), ada.post(f"/disputes/{disputed}")):
        assert response.status_code == 403


def test_disputes_of_one_person_carry_one_name_that_is_not_their_id(
    course: Course, ada: Browser, bea: Browser, cy: Browser, attempt_id: UUID, disputed: int
) -> None:
    cys = answer_all(start(course, cy.person_id, "serving", START), cy.person_id, START).id
    disputes.dispute(attempt_id, ada.person_id, 2, "And this.", now=START)
    disputes.dispute(cys, cy.person_id, 1, "I think so too.", now=START)

    first, second, third = [one.writer for one in listed(site(bea), replied=False)]

    assert first == second != third
    assert first not in ada.person_id.hex


def test_a_reply_reaches_the_learner_by_letter_and_stands_at_the_question(
    app: Flask, ada: Browser, bea: Browser, attempt_id: UUID, disputed: int, time: Clock
) -> None:
    replied_at = time.pass_time(days=2)
    response = bea.post(f"/disputes/{disputed}", {"text": "You are right; it is mended."})

    assert (response.status_code, response.location) == (303, "/disputes")
    assert queries.attempt(attempt_id, ada.person_id).items[0].dispute == DisputeRecord(
        TEXT, START, "You are right; it is mended.", replied_at
    )
    assert "You are right; it is mended." in ada.get(f"/attempts/{attempt_id}/1").text
    letter = db.session.scalars(select(Letter).where(Letter.recipient == "ada@example.org")).one()
    assert f"{app.config['SETTINGS'].base_url}/attempts/{attempt_id}/1#dispute" in letter.body
    assert "Both of the first two are right." in letter.body
    assert [word for word in ("mended", "Bea", "bea@") if word in letter.body] == []


def test_a_reply_is_given_once(ada: Browser, bea: Browser, attempt_id: UUID, disputed: int) -> None:
    bea.post(f"/disputes/{disputed}", {"text": "You are right."})
    sent = letters()

    bea.post(f"/disputes/{disputed}", {"text": "You are not."})

    assert "That reply stands; yours was not sent." in bea.get(f"/disputes/{disputed}").text
    assert dispute_queries.disputed(disputed, site(bea)).reply == "You are right."
    assert letters() == sent


def test_an_empty_reply_is_asked_for_again(bea: Browser, disputed: int) -> None:
    response = bea.post(f"/disputes/{disputed}", {"text": " "})

    assert (response.status_code, "Write a reply." in response.text) == (422, True)
    assert dispute_queries.disputed(disputed, site(bea)).reply is None


def test_a_reply_to_no_dispute_is_not_found(bea: Browser) -> None:
    assert bea.get("/disputes/7").status_code == 404
    assert bea.post("/disputes/7", {"text": "Yes."}).status_code == 404


def test_a_reply_is_on_the_record_of_acts(bea: Browser, disputed: int) -> None:
    bea.post(f"/disputes/{disputed}", {"text": "You are right."})

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "reply")).one()
    assert (entry.actor_id, entry.subject, entry.details) == (bea.person_id, f"dispute {disputed}", {})


def test_waiting_disputes_stand_first_and_the_longest_waiting_before_the_others(
    ada: Browser, bea: Browser, attempt_id: UUID, disputed: int, time: Clock
) -> None:
    for position, text in ((2, "The second."), (3, "The third.")):
        disputes.dispute(attempt_id, ada.person_id, position, text, now=time.pass_time(hours=1))
    disputes.reply(disputed, site(bea), "You are right.", now=time())
    db.session.commit()

    page = bea.get("/disputes").text

    assert [one.text for one in listed(site(bea), replied=False)] == ["The second.", "The third."]
    assert [one.id for one in listed(site(bea), replied=True)] == [disputed]
    assert page.index("The second.") < page.index("The third.") < page.index("Both of the first")


def test_the_course_home_tells_of_a_reply_for_thirty_days(
    ada: Browser, bea: Browser, cy: Browser, attempt_id: UUID, disputed: int, time: Clock
) -> None:
    notice = f'href="/attempts/{attempt_id}/1#dispute"'
    assert notice not in ada.get("/course").text

    bea.post(f"/disputes/{disputed}", {"text": "You are right."})

    assert notice in ada.get("/course").text
    assert "There is a reply" not in cy.get("/course").text + bea.get("/course").text
    time.pass_time(days=29, hours=23)
    assert notice in ada.get("/course").text
    time.pass_time(hours=1)
    assert "There is a reply" not in ada.get("/course").text


def test_text_is_shown_as_text(ada: Browser, bea: Browser, attempt_id: UUID) -> None:
    ada.post(f"/attempts/{attempt_id}/1/dispute", {"text": "<script>alert(1)</script>"})

    for page in (ada.get(f"/attempts/{attempt_id}/1").text, bea.get("/disputes").text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_whoever_writes_all_day_is_stopped(
    app: Flask, ada: Browser, cy: Browser, attempt_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()

    answers = [ada.post(f"/attempts/{attempt_id}/1/dispute", {"text": TEXT}).status_code for _ in range(21)]

    assert answers == [303] * 20 + [429]
    assert cy.post(f"/attempts/{attempt_id}/1/dispute", {"text": TEXT}).status_code == 404
    limiter.reset()


def test_the_list_costs_the_same_however_long_it_is(
    course: Course, ada: Browser, bea: Browser, attempt_id: UUID, disputed: int
) -> None:
    def cost() -> int:
        with statements(db.engine) as said:
            bea.get("/disputes")
        return len(said)

    bea.post(f"/disputes/{disputed}", {"text": "You are right."})
    disputes.dispute(attempt_id, ada.person_id, 2, TEXT, now=START)
    few = cost()
    for position in range(3, 7):
        disputes.dispute(attempt_id, ada.person_id, position, TEXT, now=START)

    assert (few, cost()) == (4, 4)


def test_questions_of_every_format_can_be_disputed(course: Course, ada: Browser, bea: Browser) -> None:
    types: set[str] = set()
    for seed in range(4):
        for quiz_id in ("brewing", "serving"):
            attempt = answer_all(start(course, ada.person_id, quiz_id, START, seed=seed), ada.person_id, START)
            for item in attempt.items:
                copy = queries.question_copies([item.digest])[item.digest]
                if copy.type not in types and item.response is not None and item.response.possible:
                    disputes.dispute(attempt.id, ada.person_id, item.position, copy.type, now=START)
                    types.add(copy.type)
    db.session.commit()

    pages = {one.text: bea.get(f"/disputes/{one.id}") for one in listed(site(bea), replied=False)}

    assert types >= {"choice", "order", "match"}
    assert {type: page.status_code for type, page in pages.items()} == dict.fromkeys(types, 200)
