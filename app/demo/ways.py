"""In which ways a pinned question can be answered, and what each shows of whoever answers so. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from app import questions
from app.questions import choice, hottext, match, order
from app.questions.order_schema import nearest


@dataclass(frozen=True, slots=True)
class Way:
    """An answer as the browser would send it, with its grade."""

    form: Mapping[str, list[str]]
    earned: Fraction
    misconceptions: tuple[str, ...]
    harmful: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """Of one question: the best, and those that earn less."""

    question_id: str
    graded: bool
    best: Way
    wrong: tuple[Way, ...]


def answer_to(pinned: questions.Pinned, *, right: bool) -> dict[str, list[str]]:
    """The form of the best or the worst answer to a pinned question."""
    kind: Any = questions.TYPES[pinned.type]
    return dict(kind.form((kind.best if right else kind.worst)(pinned.question)))


def ways_of(pinned: questions.Pinned) -> Ways:
    kind: Any = questions.TYPES[pinned.type]
    best = _way(kind, pinned.question, kind.best(pinned.question))
    others = (_way(kind, pinned.question, answer) for answer in _answers(pinned.question))
    wrong = {str(way.form): way for way in others if way.earned < best.earned}
    return Ways(pinned.question.id, pinned.question.graded, best, tuple(wrong.values()))


def _way(kind: Any, question: Any, answer: Any) -> Way:
    grade = kind.grade(question, answer)
    return Way(dict(kind.form(answer)), grade.earned, tuple(grade.misconceptions), bool(grade.harmful))


def _answers(question: questions.BaseQuestion) -> Iterator[Any]:
    """Answers of every kind that somebody might give; of large questions, those that one mistake leads to."""
    match question:
        case choice.Question():
            yield from (
                choice.Answer(ids) for ids in combinations((one.id for one in question.options), question.marks)
            )
        case hottext.Question():
            yield from (hottext.Answer(zone.lines[0]) for zone in question.zones)
            yield hottext.worst(question)
        case order.Question():
            yield from _orders(question)
        case match.Question():
            yield from _pairings(question)


def _orders(question: order.Question) -> Iterator[order.Answer]:
    """The right order with one pair turned round, and the worst."""
    right = nearest(question, [step.id for step in question.steps])
    for rule in question.before:
        first, then = rule.pair
        rest = [id for id in right if id != then]
        place = rest.index(first)
        yield order.Answer((*rest[:place], then, *rest[place:]))
    yield order.worst(question)


def _pairings(question: match.Question) -> Iterator[match.Answer]:
    """The right pairs with one changed; where an answer serves once, whoever had it takes what becomes free."""
    right = dict(match.best(question).pairs)
    for prompt, given in right.items():
        for offered in question.answers:
            if offered.id == given:
                continue
            changed = {**right, prompt: offered.id}
            holder = next((other for other, id in right.items() if id == offered.id), None)
            if holder is not None and not question.reuse:
                changed[holder] = given
            yield match.Answer(tuple(changed.items()))
    yield match.worst(question)
