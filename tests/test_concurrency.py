"""Many at once, through the real WSGI application: nothing lost, nothing doubled, nothing refused."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from pathlib import Path
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import create_app
from app.accounts import sign_ins
from app.accounts.models import Identity, Person
from app.assessment import queries
from app.assessment.models import Attempt, AttemptItem, QuestionVersion, Response
from app.content import current_course
from app.credentials.models import Certificate
from app.enrolment import arranging
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort, Membership
from app.enrolment.queries import person_ids
from app.extensions import Base, db
from app.institutes import invitations
from app.institutes import services as institutes
from app.institutes.models import Invitation
from app.scenarios import queries as sessions
from app.scenarios.models import Branch, MoveRow, Run
from config import Settings
from tests.conftest import SAMPLE_COURSE, START, Clock
from tests.leading import SESSION, WARM, complete, lead
from tests.taking import finish, right, start

pytestmark = pytest.mark.slow

PATIENCE = 120
"""Seconds until a test that hangs is given up."""

Visit = Callable[[FlaskClient], int]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest, tmp_path: Path, time: Clock) -> Iterator[Flask]:
    """As in service, but for the tokens against forged forms."""
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}" if on_sqlite else request.getfixturevalue("postgres_url")
    app = create_app(Settings(data=tmp_path, course=SAMPLE_COURSE, database=url, secret_key="k" * 40))
    app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def learner(number: int) -> tuple[UUID, str]:
    """Somebody who is signed in: their id, and what their cookie holds."""
    id, email = uuid4(), f"learner-{number}@example.org"
    db.session.add(Person(id=id, created_at=START))
    db.session.flush()
    db.session.add(
        Identity(
            person_id=id,
            name=f"Learner {number}",
            email=email,
            email_key=email,
            password_hash="x",
            created_at=START,
            changed_at=START,
        )
    )
    token = sign_ins.start(id, "", START)
    db.session.commit()
    return id, token


def client(app: Flask, token: str) -> FlaskClient:
    found = app.test_client()
    with found.session_transaction() as cookie:
        cookie["_user_id"] = token
    return found


def at_once(visits: list[tuple[FlaskClient, Visit]]) -> Counter[int]:
    """All at the same moment, each in a thread of its own; how often which status was answered."""
    db.session.remove()
    ready = Barrier(len(visits))

    def run(visitor: FlaskClient, visit: Visit) -> int:
        ready.wait(PATIENCE)
        return Context().run(visit, visitor)

    with ThreadPoolExecutor(len(visits)) as pool:
        running = [pool.submit(run, visitor, visit) for visitor, visit in visits]
        return Counter(one.result(PATIENCE) for one in running)


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_thirty_two_people_answer_at_once(app: Flask) -> None:
    visits: list[tuple[FlaskClient, Visit]] = []
    attempts = {}
    for number in range(32):
        person_id, token = learner(number)
        attempt_id = start(current_course(), person_id, "serving", START, seed=number)
        forms = [dict(right(item)) for item in queries.attempt(attempt_id, person_id).items[:3]]
        attempts[attempt_id] = person_id

        def answer(visitor: FlaskClient, attempt_id: UUID = attempt_id, forms: object = forms) -> int:
            assert isinstance(forms, list)
            statuses = {
                visitor.post(f"/attempts/{attempt_id}/{position}", data=form).status_code
                for position, form in enumerate(forms, start=1)
            }
            return statuses.pop() if len(statuses) == 1 else 0

        visits.append((client(app, token), answer))

    assert at_once(visits) == {303: 32}
    assert count(Response) == 96
    for attempt_id, person_id in attempts.items():
        given = [item.response for item in queries.attempt(attempt_id, person_id).items]
        assert [one is not None and one.earned == one.possible for one in given] == [True] * 3 + [False] * (
            len(given) - 3
        )


def test_thirty_two_times_the_same_question_is_one_answer(app: Flask) -> None:
    person_id, token = learner(1)
    attempt_id = start(current_course(), person_id, "serving", START)
    rightly, wrongly = right(queries.attempt(attempt_id, person_id).items[0])["option"], ["guess"]

    def giving(options: Sequence[str]) -> Visit:
        return lambda visitor: visitor.post(f"/attempts/{attempt_id}/1", data={"option": options}).status_code

    visits = [(client(app, token), giving(options)) for options in [rightly, wrongly] * 16]

    assert at_once(visits) == {303: 32}
    assert count(Response) == 1


def test_the_last_answer_from_many_tabs_closes_once(app: Flask) -> None:
    person_id, token = learner(1)
    attempt_id = start(current_course(), person_id, "serving", START)
    forms = [dict(right(item)) for item in queries.attempt(attempt_id, person_id).items]
    first = client(app, token)
    db.session.remove()
    for position, form in enumerate(forms[:-1], start=1):
        Context().run(first.post, f"/attempts/{attempt_id}/{position}", data=form)
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post(f"/attempts/{attempt_id}/6", data=forms[5]).status_code)
        for _ in range(20)
    ]

    assert at_once(visits) == {303: 20}
    closed = queries.attempt(attempt_id, person_id)
    assert (count(Response), closed.earned, closed.possible, closed.closed_at) == (6, 6, 6, START)


def test_twenty_starts_open_one_attempt(app: Flask) -> None:
    person_id, token = learner(1)
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post("/quizzes/brewing/start").status_code) for _ in range(20)
    ]

    assert at_once(visits) == {303: 20}
    assert (count(Attempt), count(AttemptItem)) == (1, 6)
    assert queries.open_attempt_id(person_id, "brewing") is not None


def test_twenty_starts_open_one_session(app: Flask) -> None:
    person_id, token = learner(1)
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post(f"/scenarios/{SESSION}/start").status_code) for _ in range(20)
    ]

    assert at_once(visits) == {303: 20}
    assert (count(Run), count(Branch)) == (1, 1)
    assert sessions.open_run_id(person_id, SESSION) is not None


def test_the_last_move_from_many_tabs_ends_the_session_once(app: Flask) -> None:
    person_id, token = learner(1)
    run_id = lead(current_course(), person_id, START, WARM[:-1])
    form = {"decision": len(WARM), "move": WARM[-1]}
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post(f"/sessions/{run_id}/0", data=form).status_code)
        for _ in range(20)
    ]

    assert at_once(visits) == {303: 20}
    assert (count(MoveRow), count(Run)) == (len(WARM), 1)
    assert sessions.run(run_id, person_id).finished_at == START


def test_going_back_from_many_tabs_opens_one_way(app: Flask) -> None:
    person_id, token = learner(1)
    run_id = complete(current_course(), person_id, START)
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post(f"/sessions/{run_id}/0/4/again").status_code)
        for _ in range(20)
    ]

    assert at_once(visits) == {303: 20}
    assert count(Branch) == 2


def test_a_room_that_starts_together_draws_new_wordings_without_a_deadlock(app: Flask) -> None:
    """Each inserts the same new versions, in an order of its own draw."""
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, learner(number)[1]), lambda visitor: visitor.post("/quizzes/brewing/start").status_code)
        for number in range(32)
    ]

    assert at_once(visits) == {303: 32}
    assert (count(Attempt), count(AttemptItem), count(QuestionVersion)) == (32, 192, 12)


def test_twenty_confirmations_issue_one_certificate(app: Flask) -> None:
    person_id, token = learner(1)
    finish(current_course(), person_id, START)
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post("/certificate", data={"name": "Ada"}).status_code)
        for _ in range(20)
    ]

    assert at_once(visits) == {303: 20}
    assert count(Certificate) == 1


def test_the_same_section_marked_from_many_tabs_is_read_once(app: Flask) -> None:
    from app.learning.models import SectionReadRow

    _, token = learner(1)
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post("/modules/brewing/water").status_code) for _ in range(20)
    ]

    assert at_once(visits) == {303: 20}
    assert count(SectionReadRow) == 1


def autumn() -> tuple[int, str]:
    """A cohort whose join link is open: its id, and the code."""
    institute = institutes.create_institute("Linden", now=START)
    cohort_id = enrolment.create_cohort(institute.id, "Autumn", now=START)
    arranging.open_link(cohort_id)
    db.session.commit()
    return cohort_id, db.session.scalars(select(Cohort.join_code)).one() or ""


def test_twenty_people_with_one_personal_invitation_are_one_member(app: Flask) -> None:
    cohort_id, _ = autumn()
    institute_id = db.session.scalars(select(Cohort.institute_id)).one()
    invited = invitations.invite(
        institute_id, role="trainee", email="x@example.org", cohort_id=cohort_id, invited_by=None, now=START
    )
    db.session.commit()
    path = f"/invitations/{invited.token}"
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, learner(number)[1]), lambda visitor: visitor.post(path, data={"agree": "y"}).status_code)
        for number in range(20)
    ]

    assert at_once(visits) == {303: 1, 410: 19}
    assert (
        db.session.scalars(select(Membership.person_id)).all()
        == db.session.scalars(select(Invitation.accepted_by)).all()
    )
    assert count(Membership) == 1


def test_twenty_people_who_join_by_one_link_are_twenty_members(app: Flask) -> None:
    cohort_id, code = autumn()
    people = [learner(number) for number in range(20)]
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post(f"/join/{code}", data={"agree": "y"}).status_code)
        for _, token in people
    ]

    assert at_once(visits) == {303: 20}
    assert set(db.session.scalars(person_ids(cohort_id))) == {person_id for person_id, _ in people}
    assert count(Membership) == 20


def test_joining_from_many_tabs_is_one_membership(app: Flask) -> None:
    _, code = autumn()
    _, token = learner(1)
    visits: list[tuple[FlaskClient, Visit]] = [
        (client(app, token), lambda visitor: visitor.post(f"/join/{code}", data={"agree": "y"}).status_code)
        for _ in range(20)
    ]

    assert at_once(visits) == {303: 20}
    assert count(Membership) == 1
