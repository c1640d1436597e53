"""Prepared values for module, section and quiz pages."""

from dataclasses import dataclass
from typing import Any, Literal

from flask import url_for
from flask_babel import gettext, ngettext

from app.content.records import Course, Module, Section
from app.learning.offers import SetOffer
from app.learning.order import Lock
from app.learning.overview import MissingPart, Overview
from app.learning.progress import ModuleProgress, questions_asked, quiz_minutes


@dataclass(frozen=True, slots=True)
class MapEntry:
    """One line of the module's map."""

    title: str
    href: str
    kind: Literal["section", "quiz"]
    done: bool
    current: bool
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """The most visible thing on a page: where it leads, and whether going there saves (`post`)."""

    label: str
    what: str
    href: str | None = None
    post: str | None = None


def map_entries(progress: ModuleProgress, current: str | None = None) -> tuple[MapEntry, ...]:
    """The module's sections and its quiz; `current` is the id of the section (or quiz) on this page."""
    module = progress.module
    entries = [
        MapEntry(
            section.title,
            section.url,
            "section",
            section.id in progress.sections_read,
            section.id == current,
            section.minutes,
        )
        for section in module.sections
    ]
    if progress.quiz is not None:
        href = url_for("learning.quiz", quiz_id=progress.quiz.quiz_id)
        entries.append(MapEntry(gettext("Quiz"), href, "quiz", progress.quiz.passed, progress.quiz.quiz_id == current))
    return tuple(entries)


def map_title(module: Module) -> str:
    """How a module is named in its map: 3 · Hotspots."""
    return f"{module.number} · {module.title}"


def time_left(progress: ModuleProgress) -> str | None:
    """What the map says about time; None when nothing is left."""
    left = progress.minutes_left
    return ngettext("About %(num)d minute left", "About %(num)d minutes left", left) if left else None


def module_page(course: Course, progress: ModuleProgress, offer: SetOffer | None) -> dict[str, Any]:
    """What templates/learning/module.html prints."""
    module = progress.module
    unread = next((section for section in module.sections if section.id not in progress.sections_read), None)
    if unread is not None:
        label = gettext("Continue") if progress.sections_read else gettext("Begin")
        onward = Onward(label, unread.title, href=unread.url)
    elif progress.quiz is not None and not progress.quiz.passed:
        onward = Onward(gettext("Next"), gettext("The quiz"), href=url_for("learning.quiz", quiz_id=module.quiz_id))
    else:
        onward = Onward(gettext("Back to"), gettext("the course"), href=url_for("site.course"))
    return {
        "module": module,
        "progress": progress,
        "entries": map_entries(progress),
        "map_title": map_title(module),
        "time_left": time_left(progress),
        "questions": questions_asked(course, module.quiz_id) if module.quiz_id else 0,
        "quiz_minutes": quiz_minutes(course, module.quiz_id) if module.quiz_id else 0,
        "offer": offer,
        "onward": onward,
    }


def section_page(course: Course, progress: ModuleProgress, section: Section) -> dict[str, Any]:
    """What templates/learning/section.html prints."""
    module = progress.module
    before = module.sections[section.number - 2] if section.number > 1 else None
    return {
        "module": module,
        "this_section": section,
        "videos": course.videos_for(section),
        "transcripts": course.transcripts_for(section),
        "aids": course.aids_for(section),
        "entries": map_entries(progress, section.id),
        "map_title": map_title(module),
        "time_left": time_left(progress),
        "back": before.url if before else module.url,
        "is_read": section.id in progress.sections_read,
        "onward": _onward_from(course, module, section),
    }


def _onward_from(course: Course, module: Module, section: Section) -> Onward:
    following = part_after(course, module, section)
    if isinstance(following, Section):
        return Onward(gettext("Next"), following.title, post=section.url)
    if isinstance(following, Module):
        title = gettext("module %(number)s, %(title)s", number=following.number, title=following.title)
        return Onward(gettext("Next"), title, post=section.url)
    what = gettext("the quiz") if following == module.quiz_id else gettext("done")
    return Onward(gettext("Next") if following else gettext("Mark as read"), what, post=section.url)


def part_after(course: Course, module: Module, section: Section) -> Section | str | Module | None:
    """What follows a section: the next one, the id of the module's quiz, the next module, or nothing more."""
    if section.number < len(module.sections):
        return module.sections[section.number]
    if module.quiz_id is not None:
        return module.quiz_id
    return course.modules[module.number + 1] if module.number + 1 < len(course.modules) else None


@dataclass(frozen=True, slots=True)
class MissingItem:
    """One line of what is still missing, for the list beside the certificate."""

    text: str
    href: str
    detail: str | None = None
    done: bool = False


def missing_items(overview: Overview) -> tuple[MissingItem, ...]:
    """What is missing, a line a module: sections to read, the quiz to pass."""
    return tuple(_missing_item(part) for part in overview.missing)


def locked_page(title: str, lock: Lock) -> dict[str, Any]:
    """What templates/learning/locked.html prints about the part called `title`."""
    missing = tuple(_missing_item(_undone_part(line, lock.mark)) for line in lock.undone)
    return {"part": title, "module": lock.undone[0].module, "missing": missing}


def _undone_part(line: ModuleProgress, mark: int) -> MissingPart:
    module, to_pass = line.module, line.quiz is not None and not line.quiz.passed
    return MissingPart(
        module_id=module.id,
        title=map_title(module),
        sections=len(module.sections) - len(line.sections_read),
        quiz_id=module.quiz_id if to_pass else None,
        mark=mark if to_pass else None,
    )


def _missing_item(part: MissingPart) -> MissingItem:
    to_do: list[str] = []
    if part.sections:
        to_do.append(ngettext("%(num)d section to read", "%(num)d sections to read", part.sections))
    if part.quiz_id is not None:
        quiz = gettext("quiz to pass at %(mark)s%%", mark=part.mark)
        to_do.append(quiz if part.title else gettext("to pass at %(mark)s%%", mark=part.mark))
    to_quiz = part.quiz_id is not None and not part.sections
    href = (
        url_for("learning.quiz", quiz_id=part.quiz_id)
        if to_quiz
        else url_for("learning.module", module_id=part.module_id)
    )
    return MissingItem(part.title or gettext("Final test"), href, ", ".join(to_do))
