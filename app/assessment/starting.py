"""Beginning an attempt, or going on with the open one. Each function adds and flushes; the view commits."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from app import questions
from app.assessment import drawing, queries
from app.assessment.items import add_items
from app.assessment.models import Attempt
from app.assessment.records import MEND, SETS
from app.assessment.turns import FORMS, Waits, next_turn, other
from app.assessment.versions import Draw, versions_asked, versions_of
from app.content import Course
from app.content.records import FINAL
from app.errors import Conflict, NotFound
from app.extensions import db


def start(course: Course, person_id: UUID, quiz_id: str, *, mark: int, now: datetime, rng: random.Random) -> UUID:
    """The person's open attempt at the module quiz; if there is none, a new one with questions drawn and pinned.

    `mark`: the pass mark in per cent by which this attempt will be labelled. NotFound: no such quiz.
    """
    quiz = course.quizzes.get(quiz_id)
    if quiz is None:
        raise NotFound

    def begin() -> tuple[None, Sequence[Draw]]:
        drawn = drawing.draw(quiz, course.blueprint(quiz), _history(person_id, quiz_id), rng)
        return None, versions_of(course, drawn)

    return _open(course, person_id, quiz_id, "module", begin, mark=mark, now=now, rng=rng)


def start_set(
    course: Course,
    person_id: UUID,
    quiz_id: str,
    kind: Literal["before", "after"],
    *,
    mark: int,
    now: datetime,
    rng: random.Random,
) -> UUID:
    """The person's attempt at the questions before reading, which set is left to chance, or at the other set after it.

    NotFound: the quiz has no sets. Conflict: this kind is done already, or it is `after` and none were done before.
    """
    quiz = course.quizzes.get(quiz_id)
    if quiz is None or not quiz.before:
        raise NotFound

    def begin() -> tuple[str, Sequence[Draw]]:
        sets = queries.summaries(person_id, quiz_id, kinds=SETS)
        done = {one.kind: one.form for one in sets if one.closed_at is not None}
        earlier = done.get("before")
        if kind in done or (kind == "after" and earlier is None):
            raise Conflict("not-its-turn")
        form = other(earlier) if earlier else rng.choice(FORMS)
        return form, versions_asked(course, quiz.set_of(form))

    return _open(course, person_id, quiz_id, kind, begin, mark=mark, now=now, rng=rng)


def start_final(course: Course, person_id: UUID, *, mark: int, waits: Waits, now: datetime, rng: random.Random) -> UUID:
    """The person's open attempt at the final test, or a new one with the form whose turn it is.

    NotFound: the course has no final test. Conflict: it is passed by `mark`, or the wait is not over.
    """
    final = course.final
    if final is None:
        raise NotFound

    def begin() -> tuple[str, Sequence[Draw]]:
        earlier = queries.summaries(person_id, FINAL)
        if any(one.reaches(mark) for one in earlier):
            raise Conflict("passed")
        turn = next_turn(earlier, waits)
        if turn.opens_at is not None and now < turn.opens_at:
            raise Conflict("wait")
        form = turn.form or rng.choice(FORMS)
        cases = list(final.form(form))
        rng.shuffle(cases)
        return form, versions_of(course, cases)

    return _open(course, person_id, FINAL, "final", begin, mark=mark, now=now, rng=rng)


def start_mending(
    course: Course, person_id: UUID, exercise_id: str, *, mark: int, now: datetime, rng: random.Random
) -> UUID:
    """The person's open attempt at a transcript to mend, or a new one: as often as they like.

    NotFound: the course has no such exercise.
    """
    try:
        exercise = course.exercise(exercise_id)
    except KeyError:
        raise NotFound from None

    def begin() -> tuple[None, Sequence[Draw]]:
        return None, versions_of(course, [exercise])

    return _open(course, person_id, exercise_id, MEND, begin, mark=mark, now=now, rng=rng)


def _open(
    course: Course,
    person_id: UUID,
    quiz_id: str,
    kind: str,
    begin: Callable[[], tuple[str | None, Sequence[Draw]]],
    *,
    mark: int,
    now: datetime,
    rng: random.Random,
) -> UUID:
    """`begin`: says which form a new attempt has, and draws it; asked only if none is open."""
    already_open = queries.open_attempt_id(person_id, quiz_id, kind)
    if already_open is not None:
        return already_open
    form, drawn = begin()
    attempt = Attempt(
        id=uuid4(),
        person_id=person_id,
        quiz_id=quiz_id,
        kind=kind,
        form=form,
        edition=course.edition,
        pass_mark=mark,
        started_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(attempt)
    except IntegrityError:  # another tab was a moment faster
        raced = queries.open_attempt_id(person_id, quiz_id, kind)
        if raced is None:
            raise
        return raced
    add_items(attempt.id, person_id, drawn, first=1, now=now, rng=rng)
    return attempt.id


def _history(person_id: UUID, quiz_id: str) -> drawing.History:
    last = queries.last_closed_attempt(person_id, quiz_id)
    missed: set[str] = set()
    harms: set[str] = set()
    copies = queries.question_copies(item.digest for item in last.items) if last else {}
    for item in last.items if last else ():
        copy = copies[item.digest]
        pinned = questions.load(copy.type, copy.schema_version, copy.data)
        if item.response is None or item.response.earned == item.response.possible:
            continue
        missed.add(pinned.question.objective)
        kind = questions.TYPES[pinned.type]
        given = kind.answer_from(pinned.question, item.response.answer)
        harms.update(kind.grade(pinned.question, given).harmful)
    return drawing.History(queries.times_seen(person_id, quiz_id), missed, harms)
