"""What to teach next: what a group gets wrong, ranked by the share of those who met it. Pure.

Only first answers count, and only of those who were shown a question: somebody has met a misconception when it stood
behind something they could have chosen, and an objective when they were asked after it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from app.assessment.group_records import GroupAnswer
from app.content.library import SectionKey
from app.content.records import FINAL, Course, Section
from app.questions.answers import Part
from app.questions.pinned import Pinned
from app.questions.signs import parts, signs
from app.supervision.statistics import Estimate, wilson

FEW = 5
"""What fewer people have met stands behind everything else, whatever its share: two of two is no finding."""
FEWEST_ON_PAPER = 3
"""What fewer have met stands on no sheet for the group: everybody there would know whose answer it was."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something wrong that was actually said: by `times` of the `of` people who answered the question."""

    part: Part
    times: int
    of: int
    case: str
    """The vignette's title."""
    stem: str
    """Markdown."""
    quiz_id: str
    scoring_digest: str


@dataclass(frozen=True, slots=True)
class Belief:
    """A misconception: `showed` of the `met` people chose something that rests on it."""

    misconception_id: str
    text: str
    correction_html: str
    """Empty: the course no longer has this misconception."""
    discuss: tuple[str, ...]
    """Questions to put to the group."""
    sections: tuple[tuple[str, str], ...]
    """(address, title) of where it is taken up."""
    met: int
    showed: int
    share: Estimate
    """Of people, with Wilson's interval."""
    wrong: tuple[Wrong, ...]
    """The most chosen first."""

    @property
    def few(self) -> bool:
        return self.met < FEW


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective: the points of the `met` people's `answers`, and how many of them missed some."""

    objective_id: str
    text: str
    sections: tuple[tuple[str, str], ...]
    met: int
    missed: int
    answers: int
    points: Fraction
    """The sum of the answers' scores, each between 0 and 1."""
    wrong: tuple[Wrong, ...]
    """The most chosen first."""

    @property
    def share(self) -> Fraction:
        """Of the points, between 0 and 1."""
        return self.points / self.answers

    @property
    def few(self) -> bool:
        return self.met < FEW


Item = TypeVar("Item", Belief, Aim)


@dataclass(frozen=True, slots=True)
class Agenda:
    """`people` answered anything at all. Beliefs that somebody showed, most shared first; objectives, weakest first;
    in both what few have met stands last."""

    people: int
    beliefs: tuple[Belief, ...]
    objectives: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A first answer with its question and what it says."""

    answer: GroupAnswer
    copy: Pinned
    wrong: tuple[Part, ...]
    offered: frozenset[str]
    showed: frozenset[str]


def agenda(course: Course, answers: Iterable[GroupAnswer], copies: Mapping[str, Pinned]) -> Agenda:
    """Of the group whose graded answers these are; later exposures among them are passed over."""
    shown = [_shown(one, copies[one.digest]) for one in answers if one.exposure == 1]
    asked: dict[str, int] = defaultdict(int)
    by_belief: dict[str, list[_Shown]] = defaultdict(list)
    by_objective: dict[str, list[_Shown]] = defaultdict(list)
    for one in shown:
        asked[one.answer.scoring_digest] += 1
        by_objective[one.copy.question.objective].append(one)
        for id in one.offered:
            by_belief[id].append(one)
    beliefs = [_belief(course, id, met, asked) for id, met in by_belief.items() if any(id in one.showed for one in met)]
    aims = [_aim(course, id, met, asked) for id, met in by_objective.items()]
    return Agenda(
        people=len({one.answer.person_id for one in shown}),
        beliefs=tuple(sorted(beliefs, key=lambda one: (one.few, -one.share.value, -one.met, one.misconception_id))),
        objectives=tuple(sorted(aims, key=lambda one: (one.few, one.share, -one.met, one.objective_id))),
    )


def for_paper(agenda: Agenda) -> Agenda:
    """What may be handed to the group itself: nothing that only one or two have met, and no case of the final test,
    which some have still to take."""
    return Agenda(
        people=agenda.people,
        beliefs=tuple(_open(one) for one in agenda.beliefs if one.met >= FEWEST_ON_PAPER),
        objectives=tuple(_open(one) for one in agenda.objectives if one.met >= FEWEST_ON_PAPER),
    )


def _open(item: Item) -> Item:
    return replace(item, wrong=tuple(one for one in item.wrong if one.quiz_id != FINAL))


def _shown(answer: GroupAnswer, copy: Pinned) -> _Shown:
    seen, known = signs(copy, answer.answer), parts(copy)
    wrong = tuple(known[key] for key in seen.said if not known[key].right)
    return _Shown(answer, copy, wrong, seen.offered, seen.misconceptions)


def _belief(course: Course, id: str, met: Sequence[_Shown], asked: Mapping[str, int]) -> Belief:
    showed = [one for one in met if id in one.showed]
    people, believers = _people(met), _people(showed)
    latest = showed[-1].copy.labels
    known = course.misconceptions.get(id)
    return Belief(
        misconception_id=id,
        text=known.text if known else latest.misconceptions.get(id, id),
        correction_html=known.correction_html if known else "",
        discuss=known.discuss if known else (),
        sections=_sections(course, known.sections) if known else _still_there(course, latest.sections),
        met=len(people),
        showed=len(believers),
        share=wilson(len(believers), len(people)),
        wrong=_wrong(((one, part) for one in showed for part in one.wrong if id in part.misconceptions), asked),
    )


def _aim(course: Course, id: str, met: Sequence[_Shown], asked: Mapping[str, int]) -> Aim:
    labels = met[-1].copy.labels
    return Aim(
        objective_id=id,
        text=labels.objective,
        sections=_still_there(course, labels.sections),
        met=len(_people(met)),
        missed=len(_people(one for one in met if one.answer.earned < one.answer.possible)),
        answers=len(met),
        points=sum((one.answer.score for one in met), Fraction(0)),
        wrong=_wrong(((one, part) for one in met for part in one.wrong), asked),
    )


def _wrong(said: Iterable[tuple[_Shown, Part]], asked: Mapping[str, int]) -> tuple[Wrong, ...]:
    found: dict[tuple[str, str], list[tuple[_Shown, Part]]] = defaultdict(list)
    for one, part in said:
        found[one.answer.scoring_digest, part.key].append((one, part))
    wrong = []
    for (scoring_digest, _), times in found.items():
        one, part = times[-1]
        wrong.append(
            Wrong(
                part=part,
                times=len(times),
                of=asked[scoring_digest],
                case=one.copy.vignette.title,
                stem=one.copy.question.stem,
                quiz_id=one.answer.quiz_id,
                scoring_digest=scoring_digest,
            )
        )
    return tuple(sorted(wrong, key=lambda one: (-one.times, one.quiz_id, one.case, one.part.key)))


def _people(shown: Iterable[_Shown]) -> frozenset[UUID]:
    return frozenset(one.answer.person_id for one in shown)


def _sections(course: Course, keys: Iterable[SectionKey]) -> tuple[tuple[str, str], ...]:
    return tuple((section.url, section.title) for section in (course.section(*key) for key in keys))


def _still_there(course: Course, sections: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of sections named in a copy those that the course has now, as they are called now."""
    now: Mapping[str, Section] = {section.url: section for module in course.modules for section in module.sections}
    return tuple((address, now[address].title) for address, _ in sections if address in now)
