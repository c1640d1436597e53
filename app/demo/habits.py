"""How people go about the course: each habit is a way through it, until the present cuts it short."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.assessment.turns import Waits
from app.content.records import Module
from app.demo.story import Story

Habit = Callable[[Story], None]
WAITS = Waits(timedelta(hours=24), timedelta(days=7))
"""As the final test has it unless a host decides otherwise."""


def finishing(story: Story) -> None:
    """Goes through everything, takes the certificate, and many lead a session."""
    _modules(story, story.course.modules, days=3.5)
    _final(story)
    if _chance(story) < 0.35:
        _session(story)


def brisk(story: Story) -> None:
    """The same within two weeks."""
    _modules(story, story.course.modules, days=1.4)
    _final(story)
    _session(story)


def steady(story: Story) -> None:
    """On the way, at a pace of their own."""
    _modules(story, story.course.modules, days=9 + 10 * _chance(story))
    _final(story)


def waiting(story: Story) -> None:
    """All modules done, the final test not passed: too little sleep before it."""
    _modules(story, story.course.modules, days=3)
    if story.mind:
        story.mind.ability -= 1.6
    story.take_final(WAITS)
    _rest(story, 1.2)
    story.take_final(WAITS)


def stuck(story: Story) -> None:
    """Comes to the second quiz, fails it again and again, and writes to nobody."""
    _modules(story, story.course.modules[:2], days=3)
    if story.mind:
        story.mind.ability -= 3
    for module in story.course.modules[2:3]:
        story.read(module)
        for _ in range(3):
            story.take_quiz(module)
            _rest(story, 1.5)
        story.take_quiz(module, answered=4)


def overconfident(story: Story) -> None:
    """Reads little, is sure of everything, and tries again at once."""
    for module in story.course.modules[:4]:
        story.read(module, sections=2)
        for _ in range(2):
            attempt = story.take_quiz(module)
            if attempt is None or attempt.passed:
                break
        _rest(story, 5)


def idle(story: Story) -> None:
    """Begins well and is not seen again."""
    _modules(story, story.course.modules[:2], days=2)
    for module in story.course.modules[2:3]:
        story.read(module, sections=2 + int(_chance(story) * 3))


def never(story: Story) -> None:
    """Joined, and nothing since."""


def reading(story: Story) -> None:
    """Reads on, and leaves the quizzes for later."""
    for module in story.course.modules:
        story.read(module)
        _rest(story, 6)


@dataclass(frozen=True, slots=True)
class Kind:
    """A habit, and how often it is met among a hundred people."""

    habit: Habit
    weight: int
    ability: float = 1.3
    sure: float = 0.25
    learns: float = 0.65


KINDS = (
    Kind(finishing, 26, ability=1.7),
    Kind(steady, 30),
    Kind(brisk, 8, ability=2.2),
    Kind(idle, 9, ability=1.2),
    Kind(never, 7),
    Kind(overconfident, 7, ability=0.5, sure=0.9, learns=0.05),
    Kind(stuck, 5, ability=1.0),
    Kind(waiting, 4, ability=1.8),
    Kind(reading, 4),
)
FEW = (finishing, stuck, steady, overconfident, idle, never, brisk)
"""Of a small group one each, these first."""


def _modules(story: Story, modules: Sequence[Module], *, days: float) -> None:
    """One after the other: questions before, reading, questions after, the quiz until it is passed."""
    for module in modules:
        asked = _chance(story) < 0.6
        if asked:
            story.take_set(module, "before")
        half = len(module.sections) // 2
        story.read(module, sections=half)
        _rest(story, days / 2)
        story.read(module)
        if asked and _chance(story) < 0.85:
            story.take_set(module, "after")
        _until_passed(story, module)
        _rest(story, days / 2)


def _until_passed(story: Story, module: Module) -> None:
    """Every attempt teaches a little. After four, one goes on and comes back some other day."""
    for _ in range(4):
        attempt = story.take_quiz(module)
        if attempt is None or attempt.passed:
            return
        if story.mind:
            story.mind.ability += 0.5
        _rest(story, 0.6)


def _final(story: Story) -> None:
    """Until it is passed, with the waits between."""
    for days in (1.2, 7.5, 7.5, 7.5):
        attempt = story.take_final(WAITS)
        if attempt is None or attempt.passed:
            return
        if story.mind:
            story.mind.ability += 0.4
        _rest(story, days)


def _session(story: Story) -> None:
    """A simulated session: on the main way, or on one with a mistake that is mended, or left early."""
    for scenario in tuple(story.course.scenarios.values())[:1]:
        ways = (scenario.paths.main, scenario.paths.repaired, scenario.paths.main[:5])
        way = ways[int(_chance(story) * len(ways))]
        story.lead(scenario, way, debriefed=len(way) > 5)


def begin(story: Story, days: float) -> None:
    """Some begin on the day they join, some put it off for up to so many days."""
    _rest(story, days * _chance(story))


def _rest(story: Story, days: float) -> None:
    """Until some days later, more or less; never at night."""
    story.pass_time(days=days * (0.6 + 0.8 * _chance(story)))
    if not 6 <= story.now.hour <= 20:
        story.pass_time(hours=8 + 3 * _chance(story))


def _chance(story: Story) -> float:
    return story.mind.chance.random() if story.mind else 0.5
