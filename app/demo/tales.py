"""The ways of the four whom the documentation shows: the same on every day."""

from datetime import timedelta

from app.credentials import services as certificates
from app.demo.story import Story
from app.enrolment.terms import own_terms

REVIEW = "awaiting clinical review"


def half_way(story: Story) -> None:
    """Two modules done, the third failed once and begun again, the fourth begun."""
    modules = story.course.modules
    for module in modules[:2]:
        story.read(module)
        story.take_quiz(module, missed=1)
    story.now += timedelta(days=2)
    for module in modules[2:3]:
        story.read(module)
        story.take_quiz(module, missed=5)
        story.take_quiz(module, answered=3)
    story.now += timedelta(days=1)
    for module in modules[3:4]:
        story.read(module, sections=2)
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
        review=REVIEW,
        now=story.now,
    )
