"""Fills an instance of its own with people to look around as, each at another place in the course."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app import questions
from app.accounts import services as accounts
from app.accounts.faults import EmailTaken
from app.assessment import queries as attempts
from app.assessment import services as quizzes
from app.assessment import starting
from app.assessment.turns import Waits
from app.content import current_course
from app.content.records import Course, Module
from app.credentials import services as certificates
from app.enrolment.terms import own_terms
from app.extensions import db
from app.learning.services import mark_read
from app.questions.scenario import Scenario
from app.scenarios import services as sessions


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as."""

    name: str
    email: str
    password: str
    role: str
    """What there is to see as this person."""


ACCOUNTS = (
    DemoAccount("Ada Lindqvist", "ada@example.org", "demo-password-ada", "half way, one quiz failed, one open"),
    DemoAccount("Bea Okafor", "bea@example.org", "demo-password-bea", "runs the site"),
    DemoAccount("Cy Rahman", "cy@example.org", "demo-password-cy", "finished, with a certificate"),
    DemoAccount("Dana Novák", "dana@example.org", "demo-password-dana", "has not begun"),
)


def fill(now: datetime) -> tuple[DemoAccount, ...]:
    """Create whoever is missing, commit, and return the accounts. A second time changes nothing."""
    stories: dict[str, Callable[[Story], None]] = {"ada@example.org": half_way, "cy@example.org": finished}
    for account in ACCOUNTS:
        try:
            person_id = accounts.create_account(
                name=account.name,
                email=account.email,
                password=account.password,
                administrator=account.role == "runs the site",
                now=now - timedelta(days=21),
            )
        except EmailTaken:
            continue
        if account.email in stories:
            stories[account.email](Story(current_course(), person_id, account.name, now - timedelta(days=14)))
    db.session.commit()
    return ACCOUNTS


@dataclass(slots=True)
class Story:
    """One person's way through the course; every act moves the clock on a little."""

    course: Course
    person_id: UUID
    name: str
    now: datetime

    def read(self, module: Module, sections: int | None = None) -> None:
        """Read the first `sections` sections of a module, or all."""
        for section in module.sections[:sections]:
            self.now += timedelta(minutes=section.minutes)
            mark_read(self.course, self.person_id, module.id, section.id, now=self.now)

    def take_quiz(self, module: Module, *, missed: int = 0, answered: int | None = None) -> None:
        """Begin an attempt, miss the first `missed` questions, answer `answered` of all (None: to the end)."""
        if module.quiz_id is None:
            return
        chance = random.Random(f"{self.name} {module.id}")
        mark = self.course.pass_mark
        attempt_id = starting.start(self.course, self.person_id, module.quiz_id, mark=mark, now=self.now, rng=chance)
        self.answer(attempt_id, missed=missed, answered=answered)

    def take_final(self) -> None:
        """Pass the final test, if the course has one."""
        if self.course.final is None:
            return
        chance, mark, waits = random.Random(self.name), self.course.pass_mark, Waits(timedelta(0), timedelta(0))
        attempt_id = starting.start_final(self.course, self.person_id, mark=mark, waits=waits, now=self.now, rng=chance)
        self.answer(attempt_id)

    def mend(self, *, missed: int = 0) -> None:
        """Mend the first transcript, if the course has one; with `missed`, look for the slip in vain."""
        for exercise in self.course.mending[:1]:
            chance, mark = random.Random(self.name), self.course.pass_mark
            attempt_id = starting.start_mending(
                self.course, self.person_id, exercise.id, mark=mark, now=self.now, rng=chance
            )
            self.answer(attempt_id, missed=missed)

    def answer(self, attempt_id: UUID, *, missed: int = 0, answered: int | None = None) -> None:
        """Answer the first `answered` questions of an attempt (None: all), the first `missed` of them wrongly."""
        for item in attempts.attempt(attempt_id, self.person_id).items[:answered]:
            self.now += timedelta(minutes=2)
            pinned = quizzes.load(item)
            quizzes.answer(
                attempt_id, self.person_id, item.position, answer_to(pinned, right=item.position > missed), now=self.now
            )

    def lead(self, scenario: Scenario, path: Sequence[str], *, debriefed: bool = False) -> None:
        """Lead a session by these steps (node.move); with a debrief, they come to an ending."""
        run_id = sessions.start(self.course, self.person_id, scenario.id, now=self.now)
        for sequence, step in enumerate(path, 1):
            self.now += timedelta(minutes=1)
            move = step.partition(".")[2]
            sessions.move(run_id, self.person_id, sessions.FIRST, sequence, move, reading="within", now=self.now)
        if debriefed:
            words = "I was tense, and calmer towards the end.", "To ask before every step."
            sessions.write_reaction(run_id, self.person_id, *words, now=self.now)
            sessions.hand_in(run_id, self.person_id, "", now=self.now)


def answer_to(pinned: questions.Pinned, *, right: bool) -> dict[str, list[str]]:
    """The form of the best or the worst answer to a pinned question."""
    kind: Any = questions.TYPES[pinned.type]
    return dict(kind.form((kind.best if right else kind.worst)(pinned.question)))


def half_way(story: Story) -> None:
    """Two modules done, the third failed once and begun again, the fourth begun."""
    first, second, third, fourth = story.course.modules[:4]
    for module in (first, second):
        story.read(module)
        story.take_quiz(module, missed=1)
    story.now += timedelta(days=2)
    story.read(third)
    story.take_quiz(third, missed=5)
    story.take_quiz(third, answered=3)
    story.now += timedelta(days=1)
    story.read(fourth, sections=2)
    story.mend()
    for scenario in tuple(story.course.scenarios.values())[:1]:
        story.lead(scenario, scenario.paths.main[:4])


def finished(story: Story) -> None:
    """Everything done, the certificate taken."""
    for module in story.course.modules:
        story.read(module)
        story.take_quiz(module, missed=1)
        story.now += timedelta(days=1)
    story.take_final()
    story.mend(missed=1)
    for scenario in tuple(story.course.scenarios.values())[:1]:
        story.lead(scenario, scenario.paths.repaired, debriefed=True)
    certificates.issue(
        story.course,
        story.person_id,
        story.name,
        own_terms(story.course),
        public_url=None,
        review="awaiting clinical review",
        now=story.now,
    )
