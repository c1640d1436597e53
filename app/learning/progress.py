"""Where somebody stands in the course, and what comes next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.assessment.records import SCORED, AttemptSummary
from app.content.records import FINAL, Course, Module
from app.learning.completion import SectionRead

State = Literal["untouched", "begun", "done"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: read a section (`section_id`), or take the module's quiz (`section_id` None).

    The final test comes with FINAL in place of a module's id.
    """

    module_id: str
    section_id: str | None


@dataclass(frozen=True, slots=True)
class QuizProgress:
    """How it stands with a module's quiz. `best` is in whole per cent, rounded down."""

    quiz_id: str
    passed: bool
    best: int | None
    attempts: int
    open_attempt: AttemptSummary | None


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module's line on the course page."""

    module: Module
    state: State
    sections_read: frozenset[str]
    quiz: QuizProgress | None
    minutes_left: int


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """The whole course for one person. `next_step` is None when everything is done."""

    modules: tuple[ModuleProgress, ...]
    final: QuizProgress | None
    """None: the course has no final test."""
    next_step: Step | None
    begun: bool
    done: int
    total: int
    minutes_left: int

    def module(self, module_id: str) -> ModuleProgress:
        """KeyError: no such module."""
        for progress in self.modules:
            if progress.module.id == module_id:
                return progress
        raise KeyError(module_id)


MINUTES_A_QUESTION = 1.5


def course_progress(
    course: Course, reads: Sequence[SectionRead], attempts: Sequence[AttemptSummary], mark: int
) -> CourseProgress:
    """Progress of the person who did `reads` and `attempts`, quizzes counting as passed from `mark` per cent on."""
    modules = tuple(module_progress(course, module, reads, attempts, mark) for module in course.modules)
    final = _quiz_progress(FINAL, attempts, mark) if course.final else None
    steps = [(step, _done(step, modules, final)) for step in steps_of(course)]
    done = sum(is_done for _, is_done in steps)
    return CourseProgress(
        modules=modules,
        final=final,
        next_step=next_step(course, steps, reads, attempts),
        begun=bool(reads or attempts),
        done=done,
        total=len(steps),
        minutes_left=sum(module.minutes_left for module in modules)
        + (final_minutes(course) if final and not final.passed else 0),
    )


def module_progress(
    course: Course, module: Module, reads: Sequence[SectionRead], attempts: Sequence[AttemptSummary], mark: int
) -> ModuleProgress:
    """One module's progress; `reads` and `attempts` may hold other modules' too."""
    known = {section.id for section in module.sections}
    read = frozenset(read.section_id for read in reads if read.module_id == module.id and read.section_id in known)
    quiz = _quiz_progress(module.quiz_id, attempts, mark) if module.quiz_id else None
    done = len(read) == len(known) and (quiz is None or quiz.passed)
    begun = bool(read) or bool(quiz and quiz.attempts)
    left = sum(section.minutes for section in module.sections if section.id not in read)
    if quiz is not None and not quiz.passed:
        left += quiz_minutes(course, quiz.quiz_id)
    return ModuleProgress(module, "done" if done else "begun" if begun else "untouched", read, quiz, left)


def quiz_minutes(course: Course, quiz_id: str) -> int:
    """How long one attempt takes, roughly."""
    return round(MINUTES_A_QUESTION * questions_asked(course, quiz_id))


def final_minutes(course: Course) -> int:
    """How long one form of the final test takes, roughly; 0 without one."""
    return round(MINUTES_A_QUESTION * course.final.questions) if course.final else 0


def study_minutes(course: Course) -> int:
    """How long the whole course takes, roughly: reading at a pace for study, and each quiz and the final test once."""
    reading = sum(section.minutes for module in course.modules for section in module.sections)
    return reading + sum(quiz_minutes(course, quiz_id) for quiz_id in course.quizzes) + final_minutes(course)


def questions_asked(course: Course, quiz_id: str) -> int:
    """How many graded questions one attempt at this quiz brings; a case may bring one more that is not graded."""
    counts = sorted(
        (sum(question.graded for question in vignette.questions) for vignette in course.quizzes[quiz_id].bank),
        reverse=True,
    )
    return sum(counts[: course.attempt_vignettes])


def steps_of(course: Course) -> tuple[Step, ...]:
    """Everything there is to do, in the course's order."""
    steps: list[Step] = []
    for module in course.modules:
        steps += (Step(module.id, section.id) for section in module.sections)
        if module.quiz_id is not None:
            steps.append(Step(module.id, None))
    if course.final is not None:
        steps.append(Step(FINAL, None))
    return tuple(steps)


def next_step(
    course: Course,
    steps: Sequence[tuple[Step, bool]],
    reads: Sequence[SectionRead],
    attempts: Sequence[AttemptSummary],
) -> Step | None:
    """The first step not done after the last thing this person did; behind the last step it goes on from the start."""
    if all(done for _, done in steps):
        return None
    last = _last_action(course, reads, attempts)
    order = [step for step, _ in steps]
    start = order.index(last) if last in order else 0
    turned = [*steps[start:], *steps[:start]]
    return next(step for step, done in turned if not done)


def _last_action(course: Course, reads: Sequence[SectionRead], attempts: Sequence[AttemptSummary]) -> Step | None:
    modules = {FINAL: FINAL} | {module.quiz_id: module.id for module in course.modules if module.quiz_id}
    actions: list[tuple[datetime, Step]] = [(read.at, Step(read.module_id, read.section_id)) for read in reads]
    actions += [
        (attempt.closed_at or attempt.started_at, Step(modules[attempt.quiz_id], None))
        for attempt in attempts
        if attempt.quiz_id in modules
    ]
    return max(actions, key=lambda action: action[0])[1] if actions else None


def _done(step: Step, modules: Sequence[ModuleProgress], final: QuizProgress | None) -> bool:
    if step.module_id == FINAL:
        return final is not None and final.passed
    progress = next(progress for progress in modules if progress.module.id == step.module_id)
    if step.section_id is not None:
        return step.section_id in progress.sections_read
    return progress.quiz is not None and progress.quiz.passed


def _quiz_progress(quiz_id: str, attempts: Sequence[AttemptSummary], mark: int) -> QuizProgress:
    mine = [attempt for attempt in attempts if attempt.quiz_id == quiz_id and attempt.kind in SCORED]
    best = max((attempt.percent for attempt in mine if attempt.percent is not None), default=None)
    passed = any(attempt.reaches(mark) for attempt in mine)
    still_open = next((attempt for attempt in mine if attempt.closed_at is None), None)
    return QuizProgress(quiz_id, passed, best, len(mine), still_open)
