"""Prepared values for the agenda and its hand-out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask_babel import gettext, ngettext

from app.assessment.group_queries import first_answers, pinned
from app.content.library import SectionKey
from app.content.records import FINAL, Course
from app.enrolment.records import CohortSeat
from app.questions.answers import Part
from app.questions.text import render_line
from app.supervision.agenda import Agenda, Aim, Belief, Wrong, agenda, for_paper
from app.supervision.populations import trainees_of_cohort
from app.supervision.prompts import Prompt, prompts_for

AT_LENGTH = 5
"""So many of each kind are told at length; the others stand in a list."""
CHOICES = 4
ON_PAPER = 3
"""So many of each kind fit on one sheet."""
SHARED = 2
"""What fewer went wrong with is nothing that the group shares, and would point at somebody."""
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something wrong that was said: by `times` of the `of` who were asked."""

    case: str
    html: str
    times: int
    of: int
    final: bool
    scoring_digest: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A misconception or an objective, as the agenda tells it. Percentages are of what went wrong."""

    text: str
    words: str
    """The share in words, with its denominator."""
    percent: float
    low: float | None
    high: float | None
    few: bool
    correction_html: str
    sections: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]
    prompts: tuple[Prompt, ...]


def read_agenda(course: Course, seat: CohortSeat) -> Agenda:
    """Of the cohort's first answers; two statements, or three when questions are met that this process has not read."""
    answers = first_answers(trainees_of_cohort(seat.cohort.id))
    return agenda(course, answers, pinned(one.digest for one in answers))


def agenda_page(course: Course, found: Agenda) -> dict[str, Any]:
    """What templates/supervision/agenda.html prints beside the seat."""
    return {
        "people": found.people,
        "beliefs": [belief_topic(course, one) for one in found.beliefs[:AT_LENGTH]],
        "objectives": [aim_topic(course, one) for one in found.objectives[:AT_LENGTH]],
        "more_beliefs": [belief_topic(course, one) for one in found.beliefs[AT_LENGTH:]],
        "more_objectives": [aim_topic(course, one) for one in found.objectives[AT_LENGTH:]],
    }


def handout_page(course: Course, found: Agenda) -> dict[str, Any]:
    """What templates/supervision/handout.html prints: what may be shown to the group itself, on one sheet."""
    shown = for_paper(found)
    beliefs = [belief_topic(course, one) for one in shown.beliefs if one.showed >= SHARED][:ON_PAPER]
    objectives = [aim_topic(course, one) for one in shown.objectives if one.missed >= SHARED][:ON_PAPER]
    return {
        "people": shown.people,
        "beliefs": beliefs,
        "objectives": objectives,
        "talk": _one_each((*beliefs, *objectives)),
    }


def belief_topic(course: Course, belief: Belief) -> Topic:
    words = ngettext(
        "%(showed)d of %(num)d who met it", "%(showed)d of %(num)d who met it", belief.met, showed=belief.showed
    )
    return Topic(
        text=belief.text,
        words=words,
        percent=100 * belief.share.value,
        low=None if belief.share.low is None else 100 * belief.share.low,
        high=None if belief.share.high is None else 100 * belief.share.high,
        few=belief.few,
        correction_html=belief.correction_html,
        sections=belief.sections,
        choices=_choices(belief.wrong),
        prompts=tuple(Prompt(render_line(question), "", "") for question in belief.discuss)
        or prompts_for(course, [_key(address) for address, _ in belief.sections], ()),
    )


def aim_topic(course: Course, aim: Aim) -> Topic:
    words = gettext(
        "%(missed)d of %(met)d who were asked missed points; %(percent)d%% of the points in %(answers)s",
        missed=aim.missed,
        met=aim.met,
        percent=round(100 * (1 - aim.share)),
        answers=ngettext("%(num)d answer", "%(num)d answers", aim.answers),
    )
    return Topic(
        text=aim.text,
        words=words,
        percent=float(100 * (1 - aim.share)),
        low=None,
        high=None,
        few=aim.few,
        correction_html="",
        sections=aim.sections,
        choices=_choices(aim.wrong),
        prompts=prompts_for(course, [_key(address) for address, _ in aim.sections], [aim.objective_id]),
    )


def said(part: Part) -> str:
    """What somebody said, as HTML on one line."""
    texts = [render_line(text) for text in part.texts]
    if part.kind == "pair":
        return gettext("%(prompt)s → %(answer)s", prompt=texts[0], answer=texts[-1])
    if part.kind == "turned":
        return gettext("“%(first)s” before “%(second)s”", first=texts[0], second=texts[-1])
    if part.kind == "line":
        return gettext("%(speaker)s: %(line)s", speaker=texts[0], line=texts[-1])
    return texts[0]


def plain(html: str) -> str:
    """The words alone."""
    return unescape(_TAG.sub("", html))


def _one_each(topics: Sequence[Topic]) -> dict[str, str]:
    """One prompt (HTML) for each topic by its text, none of them twice."""
    found: dict[str, str] = {}
    for topic in topics:
        fresh = (prompt.html for prompt in topic.prompts if prompt.html not in found.values())
        if prompt := next(fresh, None):
            found[topic.text] = prompt
    return found


def _choices(wrong: Sequence[Wrong]) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.case, said(one.part), one.times, one.of, one.quiz_id == FINAL, one.scoring_digest)
        for one in wrong[:CHOICES]
    )


def _key(address: str) -> SectionKey:
    *_, module_id, section_id = address.split("/")
    return module_id, section_id
