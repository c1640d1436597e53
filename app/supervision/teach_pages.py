"""What the page of a cohort says of what to teach next, and of what its trainees gained."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, gettext

from app.content import Course
from app.supervision.agenda import agenda
from app.supervision.gain import FEWEST, Gain, gains
from app.supervision.groups import Group
from app.supervision.teaching_pages import Topic, belief_topic

FIRST = 3
"""So many stand on the page; the agenda has them all."""


@dataclass(frozen=True, slots=True)
class GainLine:
    """What the trainees of a cohort knew before and after reading one module, in per cent of the points."""

    title: str
    n: int
    before: int
    after: int
    change: str


def to_teach(course: Course, group: Group) -> tuple[Topic, ...]:
    """The first of the agenda's misconceptions."""
    found = agenda(course, group.scored, group.copies)
    return tuple(belief_topic(course, one) for one in found.beliefs[:FIRST])


def gained(course: Course, group: Group) -> tuple[tuple[GainLine, ...], str]:
    """(modules of which enough trainees answered both sets, what is said of those of which too few did)."""
    found = gains(group.attempts)
    enough = tuple(_gain(course, one) for one in found if one.difference is not None)
    return enough, _too_few(course, [one for one in found if one.difference is None])


def _gain(course: Course, one: Gain) -> GainLine:
    difference = one.difference
    return GainLine(
        title=_title(course, one.quiz_id),
        n=one.paired,
        before=round(100 * (one.before or 0)),
        after=round(100 * (one.after or 0)),
        change=""
        if difference is None
        else gettext(
            "%(change)s points (95%% interval %(low)s to %(high)s)",
            change=_signed(difference.value),
            low=_signed(difference.low),
            high=_signed(difference.high),
        ),
    )


def _too_few(course: Course, few: Sequence[Gain]) -> str:
    """Why nothing is shown of these modules; empty: there are none."""
    if not few:
        return ""
    counts = ", ".join(f"{_title(course, one.quiz_id)} {one.paired}" for one in few)
    return gettext(
        "From %(fewest)s trainees on who have answered both sets, the difference is shown here; with fewer, chance "
        "would speak louder. So far: %(counts)s.",
        fewest=FEWEST,
        counts=counts,
    )


def _signed(share: float | None) -> str:
    """In points of a hundred: +12, −3, 0."""
    points = round(100 * (share or 0))
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{format_decimal(abs(points))}"


def _title(course: Course, quiz_id: str) -> str:
    quiz = course.quizzes.get(quiz_id)
    return quiz.title if quiz else quiz_id
