"""What is drawn: the current wording of questions, and how their parts will be ordered."""

import random
from collections.abc import Callable, Iterable

from app.content.pinning import Version, pin
from app.content.records import Course, Vignette
from app.questions import TYPES, BaseQuestion

Draw = tuple[Version, Callable[[random.Random], tuple[str, ...]]]
"""A version, and the function that decides in which order its parts will be stored."""


def versions_of(course: Course, vignettes: Iterable[Vignette]) -> tuple[Draw, ...]:
    """The current wording of every question of these vignettes, in order."""
    return versions_asked(course, ((one, question) for one in vignettes for question in one.questions))


def versions_asked(course: Course, asked: Iterable[tuple[Vignette, BaseQuestion]]) -> tuple[Draw, ...]:
    """The current wording of these questions, each given with its vignette."""
    return tuple((pin(course, vignette, question), _ordering(question)) for vignette, question in asked)


def _ordering(question: BaseQuestion) -> Callable[[random.Random], tuple[str, ...]]:
    return lambda rng: TYPES[question.type].stored_order(question, rng)
