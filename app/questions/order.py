"""Steps to put in order. The author names pairs of which one comes first; every order that keeps them all is right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from app.questions.answers import N_, AnswerError, Grade, Part, Verdict
from app.questions.order_schema import Before, Question, faults, nearest
from app.questions.pinned import Pinned
from app.questions.reasons import Kept, Place, ReasonView, misconception_at, reason_view, sources_at
from app.questions.text import render_line

__all__ = [
    "SCHEMA_VERSION", "Answer", "Question", "answer_data", "answer_from", "best", "faults", "form", "grade", "harms",
    "kept", "misconceptions", "parse", "parts", "present", "said", "scoring_data", "sources", "stored_order", "worst",
]  # fmt: skip

SCHEMA_VERSION = 1
FIELD = "place-"
"""The form has a field for each step, named with this and the step's id; its value is the step's place, from 1."""


@dataclass(frozen=True, slots=True)
class Answer:
    steps: tuple[str, ...]
    """Ids, first step first."""

    def keeps(self, rule: Before) -> bool:
        first, then = rule.pair
        return self.steps.index(first) < self.steps.index(then)


@dataclass(frozen=True, slots=True)
class StepView:
    id: str
    name: str
    """Of its field in the form."""
    html: str
    belongs_before: tuple[int, ...] = ()
    """The numbers, in the learner's order, of steps that stand before it and should not."""


@dataclass(frozen=True, slots=True)
class PairView:
    first: int
    """Its number in the learner's order."""
    first_html: str
    then: int
    then_html: str
    kept: bool
    safety: bool
    why: ReasonView


@dataclass(frozen=True, slots=True)
class View:
    """What the template prints. Before the answer it holds nothing that gives the key away."""

    question_id: str
    field: str
    stem_html: str
    steps: tuple[StepView, ...]
    """As they are shown at first; once answered, in the learner's order."""
    pairs: tuple[PairView, ...]
    """Only once answered: what was turned round stands first, safety before all."""
    sound: tuple[str, ...]
    """A right order as near as may be to the learner's, if that was not right."""
    answered: bool
    verdict: Verdict | None
    grade: Grade | None


def parse(question: Question, form: Mapping[str, Sequence[str]]) -> Answer:
    places = {str(place): place for place in range(1, len(question.steps) + 1)}
    taken: dict[int, str] = {}
    given = {step.id: _one(form.get(FIELD + step.id, ())) for step in question.steps}
    missing = sum(not value for value in given.values())
    if missing:
        raise AnswerError(
            "no-place", N_("Give every step a place. Still without one: %(missing)d."), {"missing": missing}
        )
    for id, value in given.items():
        if value not in places:
            raise AnswerError("unknown-place", N_("Choose from the places on this page."))
        if places[value] in taken:
            message = N_("Two steps have the place %(place)d. Give each step a place of its own.")
            raise AnswerError("place-taken", message, {"place": places[value]})
        taken[places[value]] = id
    return Answer(tuple(taken[place] for place in sorted(taken)))


def answer_data(answer: Answer) -> list[str]:
    return list(answer.steps)


def answer_from(question: Question, data: object) -> Answer:
    ids = sorted(step.id for step in question.steps)
    if not isinstance(data, list) or not all(isinstance(item, str) for item in data) or sorted(data) != ids:
        raise AnswerError("unreadable", N_("This answer cannot be read."))
    return Answer(tuple(data))


def best(question: Question) -> Answer:
    """Of the orders that earn full marks the one nearest to the file's."""
    return Answer(nearest(question, [step.id for step in question.steps]))


def worst(question: Question) -> Answer:
    """Turns every pair round."""
    return Answer(best(question).steps[::-1])


def form(answer: Answer) -> dict[str, list[str]]:
    """What the browser would send for `answer`."""
    return {FIELD + id: [str(place)] for place, id in enumerate(answer.steps, 1)}


def grade(question: Question, answer: Answer) -> Grade:
    broken = [rule for rule in question.before if not answer.keeps(rule)]
    unsafe = any(rule.safety for rule in broken)
    return Grade(
        earned=Fraction(0) if unsafe else 1 - Fraction(len(broken), len(question.before)),
        misconceptions=tuple(dict.fromkeys(rule.misconception for rule in broken if rule.misconception)),
    )


