"""What a group may talk about, in the course's own words: pauses for thought, questions for supervision. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.content.library import SectionKey
from app.content.records import Course
from app.questions.text import render_line

MOST = 2
_PAUSE = re.compile(r'<div class="call call-pause" role="note">\s*<p class="call-title">.*?</p>(.*?)</div>', re.DOTALL)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """`html`: one or more sentences. `source`: the title of what it stands in, at `url`."""

    html: str
    source: str
    url: str


def prompts_for(course: Course, sections: Collection[SectionKey], objectives: Collection[str]) -> tuple[Prompt, ...]:
    """At most `MOST`: pauses in these sections first, then what sessions on these objectives end with.

    `objectives` may be empty: then those that the sections teach.
    """
    taught = objectives or {
        objective.id
        for module in course.modules
        for objective in module.objectives
        if any((module.id, section) in sections for section in objective.sections)
    }
    return (*_pauses(course, sections), *_sessions(course, taught))[:MOST]


def _pauses(course: Course, sections: Iterable[SectionKey]) -> Iterable[Prompt]:
    for key in sections:
        section = course.section(*key)
        for block in _PAUSE.findall(section.html):
            yield Prompt(" ".join(_PARAGRAPH.findall(block)), section.title, section.url)


def _sessions(course: Course, objectives: Collection[str]) -> Iterable[Prompt]:
    """Of each session the question with which its first ending closes; those on most of the objectives first."""
    found = [(len(set(objectives) & set(one.objectives)), one) for one in course.scenarios.values()]
    for shared, scenario in sorted(found, key=lambda pair: -pair[0]):
        if shared:
            yield Prompt(render_line(scenario.endings[0].supervision), scenario.title, f"/scenarios/{scenario.id}")
