"""Where somebody stands, and what comes next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.assessment.records import AttemptSummary
from app.content.records import FINAL, Course
from app.learning.completion import SectionRead
from app.learning.progress import QuizProgress, Step, course_progress, questions_asked, steps_of, study_minutes

START = datetime(2027, 3, 1, 20, 0, tzinfo=UTC)


def read(step: Step, minutes: int = 0) -> SectionRead:
    assert step.section_id is not None
    return SectionRead(step.module_id, step.section_id, START + timedelta(minutes=minutes))


def attempt(quiz_id: str, earned: int | None, minutes: int = 0) -> AttemptSummary:
    at = START + timedelta(minutes=minutes)
    return AttemptSummary(
        id=uuid4(),
        quiz_id=quiz_id,
        started_at=at,
        closed_at=None if earned is None else at,
        earned=earned,
        possible=None if earned is None else 10,
        pass_mark=80,
        answered=3,
        asked=10,
    )


@pytest.fixture
def steps(course: Course) -> tuple[Step, ...]:
    return steps_of(course)


def test_the_first_step_is_the_first_section(course: Course, steps: tuple[Step, ...]) -> None:
    progress = course_progress(course, (), (), 80)

    assert (progress.next_step, progress.begun, progress.done) == (steps[0], False, 0)
    assert all(module.state == "untouched" for module in progress.modules)


def test_resuming_goes_on_after_the_last_action_not_at_the_first_gap(course: Course, steps: tuple[Step, ...]) -> None:
    sections = [step for step in steps if step.section_id]

    progress = course_progress(course, [read(sections[2])], (), 80)

    assert progress.next_step == steps[steps.index(sections[2]) + 1]


def test_behind_the_last_step_it_goes_on_with_what_was_left_out(course: Course, steps: tuple[Step, ...]) -> None:
    quiz_id = next(module.quiz_id for module in reversed(course.modules) if module.quiz_id)
    sections = [step for step in steps if step.section_id]
    reads = [read(step) for step in sections[1:]]
    attempts = [attempt(quiz_id, 10, minutes=4), attempt(FINAL, 10, minutes=5)]

    progress = course_progress(course, reads, attempts, 80)

    assert steps[-2:] == (Step(course.quizzes[quiz_id].module_id, None), Step(FINAL, None))
    assert progress.next_step == steps[0]


def test_a_failed_quiz_is_still_to_do_and_its_best_is_rounded_down(course: Course) -> None:
    quiz_id = next(iter(course.quizzes))

    progress = course_progress(course, (), [attempt(quiz_id, 7), attempt(quiz_id, 5)], 80)
    quiz = progress.module(course.quizzes[quiz_id].module_id).quiz

    assert quiz is not None
    assert (quiz.passed, quiz.best, quiz.attempts, quiz.open_attempt) == (False, 70, 2, None)


def test_the_mark_that_asks_decides_whether_an_attempt_counts(course: Course) -> None:
    quiz_id = next(iter(course.quizzes))
    module_id = course.quizzes[quiz_id].module_id
    attempts = [attempt(quiz_id, 8)]

    at_80 = course_progress(course, (), attempts, 80).module(module_id).quiz
    at_90 = course_progress(course, (), attempts, 90).module(module_id).quiz

    assert at_80 is not None and at_80.passed
    assert at_90 is not None and not at_90.passed


def test_everything_done_leaves_no_next_step_and_no_time(course: Course, steps: tuple[Step, ...]) -> None:
    reads = [read(step) for step in steps if step.section_id]
    attempts = [attempt(quiz_id, 9) for quiz_id in (*course.quizzes, FINAL)]

    progress = course_progress(course, reads, attempts, 80)

    assert (progress.next_step, progress.minutes_left, progress.done) == (None, 0, progress.total)


def test_the_final_test_is_the_last_step_and_takes_its_time(course: Course, steps: tuple[Step, ...]) -> None:
    reads = [read(step) for step in steps if step.section_id]
    attempts = [attempt(quiz_id, 9, minutes=5) for quiz_id in course.quizzes]

    progress = course_progress(course, reads, [*attempts, attempt(FINAL, 5)], 80)

    assert (progress.next_step, progress.minutes_left) == (Step(FINAL, None), 6)
    assert progress.final is not None
    assert (progress.final.passed, progress.final.best, progress.final.attempts) == (False, 50, 1)


def test_a_course_without_a_final_test_has_no_such_step(course: Course) -> None:
    without = replace(course, final=None)

    assert Step(FINAL, None) not in steps_of(without)
    assert course_progress(without, (), (), 80).final is None
    assert study_minutes(course) - study_minutes(without) == 6


def test_answers_before_reading_begin_nothing_and_pass_nothing(course: Course) -> None:
    before = replace(attempt("serving", 10), kind="before", form="A")

    progress = course_progress(course, (), [before], 80).module("serving")

    assert (progress.state, progress.quiz) == ("untouched", QuizProgress("serving", False, None, 0, None))


def test_reads_of_sections_that_the_course_no_longer_has_are_ignored(course: Course) -> None:
    gone = SectionRead(course.modules[0].id, "gone", START)

    assert course_progress(course, [gone], (), 80).done == 0


def test_an_attempt_asks_as_many_questions_as_its_cases_hold(course: Course) -> None:
    for quiz_id in course.quizzes:
        assert questions_asked(course, quiz_id) == 2 * course.attempt_vignettes