def stored_order(question: Question, rng: Random) -> tuple[str, ...]:
    """Never a right one: whoever moves nothing has not solved it. At least every second order breaks a pair."""
    ids = [step.id for step in question.steps]
    while True:
        rng.shuffle(ids)
        if not all(Answer(tuple(ids)).keeps(rule) for rule in question.before):
            return tuple(ids)


def scoring_data(question: Question) -> dict[str, object]:
    """What decides how hard the question is; a reason, a source or a label is not part of it."""
    return {
        "stem": question.stem,
        "steps": {step.id: step.text for step in question.steps},
        "before": sorted([*rule.pair, rule.safety] for rule in question.before),
    }


def sources(question: Question) -> Iterator[tuple[Place, str]]:
    """Every reference the question cites, with its place in the question's data."""
    for place, rule in enumerate(question.before):
        yield from sources_at(("before", place), rule)


def misconceptions(question: Question) -> Iterator[tuple[Place, str]]:
    for place, rule in enumerate(question.before):
        yield from misconception_at(("before", place), rule)


def harms(question: Question) -> Iterator[tuple[Place, str]]:
    """None: a pair is marked `safety` and says in its reason what could happen."""
    yield from ()


def parts(question: Question) -> Iterator[Part]:
    """Every pair of steps turned round: what is right about an order is that it says none of them."""
    text = {step.id: step.text for step in question.steps}
    for rule in question.before:
        first, then = rule.pair
        yield Part(
            key=_turned(rule),
            kind="turned",
            texts=(text[then], text[first]),
            misconceptions=(rule.misconception,) if rule.misconception else (),
            harmful=_turned(rule) if rule.safety else None,
            lure=f"{text[then]} → {text[first]}",
        )


def said(question: Question, answer: Answer) -> tuple[str, ...]:
    """The keys of the parts that the answer says."""
    return tuple(_turned(rule) for rule in question.before if not answer.keeps(rule))


def _turned(rule: Before) -> str:
    first, then = rule.pair
    return f"{then}<{first}"


def present(pinned: Pinned, order: Sequence[str], answer: Answer | None) -> View:
    question = _own(pinned)
    html = {step.id: render_line(step.text) for step in question.steps}
    result = grade(question, answer) if answer else None
    broken = [rule for rule in question.before if answer and not answer.keeps(rule)]
    return View(
        question_id=question.id,
        field=FIELD,
        stem_html=render_line(question.stem),
        steps=tuple(
            StepView(id, FIELD + id, html[id], _belongs_before(id, broken, answer) if answer else ())
            for id in (answer.steps if answer else order)
        ),
        pairs=_pair_views(pinned, question, answer, html) if answer else (),
        sound=tuple(html[id] for id in nearest(question, answer.steps)) if answer and broken else (),
        answered=answer is not None,
        verdict=result.verdict if result else None,
        grade=result,
    )


def kept(pinned: Pinned, answer: Answer) -> Kept:
    question = _own(pinned)
    html = {step.id: render_line(step.text) for step in question.steps}
    unsafe = [rule for rule in question.before if rule.safety and not answer.keeps(rule)]
    return Kept(
        lines=tuple(html[id] for id in answer.steps),
        ordered=True,
        harmful=tuple(reason_view(rule, pinned.labels) for rule in unsafe),
    )


def _own(pinned: Pinned) -> Question:
    if not isinstance(pinned.question, Question):
        raise TypeError(f"{pinned.question.id} is not an order question")
    return pinned.question


def _belongs_before(id: str, broken: Sequence[Before], answer: Answer) -> tuple[int, ...]:
    return tuple(sorted(answer.steps.index(rule.pair[1]) + 1 for rule in broken if rule.pair[0] == id))


def _pair_views(pinned: Pinned, question: Question, answer: Answer, html: Mapping[str, str]) -> tuple[PairView, ...]:
    views = []
    for rule in sorted(question.before, key=lambda rule: (answer.keeps(rule), not rule.safety)):
        first, then = rule.pair
        views.append(
            PairView(
                first=answer.steps.index(first) + 1,
                first_html=html[first],
                then=answer.steps.index(then) + 1,
                then_html=html[then],
                kept=answer.keeps(rule),
                safety=rule.safety,
                why=reason_view(rule, pinned.labels),
            )
        )
    return tuple(views)


def _one(values: Sequence[str]) -> str:
    """The value of a field that is sent once."""
    if isinstance(values, str):
        return values.strip()
    return ",".join(values).strip()
