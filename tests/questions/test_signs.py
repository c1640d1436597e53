"""What answers show: the same beliefs and harm as their grade, for every question that ships."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import permutations, product
from typing import Any

import pytest

from app import questions
from app.content.pinning import pin
from app.questions import Pinned
from app.questions.signs import parts, signs
from tests.shipped import shipped

pytestmark = pytest.mark.slow
MOST = 200
"""So many answers to one question are tried."""


@cache
def every() -> tuple[Pinned, ...]:
    course = shipped()
    cases = [case for quiz in course.quizzes.values() for case in quiz.vignettes]
    cases += course.final.vignettes if course.final else ()
    versions = [pin(course, case, question) for case in cases for question in case.questions if question.graded]
    return tuple(questions.load(version.type, version.schema_version, version.data) for version in versions)


def answers(pinned: Pinned) -> Iterator[Any]:
    """As they are stored."""
    question: Any = pinned.question
    kind = questions.TYPES[pinned.type]
    given: Iterator[Any]
    match pinned.type:
        case "choice":
            given = (list(one) for one in permutations([option.id for option in question.options], question.marks))
        case "order":
            given = (list(one) for one in permutations([step.id for step in question.steps]))
        case "match":
            prompts = [prompt.id for prompt in question.prompts]
            offered = [one.id for one in question.answers]
            given = (dict(zip(prompts, one, strict=True)) for one in product(offered, repeat=len(prompts)))
        case _:
            given = (line.id for line in question.lines)
    tried = 0
    for one in given:
        try:
            kind.answer_from(question, one)
        except questions.AnswerError:
            continue
        yield one
        tried += 1
        if tried == MOST:
            return


def test_signs_are_those_of_the_grade() -> None:
    for pinned in every():
        kind = questions.TYPES[pinned.type]
        for answer in answers(pinned):
            grade = kind.grade(pinned.question, kind.answer_from(pinned.question, answer))
            found = signs(pinned, answer)

            assert found.misconceptions == frozenset(grade.misconceptions), (pinned.question.id, answer)
            if pinned.type != "order":
                assert found.harmful == frozenset(grade.harmful), (pinned.question.id, answer)
            assert found.misconceptions <= found.offered


def test_full_marks_say_nothing_wrong() -> None:
    for pinned in every():
        kind = questions.TYPES[pinned.type]
        for answer in answers(pinned):
            grade = kind.grade(pinned.question, kind.answer_from(pinned.question, answer))
            known = parts(pinned)
            said = [known[key] for key in signs(pinned, answer).said]

            assert (grade.earned == 1) == all(part.right for part in said), (pinned.question.id, answer)


def test_every_distractor_can_be_chosen() -> None:
    """Of choices, pairs, orders and transcripts alike: what is never said would be called dead without having lived."""
    types = Counter[str]()
    for pinned in every():
        lures = {part.lure for part in parts(pinned).values() if part.lure}
        said = {parts(pinned)[key].lure for answer in answers(pinned) for key in signs(pinned, answer).said}
        if pinned.type in ("choice", "hottext"):
            assert lures <= said, pinned.question.id
        types[pinned.type] += bool(lures)

    assert set(types) == {"choice", "order", "match", "hottext"}


def test_unsafe_order_is_harmful() -> None:
    unsafe = 0
    for pinned in every():
        if pinned.type == "order":
            question: Any = pinned.question
            for answer in answers(pinned):
                broken = {
                    f"{rule.pair[1]}<{rule.pair[0]}"
                    for rule in question.before
                    if rule.safety and answer.index(rule.pair[0]) > answer.index(rule.pair[1])
                }
                unsafe += bool(broken)
                assert signs(pinned, answer).harmful == broken

    assert unsafe


def test_part_has_a_key_of_its_own() -> None:
    for pinned in every():
        keys = [part.key for part in questions.TYPES[pinned.type].parts(pinned.question)]

        assert len(keys) == len(set(keys)), pinned.question.id
