"""An institute's year as tables: the page prints them, and the export holds the same rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, gettext

from app.assessment.report_queries import GroupDispute
from app.content.records import Course
from app.mail.report_queries import LetterCount
from app.supervision import report
from app.supervision.exports import Column, Row, Table, percent
from app.supervision.gain import Gain
from app.supervision.letter_pages import kinds
from app.supervision.standings import parts_of


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the report. `note` says how to read it; `total` is its last row, if it has one."""

    id: str
    table: Table
    note: str
    total: Row | None = None


def cohorts(lines: Sequence[report.CohortLine], everybody: report.People) -> Part:
    columns = (
        Column(gettext("Cohort")),
        Column(gettext("Due"), "date"),
        Column(gettext("Joined"), "whole"),
        Column(gettext("Left"), "whole"),
        Column(gettext("There at the end"), "whole"),
        Column(gettext("Finished"), "whole"),
    )
    rows = tuple((line.name, line.due_on, *_numbers(line.people)) for line in lines)
    return Part(
        "cohorts",
        Table("cohorts", gettext("Cohorts"), columns, rows),
        gettext(
            "Joined, left and finished in the year. The last row counts each person once, so it may be less than the"
            " sum: whoever moved to another cohort has not left. Of those who left, it is not looked at whether they"
            " finished."
        ),
        (gettext("All, each person once"), None, *_numbers(everybody)),
    )


def certificates(year: report.Year, months: Sequence[int]) -> Part:
    columns = (Column(gettext("Month")), Column(gettext("Certificates"), "whole"))
    rows = tuple(
        (format_date(date(year.number, number, 1), "MMMM"), count) for number, count in enumerate(months, start=1)
    )
    return Part(
        "certificates",
        Table("certificates", gettext("Certificates issued"), columns, rows),
        gettext("Of this institute, in the month in which each was first issued."),
        (gettext("Year"), sum(months)),
    )


def attempts(course: Course, lines: Iterable[report.AttemptLine]) -> Part:
    titles = {part.quiz_id: part.title or gettext("Final test") for part in parts_of(course)}
    columns = (
        Column(gettext("Quiz")),
        Column(gettext("People"), "whole"),
        Column(gettext("Attempts begun"), "whole"),
        Column(gettext("Answered to the end"), "whole"),
    )
    rows = tuple((titles[line.quiz_id], line.people, line.begun, line.answered) for line in lines)
    return Part(
        "attempts",
        Table("attempts", gettext("Attempts"), columns, rows),
        gettext("Begun in the year by those who are in a cohort now."),
    )


def letters(counts: Iterable[LetterCount]) -> Part:
    columns = (
        Column(gettext("Letter")),
        Column(gettext("Written"), "whole"),
        Column(gettext("Sent"), "whole"),
        Column(gettext("Failed"), "whole"),
    )
    called = kinds()
    rows = tuple((called.get(one.kind, one.kind), one.written, one.sent, one.failed) for one in counts)
    return Part(
        "letters",
        Table("letters", gettext("Letters"), columns, rows),
        gettext("Written in the year; the rest waits to be sent."),
    )


def disputes(year: report.Year, found: Iterable[GroupDispute]) -> Part:
    raised = [one for one in found if year.holds(one.raised_at)]
    spans = [one.replied_at - one.raised_at for one in raised if one.replied_at is not None]
    middle = report.middle(spans)
    columns = (
        Column(gettext("Disputed"), "whole"),
        Column(gettext("Answered"), "whole"),
        Column(gettext("Median time to the answer (days)"), "number"),
    )
    rows = ((len(raised), middle.n, middle.days),)
    return Part(
        "disputes",
        Table("disputes", gettext("Disputed questions"), columns, rows),
        gettext("Raised in the year by those who are in a cohort now, and answered since."),
    )


def gain(course: Course, found: Iterable[Gain]) -> Part:
    """Only what ten or more answered on both sides of the reading has numbers."""
    columns = (
        Column(gettext("Module")),
        Column(gettext("With both sets (people)"), "whole"),
        Column(gettext("Before (%)"), "number"),
        Column(gettext("After (%)"), "number"),
        Column(gettext("Difference (points of 100)"), "number"),
        Column(gettext("From"), "number"),
        Column(gettext("To"), "number"),
    )
    titles = {part.quiz_id: part.title for part in parts_of(course)}
    places = {quiz_id: place for place, quiz_id in enumerate(titles)}
    rows = tuple(
        (
            titles.get(one.quiz_id, one.quiz_id),
            one.paired,
            percent(one.before),
            percent(one.after),
            *(
                (percent(one.difference.value), percent(one.difference.low), percent(one.difference.high))
                if one.difference
                else (None,) * 3
            ),
        )
        for one in sorted(found, key=lambda one: places.get(one.quiz_id, len(places)))
    )
    return Part(
        "gain",
        Table("gain", gettext("Before and after reading"), columns, rows),
        gettext(
            "Two parallel sets of questions, one before a module is read and one after, of those who are in a cohort"
            " now, whenever they answered. Means and the bootstrap interval of the difference stand there from 10"
            " people on. It says what changed, not why."
        ),
    )


def flat(name: str, title: str, parts: Iterable[Part]) -> Table:
    """All tables in one, a number a row, for a spreadsheet to sort and filter."""
    columns = (
        Column(gettext("Table")),
        Column(gettext("Row")),
        Column(gettext("What")),
        Column(gettext("Value"), "number"),
    )
    rows: list[Row] = []
    notes: list[tuple[str, str]] = []
    for part in parts:
        notes.append((part.table.title, part.note))
        for row in (*part.table.rows, *([part.total] if part.total else ())):
            head = row[0] if part.table.columns[0].kind == "text" else None
            pairs = list(zip(part.table.columns, row, strict=True))[0 if head is None else 1 :]
            rows += ((part.table.title, head, column.title, cell) for column, cell in pairs)
    return Table(name, title, columns, tuple(rows), tuple(notes))


def _numbers(people: report.People) -> tuple[int, int, int, int]:
    return people.joined, people.left, people.there, people.finished
