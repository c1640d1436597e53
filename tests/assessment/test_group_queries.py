"""What is read of a group: who counts, which answers, and that it costs the same for many."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Select

from app.accounts import services as accounts
from app.accounts.group_queries import faces
from app.assessment import group_queries, queries, services
from app.assessment.group_queries import all_answers, attempt_lines, first_answers, last_answered, pinned
from app.content.records import Course
from app.enrolment import services as enrolment
from app.extensions import db
from app.institutes import services as institutes
from app.learning.group_queries import read_lines, reads_by_module
from app.learning.services import mark_read
from app.scenarios.group_queries import last_moves
from app.supervision.populations import trainees_of_cohort, trainees_of_institute
from tests import leading, taking
from tests.conftest import Browser, Clock
from tests.groups import Group, add_trainee, group
from tests.statements import statements
from tests.supervision.crowd import crowd


@pytest.fixture
def linden(app: object, time: Clock) -> Group:
    return group("Linden", ("Anna", "Ben", "Ada"), now=time())


@pytest.fixture
def cedar(app: object, time: Clock) -> Group:
    return group("Cedar", ("Carl", "Dora", "Cy"), now=time())


def ids(people: Select[UUID]) -> list[UUID]:
    return sorted(db.session.scalars(people))


# Who counts


def test_trainees_are_those_of_the_cohort_alone(linden: Group, cedar: Group) -> None:
    assert ids(trainees_of_cohort(linden.cohort_id)) == [linden.trainee.person_id]
    assert ids(trainees_of_institute(cedar.institute.id)) == [cedar.trainee.person_id]


def test_staff_who_try_the_course_in_their_own_cohort_do_not_count(linden: Group, time: Clock) -> None:
    for somebody in (linden.administrator, linden.supervisor):
        enrolment.join(linden.cohort_id, somebody.person_id, now=time())

    assert ids(trainees_of_cohort(linden.cohort_id)) == [linden.trainee.person_id]
    assert ids(trainees_of_institute(linden.institute.id)) == [linden.trainee.person_id]


def test_staff_of_another_institute_may_learn_here(linden: Group, cedar: Group, time: Clock) -> None:
    enrolment.join(linden.cohort_id, cedar.supervisor.person_id, now=time())

    assert ids(trainees_of_cohort(linden.cohort_id)) == sorted([linden.trainee.person_id, cedar.supervisor.person_id])


def test_administrators_of_the_site_do_not_count(linden: Group, bea: Browser, time: Clock) -> None:
    enrolment.join(linden.cohort_id, bea.person_id, now=time())

    assert ids(trainees_of_cohort(linden.cohort_id)) == [linden.trainee.person_id]


def test_whoever_has_left_does_not_count(linden: Group, time: Clock) -> None:
    enrolment.leave(linden.membership_id, linden.trainee.person_id, now=time())

    assert ids(trainees_of_cohort(linden.cohort_id)) == []
    assert ids(trainees_of_institute(linden.institute.id)) == []


def test_whoever_is_in_two_cohorts_counts_once_at_the_institute(linden: Group, time: Clock) -> None:
    other = enrolment.create_cohort(linden.institute.id, "Spring", now=time())
    enrolment.join(other, linden.trainee.person_id, now=time())

    assert ids(trainees_of_institute(linden.institute.id)) == [linden.trainee.person_id]


# Which answers


def test_answers_of_an_abandoned_attempt_count(linden: Group, course: Course, time: Clock) -> None:
    ada = linden.trainee.person_id
    attempt_id = taking.start(course, ada, "brewing", time())
    item = queries.attempt(attempt_id, ada).items[0]
    services.answer(attempt_id, ada, 1, taking.right(item), now=time(), confidence="sure")
    db.session.commit()

    (found,) = first_answers(trainees_of_cohort(linden.cohort_id))

    stored = queries.attempt(attempt_id, ada).items[0]
    assert stored.response is not None
    assert (found.person_id, found.attempt_id, found.position, found.quiz_id, found.kind) == (
        ada,
        attempt_id,
        1,
        "brewing",
        "module",
    )
    assert (found.digest, found.question_id, found.vignette_id) == (item.digest, item.question_id, item.vignette_id)
    assert (found.answer, found.confidence, found.answered_at) == (stored.response.answer, "sure", time())
    assert found.score == 1
    assert found.exposure == 1
    (line,) = attempt_lines(trainees_of_cohort(linden.cohort_id))
    assert (line.attempt_id, line.closed_at, line.earned, line.percent) == (attempt_id, None, None, None)


def test_first_answers_leave_out_what_was_shown_before(linden: Group, course: Course, time: Clock) -> None:
    ada = linden.trainee.person_id
    for number in range(6):
        taking.answer_all(
            taking.start(course, ada, "brewing", time.pass_time(days=1), seed=number), ada, time(), wrongly=[1]
        )
    people = trainees_of_cohort(linden.cohort_id)

    first, every = first_answers(people), all_answers(people)

    assert len(first) < len(every)
    assert [one.exposure for one in first] == [1] * len(first)
    assert len({one.scoring_digest for one in first}) == len(first)
    assert {one.scoring_digest for one in first} == {one.scoring_digest for one in every}
    assert [one for one in every if one.exposure == 1] == list(first)


def test_answers_stand_oldest_first_and_ungraded_ones_not_at_all(linden: Group, course: Course, time: Clock) -> None:
    ada = linden.trainee.person_id
    taking.finish_modules(course, ada, time())

    found = all_answers(trainees_of_cohort(linden.cohort_id))

    assert found == tuple(sorted(found, key=lambda one: (one.answered_at, one.attempt_id.hex, one.position)))
    assert all(one.possible > 0 for one in found)
    types = {pinned([one.digest])[one.digest].type for one in found}
    assert "compose" not in types


def test_answers_around_the_reading_count_only_when_asked_for(linden: Group, course: Course, time: Clock) -> None:
    ada = linden.trainee.person_id
    attempt_id = taking.start_set(course, ada, "before", time())
    taking.answer_all(attempt_id, ada, time())
    people = trainees_of_cohort(linden.cohort_id)

    assert (first_answers(people), attempt_lines(people)) == ((), ())
    assert {one.attempt_id for one in first_answers(people, ("before",))} == {attempt_id}
    assert [one.kind for one in attempt_lines(people, ("before", "after"))] == ["before"]


def test_nothing_of_another_institute_is_read(linden: Group, cedar: Group, course: Course, time: Clock) -> None:
    taking.finish(course, cedar.trainee.person_id, time())
    people = trainees_of_cohort(linden.cohort_id)

    found = [query(people) for query in (all_answers, first_answers, attempt_lines, reads_by_module, read_lines)]

    assert found == [()] * 5
    assert (last_answered(people), last_moves(people)) == ({}, {})
    assert list(faces(people)) == [linden.trainee.person_id]


def test_attempt_lines_hold_what_passing_is_derived_from(linden: Group, course: Course, time: Clock) -> None:
    ada = linden.trainee.person_id
    record = taking.answer_all(taking.start(course, ada, "brewing", time()), ada, time.pass_time(minutes=9))

    (line,) = attempt_lines(trainees_of_cohort(linden.cohort_id))

    assert (line.earned, line.possible, line.closed_at) == (record.earned, record.possible, time())
    assert line.reaches(100) is True


# When somebody was there


def test_last_answered_is_the_latest_of_beginning_and_answering_whatever_the_kind(
    linden: Group, course: Course, time: Clock
) -> None:
    ada = linden.trainee.person_id
    people = trainees_of_cohort(linden.cohort_id)
    attempt_id = taking.start_set(course, ada, "before", time())
    assert last_answered(people) == {ada: time()}

    item = queries.attempt(attempt_id, ada).items[0]
    services.answer(attempt_id, ada, 1, taking.right(item), now=time.pass_time(days=1))
    db.session.commit()

    assert last_answered(people) == {ada: time()}


def test_last_move_is_that_of_a_session(linden: Group, course: Course, time: Clock) -> None:
    ada = linden.trainee.person_id
    run_id = leading.begin(course, ada, time())
    people = trainees_of_cohort(linden.cohort_id)
    assert last_moves(people) == {ada: time()}

    leading.make(run_id, ada, ["ask"], time.pass_time(days=1))

    assert last_moves(people) == {ada: time()}


def test_reads_count_by_module_and_only_what_the_course_still_has(linden: Group, course: Course, time: Clock) -> None:
    ada, module = linden.trainee.person_id, course.module("brewing")
    began = time()
    for section in module.sections[:2]:
        mark_read(course, ada, "brewing", section.id, now=time.pass_time(days=1))
    people = trainees_of_cohort(linden.cohort_id)

    (whole,) = reads_by_module(people)
    (known,) = reads_by_module(people, [("brewing", module.sections[1].id)])

    first, second = began + timedelta(days=1), began + timedelta(days=2)
    assert (whole.person_id, whole.module_id, whole.sections) == (ada, "brewing", 2)
    assert (whole.first_at, whole.last_at) == (first, second)
    assert (known.sections, known.first_at) == (1, second)
    assert [(one.section_id, one.read_at) for one in read_lines(people)] == [
        (module.sections[0].id, first),
        (module.sections[1].id, second),
    ]


def test_faces_are_the_names_and_addresses_of_those_who_have_them(linden: Group, time: Clock) -> None:
    second = add_trainee(linden.cohort_id, "Aaron", time())

    found = faces(trainees_of_cohort(linden.cohort_id))

    assert [(person_id, face.name, face.email) for person_id, face in found.items()] == [
        (second, "Aaron", "aaron@example.org"),
        (linden.trainee.person_id, "Ada", "ada@example.org"),
    ]


# What it costs

QUERIES: tuple[Callable[[Select[UUID]], Any], ...] = (
    first_answers,
    all_answers,
    attempt_lines,
    last_answered,
    reads_by_module,
    read_lines,
    faces,
    last_moves,
)


def test_each_query_is_one_statement_for_one_for_thirty_and_for_a_thousand(
    linden: Group, course: Course, time: Clock
) -> None:
    """Those who are added are rows alone: the same to the database, and quick."""
    people = trainees_of_cohort(linden.cohort_id)
    counted: dict[str, list[int]] = {query.__name__: [] for query in QUERIES}
    for more in (0, 29, 970):
        crowd(course, linden.cohort_id, more, time(), cases=1, seed=more)
        for query in QUERIES:
            with statements(db.engine) as said:
                query(people)
            counted[query.__name__].append(len(said))

    assert counted == {query.__name__: [1, 1, 1] for query in QUERIES}
    assert len(ids(people)) == 1000


def test_a_crowd_is_really_read(linden: Group, course: Course, time: Clock) -> None:
    """What the test above counts statements of."""
    crowd(course, linden.cohort_id, 99, time(), cases=1)
    people = trainees_of_cohort(linden.cohort_id)

    assert len(faces(people)) == 100
    assert len({one.person_id for one in first_answers(people)}) == 99
    assert len(reads_by_module(people)) == 99 * len(course.modules)


def test_copies_are_read_in_one_statement_and_once(
    linden: Group, course: Course, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_queries, "_copies", {})
    crowd(course, linden.cohort_id, 30, time())
    answers = all_answers(trainees_of_cohort(linden.cohort_id))
    digests = {one.digest for one in answers}

    with statements(db.engine) as first:
        found = pinned(digests)
    with statements(db.engine) as again:
        same = pinned(digests)

    assert (len(first), len(again)) == (1, 0)
    assert set(found) == digests
    assert all(found[digest] is same[digest] for digest in digests)


def test_accounts_without_a_group_are_nobodys_trainees(linden: Group, time: Clock) -> None:
    institutes.create_institute("Empty", now=time())
    accounts.create_account(name="Eve", email="eve@example.org", password="four brown boots walking", now=time())

    assert ids(trainees_of_institute(linden.institute.id + 1)) == []
