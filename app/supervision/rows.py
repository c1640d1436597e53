"""A cohort's own pages as tables for a spreadsheet: the same people, in the same order."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext

from app.content import Course
from app.content.records import FINAL
from app.supervision import listing
from app.supervision.attention import needs
from app.supervision.exports import Cell, Column, Row, Table, percent
from app.supervision.groups import Group
from app.supervision.listing import Wish
from app.supervision.pace import weeks
from app.supervision.pages import name_of
from app.supervision.reasons import Kind
from app.supervision.standings import Part, Standing
from app.supervision.wording import sentence


def cohort_table(group: Group, wish: Wish) -> Table:
    """One row a trainee, filtered and sorted as the page is."""
    needing = {one.person_id for one in needs(group.waiting)}
    names = {one.person_id: name_of(group, one.person_id) for one in group.standings}
    zone = group.seat.institute.zone
    columns = [
        Column(gettext("Trainee")),
        Column(gettext("E-mail")),
        Column(gettext("Joined"), "date"),
        Column(gettext("Due"), "date"),
        Column(gettext("Done (%)"), "number"),
        Column(gettext("Finished"), "date"),
        Column(gettext("Last here"), "date"),
        Column(gettext("Needs you")),
    ]
    for part in group.parts:
        columns += _part_columns(part)
    rows = tuple(
        _trainee(group, one, names[one.person_id], one.person_id in needing, zone)
        for one in listing.selected(group.standings, names, needing, wish)
    )
    return Table(_name(group, "cohort"), group.seat.cohort.name, tuple(columns), rows)


def attention_table(course: Course, group: Group) -> Table:
    """One row a reason, most urgent people first."""
    zone = group.seat.institute.zone
    columns = (
        Column(gettext("Trainee")),
        Column(gettext("E-mail")),
        Column(gettext("Reason")),
        Column(gettext("Since"), "date"),
        Column(gettext("In words")),
    )
    rows = tuple(
        (
            name_of(group, one.person_id),
            _email(group, one.person_id),
            reason_words(reason.kind),
            _day(reason.since, zone),
            sentence(course, reason, zone, group.now),
        )
        for one in needs(group.waiting)
        for reason in one.reasons
    )
    return Table(_name(group, "attention"), gettext("Who needs me"), columns, rows)


def progress_table(group: Group) -> Table:
    """One row a week."""
    columns = (
        Column(gettext("Week"), "whole"),
        Column(gettext("Last day"), "date"),
        Column(gettext("Parts passed"), "whole"),
        Column(gettext("Parts in all"), "whole"),
        Column(gettext("Parts passed (%)"), "number"),
        Column(gettext("Finished (people)"), "whole"),
    )
    parts = {part.id for part in group.parts if part.quiz_id is not None}
    found = weeks(group.standings, parts, group.seat.cohort.starts_on, group.now, group.seat.institute.zone)
    rows = tuple(
        (one.number, one.until, one.passed, one.all, percent(one.passed / one.all) if one.all else None, one.finished)
        for one in found
    )
    return Table(_name(group, "progress"), gettext("Progress over time"), columns, rows)


def reason_words(kind: Kind) -> str:
    return {
        "harmful": gettext("Harmful choice"),
        "due": gettext("Due"),
        "failed": gettext("Failed again and again"),
        "sure": gettext("Sure and wrong"),
        "still": gettext("Still"),
    }[kind]


def _part_columns(part: Part) -> tuple[Column, ...]:
    title = gettext("Final test") if part.id == FINAL else part.title
    read = [Column(gettext("%(part)s: sections read", part=title), "whole")] if part.sections else []
    if part.quiz_id is None:
        return tuple(read)
    return (
        *read,
        Column(gettext("%(part)s: attempts", part=title), "whole"),
        Column(gettext("%(part)s: best (%%)", part=title), "whole"),
        Column(gettext("%(part)s: passed", part=title), "date"),
    )


def _trainee(group: Group, one: Standing, name: str, needing: bool, zone: ZoneInfo) -> Row:
    row: list[Cell] = [
        name,
        _email(group, one.person_id),
        _day(one.member.joined_at, zone),
        one.member.due_on,
        percent(float(one.share)),
        _day(one.finished_at, zone),
        _day(one.last_active, zone),
        gettext("yes") if needing else "",
    ]
    for part, cell in zip(group.parts, one.cells, strict=True):
        if part.sections:
            row.append(cell.read)
        if part.quiz_id is not None:
            row += (cell.attempts, cell.best, _day(cell.passed_at, zone))
    return tuple(row)


def _email(group: Group, person_id: UUID) -> str:
    face = group.faces.get(person_id)
    return face.email if face else ""


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return None if moment is None else moment.astimezone(zone).date()


def _name(group: Group, what: str) -> str:
    return f"{what} {group.seat.cohort.name}"
