"""The demo: two institutes in which something has happened, by the present, and nothing twice."""

import random
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import DateTime, func, select

from app import demo
from app.accounts import services as accounts
from app.accounts.hashing import verify
from app.accounts.models import Identity
from app.assessment.models import Attempt, Dispute
from app.content.pinning import pin
from app.content.records import Course, Vignette
from app.credentials.models import Certificate
from app.demo import names
from app.demo.minds import Mind, common_beliefs
from app.demo.plans import CEDAR, LINDEN, PLANS
from app.demo.ways import ways_of
from app.enrolment.models import Cohort, Membership
from app.extensions import Base, db
from app.institutes import queries as institutes
from app.institutes.models import Institute, Invitation
from app.mail.models import Letter
from app.questions import TYPES, Pinned, load
from tests.conftest import START, Clock
from tests.filled import Filled, Visitor, filled

EXPECTED = {"expires_at", "due_at"}
"""Moments that lie ahead."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def app(small: Filled, time: Clock) -> Iterator[Flask]:
    with small.app.app_context():
        yield small.app
        small.put_back()


def counts() -> dict[str, int]:
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def rows(table: type[Base]) -> int:
    return counts()[table.__tablename__]


def test_a_second_time_changes_nothing(app: Flask) -> None:
    before = counts()

    demo.fill(START + timedelta(days=1), scale="small")

    assert counts() == before


def test_without_a_scale_it_is_the_four_of_the_documentation(sample_app: Flask, time: Clock) -> None:
    with sample_app.app_context():
        try:
            assert demo.fill(START) == demo.ACCOUNTS
            assert (rows(Identity), rows(Institute), rows(Membership)) == (4, 0, 0)
        finally:
            db.session.remove()
            for table in reversed(Base.metadata.sorted_tables):
                db.session.execute(table.delete())
            db.session.commit()


def test_each_institute_has_an_administrator_two_supervisors_and_people(app: Flask) -> None:
    found = {one.slug: [seat.role for seat in institutes.staff(one.id)] for one in institutes.all_institutes()}

    assert found == {slug: ["administrator", "supervisor", "supervisor"] for slug in ("cedar", "linden")}
    for plan in PLANS:
        institute_id = db.session.scalars(select(Institute.id).where(Institute.slug == plan.slug)).one()
        cohorts = db.session.scalars(select(Cohort.id).where(Cohort.institute_id == institute_id)).all()
        present = select(func.count()).where(Membership.left_at.is_(None))
        assert [db.session.scalar(present.where(Membership.cohort_id == one)) for one in cohorts] == (
            [5, 2] if plan is LINDEN else [4]
        )


def test_everybody_who_is_printed_signs_in(app: Flask) -> None:
    for account in demo.fill(START, scale="small"):
        form = {"email": account.email, "password": account.password}
        answer = Visitor(app, None).ask("POST", "/login", form)
        assert (answer.status_code, answer.location) == (303, "/course"), account


def test_whoever_is_not_printed_does_not(app: Flask) -> None:
    printed = {account.email for account in demo.fill(START, scale="small")}
    hashes = db.session.execute(select(Identity.email, Identity.password_hash)).all()

    silent = {password_hash for email, password_hash in hashes if email not in printed}

    assert len(silent) == 1
    assert [verify(silent.copy().pop(), guess) for guess in ("", "demo-password", "None")] == [False] * 3


def test_an_account_without_a_password_gets_one_by_letter(app: Flask) -> None:
    accounts.create_account(name="Silent", email="silent@example.org", password=None, now=START)
    accounts.request_reset("silent@example.org", START)

    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()

    assert letter is not None
    assert (letter.recipient, "/reset/" in letter.body) == ("silent@example.org", True)


def test_nothing_has_happened_after_the_present(app: Flask) -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(getattr(column.type, "impl", None), DateTime) and column.name not in EXPECTED:
                latest = db.session.scalar(select(func.max(column)))
                assert latest is None or latest <= START, (table.name, column.name, latest)


def test_every_page_has_something_to_say(app: Flask) -> None:
    found = counts()

    assert [name for name in SAYING if not found[name]] == []
    assert rows(Invitation) > db.session.scalar(select(func.count(Invitation.accepted_at)))  # type: ignore[operator]
    assert (db.session.scalar(select(func.count(Letter.failed_at))) or 0) > 0
    replied = db.session.scalar(select(func.count(Dispute.reply)))
    assert (replied or 0) > 0
    assert db.session.scalars(select(Attempt.kind).distinct().order_by(Attempt.kind)).all() == [
        "after", "before", "final", "mend", "module",
    ]  # fmt: skip
    assert db.session.scalar(select(func.count()).where(Certificate.institute_id.is_not(None)))


SAYING = ("attempts", "audit_entries", "attention_marks", "certificates", "disputes", "letters", "notices", "responses")


@pytest.mark.slow
def test_an_interrupted_institute_begins_again(tmp_path: Path, time: Clock) -> None:
    whole = filled(tmp_path)
    with whole.app.app_context():
        before = counts()
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()

        def interrupt(line: str) -> None:
            if CEDAR.name in line:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            demo.fill(START, scale="small", say=interrupt)
        db.session.rollback()

        assert [one.slug for one in institutes.all_institutes()] == ["linden"]
        demo.fill(START, scale="small")
        beside = {"sign_ins": 0, "invitations": before["invitations"] - 2}  # what tests/filled.py puts beside the demo
        assert counts() == {**before, **beside}


def questions_of(course: Course) -> list[Pinned]:
    """Every question of every quiz and of the final test, as it would be drawn."""
    cases = [case for quiz in course.quizzes.values() for case in quiz.vignettes]
    versions = [pin(course, case, question) for case in (*cases, *exam(course)) for question in case.questions]
    return [load(one.type, one.schema_version, one.data) for one in versions]


def exam(course: Course) -> tuple[Vignette, ...]:
    return course.final.vignettes if course.final else ()


def test_ways_are_answers_that_the_question_takes_and_grades_so(course: Course) -> None:
    for pinned in questions_of(course):
        kind, ways = TYPES[pinned.type], ways_of(pinned)
        for way in (ways.best, *ways.wrong):
            grade = kind.grade(pinned.question, kind.parse(pinned.question, way.form))
            assert (grade.earned, tuple(grade.misconceptions)) == (way.earned, way.misconceptions)
        assert all(way.earned < ways.best.earned for way in ways.wrong)
        assert ways.best.earned == (Fraction(1) if pinned.question.graded else 0)


def test_every_misconception_that_is_offered_can_be_shown(course: Course) -> None:
    for pinned in questions_of(course):
        if pinned.question.graded:
            shown = {id for way in ways_of(pinned).wrong for id in way.misconceptions}
            assert shown == {id for _, id in TYPES[pinned.type].misconceptions(pinned.question)}, pinned.question.id


class Certain(random.Random):
    """Chance that always falls out the same."""

    def __init__(self, value: float) -> None:
        super().__init__()
        self.value = value

    def random(self) -> float:
        return self.value


def test_whoever_holds_a_belief_follows_it_where_it_is_offered(course: Course) -> None:
    offering = [ways for ways in map(ways_of, questions_of(course)) if any(way.misconceptions for way in ways.wrong)]
    assert offering != []
    for ways in offering:
        belief = next(id for way in ways.wrong for id in way.misconceptions)
        mind = Mind(Certain(0.0), ability=99, learns=0, beliefs={belief})

        form, _ = mind.answer(ways, mind.ability)

        taken = next(way for way in ways.wrong if way.form == form)
        assert (belief in taken.misconceptions, mind.beliefs) == (True, {belief})


def test_a_belief_that_was_shown_to_be_wrong_may_go(course: Course) -> None:
    ways = next(ways for ways in map(ways_of, questions_of(course)) if any(way.misconceptions for way in ways.wrong))
    belief = next(id for way in ways.wrong for id in way.misconceptions)
    mind = Mind(Certain(0.0), ability=99, learns=0.5, beliefs={belief})

    mind.answer(ways, mind.ability)

    assert mind.beliefs == set()
    assert mind.answer(ways, mind.ability)[0] == ways.best.form


def test_the_able_are_right_more_often_than_the_unable(course: Course) -> None:
    graded = [ways for ways in map(ways_of, questions_of(course)) if ways.graded]

    def rights(ability: float) -> int:
        mind = Mind(random.Random("someone"), ability)
        return sum(mind.answer(ways, ability)[0] == ways.best.form for ways in graded for _ in range(20))

    assert rights(-2) < rights(0) < rights(2)


def test_common_beliefs_are_those_that_most_cases_offer(course: Course) -> None:
    cases = [case for quiz in course.quizzes.values() for case in quiz.bank]
    offered = {
        belief: sum(
            belief in {id for one in case.questions for _, id in TYPES[one.type].misconceptions(one)} for case in cases
        )
        for belief in common_beliefs(course)
    }

    assert offered != {}
    assert list(offered.values()) == sorted(offered.values(), reverse=True)
    assert min(offered.values()) > 0


@pytest.mark.parametrize("pools", [LINDEN.pools, CEDAR.pools])
def test_no_two_people_are_called_the_same(pools: tuple[str, str]) -> None:
    found = list(names.people(pools, "example.org"))

    assert len({name for name, _ in found}) == len({email for _, email in found}) == len(found) > 600
    assert found == list(names.people(pools, "example.org"))


def test_no_name_stands_at_both_institutes() -> None:
    first, second = ({word for pool in plan.pools for word in pool.split()} for plan in PLANS)

    assert first & second == set()
