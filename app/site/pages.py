"""Prepared values for the course home."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, ngettext

from app.content.library import Reference
from app.content.notes import WRITTEN_BY_HAND
from app.content.records import FINAL, Course, Term
from app.content.transcripts import Transcript
from app.learning.overview import Overview
from app.learning.progress import final_minutes, quiz_minutes
from app.site.reading import plain


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the course home offers first."""

    title: str
    where: str
    href: str


def next_step(course: Course, overview: Overview) -> NextStep | None:
    """The step to go on with; None when everything is done."""
    step = overview.progress.next_step
    if step is None:
        return None
    if step.module_id == FINAL:
        minutes = final_minutes(course)
        where = ngettext("%(num)d minute", "%(num)d minutes", minutes)
        return NextStep(gettext("Final test"), where, url_for("learning.final"))
    module = course.module(step.module_id)
    if step.section_id is None:
        quiz_id = module.quiz_id or ""
        return NextStep(
            title=gettext("Quiz: %(module)s", module=module.title),
            where=_where(module.number, quiz_minutes(course, quiz_id)),
            href=url_for("learning.quiz", quiz_id=quiz_id),
        )
    section = course.section(step.module_id, step.section_id)
    href = module.url if section.number == 1 else section.url
    return NextStep(section.title, _where(module.number, section.minutes), href)


def transcript_page(course: Course, transcript: Transcript) -> dict[str, object]:
    """What templates/site/transcript.html prints."""
    order = list(course.transcripts.values())
    place = order.index(transcript) + 1
    minutes = ngettext("about %(num)d minute", "about %(num)d minutes", transcript.minutes)
    return {
        "transcript": transcript,
        "facts": (
            (gettext("Length"), minutes),
            (gettext("Condition"), transcript.condition),
            (gettext("Phase"), f"{transcript.phase}, {transcript.setting}"),
        ),
        "following": order[place] if place < len(order) else None,
        "unsent": WRITTEN_BY_HAND,
    }


def _where(number: int, minutes: int) -> str:
    return ngettext("Module %(module)s · %(num)d minute", "Module %(module)s · %(num)d minutes", minutes, module=number)


def sorted_terms(course: Course) -> list[Term]:
    return sorted(course.glossary.values(), key=lambda term: plain(term.term))


def sorted_references(course: Course) -> list[Reference]:
    return sorted(course.references.values(), key=lambda reference: plain(reference.label))


def about(minutes: int) -> str:
    """A length of time in words, to the half hour from an hour on."""
    if minutes < 60:
        return ngettext("about %(num)d minute", "about %(num)d minutes", minutes)
    halves = round(minutes / 30)
    if halves % 2:
        return gettext("about %(hours)s½ hours", hours=halves // 2)
    return ngettext("about %(num)d hour", "about %(num)d hours", halves // 2)
