"""One person's way through the course, act by act, through the services that learners use."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Literal
from uuid import UUID

from app import questions
from app.assessment import queries as attempts
from app.assessment import services as quizzes
from app.assessment import starting
from app.assessment.records import AttemptRecord
from app.assessment.turns import Waits
from app.content.records import Course, Module
from app.demo.minds import Mind
from app.demo.ways import Ways, answer_to, ways_of
from app.learning.services import mark_read
from app.questions.scenario import Scenario
from app.scenarios import services as sessions

NO_WAIT = Waits(timedelta(0), timedelta(0))


class TimeIsUp(Exception):
    """The clock has reached the present: what this person would have done next lies in the future."""


@dataclass(slots=True)
class Story:
    """Every act moves the clock on a little. Without a `mind` answers are right but for those counted as missed."""

    course: Course
    person_id: UUID
    name: str
    now: datetime
    until: datetime | None = None
    """The present. None: nothing stops the clock."""
    mind: Mind | None = None
    mark: int = field(default=0)
    """The pass mark that attempts are begun under; 0: the course's."""

    def pass_time(self, **parts: float) -> None:
        """Raises TimeIsUp where the story would run past the present."""
        later = self.now + timedelta(**parts)
        if self.until is not None and later > self.until:
            raise TimeIsUp
        self.now = later

    def read(self, module: Module, sections: int | None = None) -> None:
        """Read the first `sections` sections of a module, or all."""
        for section in module.sections[:sections]:
            self.pass_time(minutes=section.minutes)
            mark_read(self.course, self.person_id, module.id, section.id, now=self.now)

    def take_quiz(self, module: Module, *, missed: int = 0, answered: int | None = None) -> AttemptRecord | None:
        """Begin an attempt, miss the first `missed` questions, answer `answered` of all (None: to the end)."""
        if module.quiz_id is None:
            return None
        attempt_id = starting.start(
            self.course,
            self.person_id,
            module.quiz_id,
            mark=self._mark,
            now=self.now,
            rng=self._chance(f"{self.name} {module.id}"),
        )
        return self.answer(attempt_id, missed=missed, answered=answered)

    def take_set(self, module: Module, kind: Literal["before", "after"]) -> None:
        """Answer the questions before or after reading a module, if it has any."""
        if module.quiz_id is None or not self.course.quizzes[module.quiz_id].before:
            return
        chance = self._chance(f"{self.name} {module.id} {kind}")
        attempt_id = starting.start_set(
            self.course, self.person_id, module.quiz_id, kind, mark=self._mark, now=self.now, rng=chance
        )
        self.answer(attempt_id, lower=1.6 if kind == "before" else 0.2)

    def take_final(self, waits: Waits = NO_WAIT) -> AttemptRecord | None:
        """Take the final test, if the course has one; without a mind of one's own it is passed."""
        if self.course.final is None:
            return None
        chance, mark = self._chance(self.name), self._mark
        attempt_id = starting.start_final(self.course, self.person_id, mark=mark, waits=waits, now=self.now, rng=chance)
        return self.answer(attempt_id)

    def mend(self, *, missed: int = 0) -> None:
        """Mend the first transcript, if the course has one; with `missed`, look for the slip in vain."""
        for exercise in self.course.mending[:1]:
            chance, mark = self._chance(self.name), self._mark
            attempt_id = starting.start_mending(
                self.course, self.person_id, exercise.id, mark=mark, now=self.now, rng=chance
            )
            self.answer(attempt_id, missed=missed)

    def answer(
        self, attempt_id: UUID, *, missed: int = 0, answered: int | None = None, lower: float = 0
    ) -> AttemptRecord:
        """Answer the first `answered` questions of an attempt (None: all): the first `missed` of them wrongly, or as
        the person's mind has it, with an ability that is `lower`. Returns the attempt."""
        for item in attempts.attempt(attempt_id, self.person_id).items[:answered]:
            self.pass_time(minutes=2)
            pinned, ways = _copy(item.digest)
            form: Mapping[str, Sequence[str]] = answer_to(pinned, right=item.position > missed)
            confidence = None
            if self.mind is not None:
                form, confidence = self.mind.answer(ways, self.mind.ability - lower)
            quizzes.answer(attempt_id, self.person_id, item.position, form, confidence=confidence, now=self.now)
        return attempts.attempt(attempt_id, self.person_id)

    def lead(self, scenario: Scenario, path: Sequence[str], *, debriefed: bool = False) -> None:
        """Lead a session by these steps (node.move); with a debrief, they come to an ending."""
        run_id = sessions.start(self.course, self.person_id, scenario.id, now=self.now)
        for sequence, step in enumerate(path, 1):
            self.pass_time(minutes=1)
            move = step.partition(".")[2]
            sessions.move(run_id, self.person_id, sessions.FIRST, sequence, move, reading="within", now=self.now)
        if debriefed:
            words = "I was tense, and calmer towards the end.", "To ask before every step."
            sessions.write_reaction(run_id, self.person_id, *words, now=self.now)
            sessions.hand_in(run_id, self.person_id, "", now=self.now)

    def _chance(self, seed: str) -> random.Random:
        return self.mind.chance if self.mind else random.Random(seed)

    @property
    def _mark(self) -> int:
        return self.mark or self.course.pass_mark


@cache
def _copy(digest: str) -> tuple[questions.Pinned, Ways]:
    """A pinned question, which never changes, and how it can be answered."""
    copy = attempts.question_copies([digest])[digest]
    pinned = questions.load(copy.type, copy.schema_version, copy.data)
    return pinned, ways_of(pinned)
