"""The course that ships with the project."""

import json
from collections.abc import Iterator
from fractions import Fraction

import pytest

from app import questions
from app.content import Course
from app.content.pinning import pin
from app.content.records import FinalTest, Quiz, Vignette
from app.questions import BaseQuestion
from tests.content.test_rendering import Page
from tests.shipped import shipped


@pytest.fixture(scope="module")
def course() -> Course:
    return shipped()


def asked(course: Course) -> Iterator[tuple[Vignette, BaseQuestion]]:
    quizzes: list[Quiz | FinalTest] = [*course.quizzes.values(), *([course.final] if course.final else [])]
    cases = [*(vignette for quiz in quizzes for vignette in quiz.vignettes), *course.mending]
    return ((vignette, question) for vignette in cases for question in vignette.questions)


def test_every_key_scores_full_marks(course: Course) -> None:
    for vignette, question in asked(course):
        version = pin(course, vignette, question)
        pinned = questions.load(version.type, version.schema_version, json.loads(json.dumps(version.data)))
        kind = questions.TYPES[pinned.type]
        answer = kind.parse(pinned.question, kind.form(kind.best(pinned.question)))
        assert kind.grade(pinned.question, answer).earned == Fraction(question.graded), question.id


def test_no_two_versions_share_a_digest(course: Course) -> None:
    versions = [pin(course, vignette, question) for vignette, question in asked(course)]

    assert len({version.digest for version in versions}) == len(versions)
    assert len({version.scoring_digest for version in versions}) == len(versions)


def test_all_sections_on_one_page_nest_and_share_no_id(course: Course) -> None:
    page = Page("".join(section.html for module in course.modules for section in module.sections))

    assert len(page.ids) == len(set(page.ids))
    assert {target[1:] for target in page.pointers if target.startswith("#")} <= set(page.ids)
    assert "style" not in page.attributes


def test_no_mark_of_ours_is_left_in_a_section(course: Course) -> None:
    for module in course.modules:
        for section in module.sections:
            for mark in ("[@", "[[", "](", ":::", "{#", "**", "\ue000"):
                assert mark not in section.html, (module.id, section.id, mark)
