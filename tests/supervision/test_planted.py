"""Three false beliefs are planted in a group that takes the shipped course: they come first in its agenda."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product
from typing import Any
from uuid import UUID

import pytest

from app import questions
from app.assessment import queries, services
from app.assessment.group_queries import all_answers, attempt_lines, pinned
from app.assessment.group_records import GroupAnswer
from app.assessment.records import ItemRecord
from app.content.records import Course
from app.enrolment import services as enrolment
from app.extensions import db
from app.questions import Pinned
from app.questions.signs import parts, signs
from app.supervision.agenda import agenda
from app.supervision.populations import trainees_of_cohort
from tests import taking
from tests.conftest import Clock
from tests.groups import add_trainee, group
from tests.shipped import shipped
from tests.taking import Form

pytestmark = pytest.mark.slow

PLANTED = ("exposure-by-another-name", "client-must-lead-first", "falsifies-memory")
QUIZZES = ("indications", "mechanisms", "phases", "faq-cases")
TRAINEES = 12
SLIPS = 0.1
"""So often somebody is wrong about something else."""


def planted_form(item: ItemRecord, beliefs: Sequence[str]) -> Form | None:
    """An answer that shows one of the beliefs; None: the question offers none of them."""
    copy = services.load(item)
    kind = questions.TYPES[copy.type]
    if not {id for _, id in kind.misconceptions(copy.question)} & set(beliefs):
        return None
    for answer in _answers(copy):
        try:
            given = kind.answer_from(copy.question, answer)
        except questions.AnswerError:
            continue
        if signs(copy, answer).misconceptions & set(beliefs):
            return kind.form(given)
    return None


def _answers(copy: Pinned) -> Iterator[Any]:
    question: Any = copy.question
    match copy.type:
        case "choice":
            yield from map(list, permutations([option.id for option in question.options], question.marks))
        case "order":
            yield from map(list, permutations([step.id for step in question.steps]))
        case "match":
            prompts, offered = [one.id for one in question.prompts], [one.id for one in question.answers]
            for given in product(offered, repeat=len(prompts)):
                yield dict(zip(prompts, given, strict=True))
        case _:
            yield from (line.id for line in question.lines)


def take(
    course: Course,
    person_id: UUID,
    quiz_id: str,
    beliefs: Sequence[str],
    rng: random.Random,
    time: Clock,
    *,
    upto: int = 99,
) -> None:
    """One attempt: right, but for slips, and for what rests on the beliefs. `upto`: leave it behind this question."""
    attempt_id = taking.start(course, person_id, quiz_id, time.pass_time(minutes=30), seed=rng.randrange(1000))
    for item in queries.attempt(attempt_id, person_id).items[:upto]:
        slip = taking.wrong(item) if rng.random() < SLIPS else taking.right(item)
        form = planted_form(item, beliefs) or slip
        services.answer(attempt_id, person_id, item.position, form, now=time.pass_time(minutes=1))
    db.session.commit()


@pytest.fixture
def cohort_id(app: object, time: Clock) -> int:
    """Two in three of the twelve hold one of the beliefs each or more; everybody takes every quiz, some stop half-way.
    The supervisor tries the course too, and holds whatever is wrong."""
    course, rng = shipped(), random.Random(2)
    linden = group("Linden", ("Anna", "Ben", "Ada"), now=time())
    names = [f"Trainee {number}" for number in range(TRAINEES - 1)]
    people = [linden.trainee.person_id, *(add_trainee(linden.cohort_id, name, time()) for name in names)]
    db.session.commit()
    for number, person_id in enumerate(people):
        held = [belief for place, belief in enumerate(PLANTED) if (number + place) % 3 != 0]
        for quiz_id in QUIZZES:
            take(course, person_id, quiz_id, held, rng, time, upto=6 if number % 5 == 4 else 99)
    enrolment.join(linden.cohort_id, linden.supervisor.person_id, now=time())
    others = [belief for belief in course.misconceptions if belief not in PLANTED]
    for quiz_id in QUIZZES:
        take(course, linden.supervisor.person_id, quiz_id, others, rng, time)
    time.pass_time(days=1)
    return linden.cohort_id


def test_planted_beliefs_come_first_with_the_options_that_were_chosen(cohort_id: int) -> None:
    """And those who stopped half-way are in it, but not the supervisor."""
    people = trainees_of_cohort(cohort_id)
    answers = all_answers(people)
    copies = pinned(one.digest for one in answers)

    found = agenda(shipped(), answers, copies)

    first, others = found.beliefs[: len(PLANTED)], found.beliefs[len(PLANTED) :]
    assert {one.misconception_id for one in first} == set(PLANTED)
    assert min(one.share.value for one in first) > max(one.share.value for one in others if not one.few) + 0.1
    for one in first:
        assert (one.met, one.showed) == _counted(one.misconception_id, answers, copies)
        assert {(wrong.scoring_digest, wrong.part.key): wrong.times for wrong in one.wrong} == _chosen(
            one.misconception_id, answers, copies
        )
        assert len({wrong.scoring_digest for wrong in one.wrong}) >= 2
        assert one.sections
    left = {one.attempt_id for one in attempt_lines(people) if one.closed_at is None}
    assert len(left) == 2 * len(QUIZZES)
    assert left <= {one.attempt_id for one in answers}
    assert found.people == len({one.person_id for one in answers}) == TRAINEES


def _counted(belief: str, answers: Sequence[GroupAnswer], copies: Mapping[str, Pinned]) -> tuple[int, int]:
    """Who met a belief and who showed it, by the grade itself."""
    met, showed = set(), set()
    for one in answers:
        if one.exposure == 1:
            kind, question = questions.TYPES[copies[one.digest].type], copies[one.digest].question
            if belief in {id for _, id in kind.misconceptions(question)}:
                met.add(one.person_id)
            if belief in kind.grade(question, kind.answer_from(question, one.answer)).misconceptions:
                showed.add(one.person_id)
    return len(met), len(showed)


def _chosen(belief: str, answers: Sequence[GroupAnswer], copies: Mapping[str, Pinned]) -> Mapping[tuple[str, str], int]:
    """How often each part that rests on the belief was said."""
    return Counter(
        (one.scoring_digest, key)
        for one in answers
        if one.exposure == 1
        for key in signs(copies[one.digest], one.answer).said
        if belief in parts(copies[one.digest])[key].misconceptions
    )
