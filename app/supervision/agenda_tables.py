"""The agenda as a table for a spreadsheet."""

from collections.abc import Sequence

from flask_babel import gettext

from app.supervision.agenda import Agenda, Aim, Belief, Wrong
from app.supervision.exports import Column, Row, Table, percent
from app.supervision.teaching_pages import CHOICES, plain, said


def agenda_table(name: str, title: str, found: Agenda) -> Table:
    """The agenda for a spreadsheet, every topic in its order."""
    columns = (
        Column(gettext("Kind")),
        Column(gettext("What")),
        Column(gettext("Met it (people)"), "whole"),
        Column(gettext("Went wrong (people)"), "whole"),
        Column(gettext("Went wrong (%)"), "number"),
        Column(gettext("Interval from (%)"), "number"),
        Column(gettext("Interval to (%)"), "number"),
        Column(gettext("Points missed (%)"), "number"),
        Column(gettext("Answers"), "whole"),
        Column(gettext("Wrong answers most often given")),
        Column(gettext("To read")),
    )
    rows = (*map(_belief_row, found.beliefs), *map(_aim_row, found.objectives))
    return Table(name, title, columns, rows, _notes())


def _belief_row(belief: Belief) -> Row:
    share = belief.share
    return (
        gettext("Misconception"),
        belief.text,
        belief.met,
        belief.showed,
        percent(share.value),
        percent(share.low),
        percent(share.high),
        None,
        None,
        _listed(belief.wrong),
        _titles(belief.sections),
    )


def _aim_row(aim: Aim) -> Row:
    return (
        gettext("Objective"),
        aim.text,
        aim.met,
        aim.missed,
        percent(aim.missed / aim.met),
        None,
        None,
        percent(float(1 - aim.share)),
        aim.answers,
        _listed(aim.wrong),
        _titles(aim.sections),
    )


def _listed(wrong: Sequence[Wrong]) -> str:
    return "\n".join(
        gettext(
            "%(case)s: %(said)s (%(times)d of %(of)d)",
            case=one.case,
            said=plain(said(one.part)),
            times=one.times,
            of=one.of,
        )
        for one in wrong[:CHOICES]
    )


def _titles(sections: Sequence[tuple[str, str]]) -> str:
    return ", ".join(title for _, title in sections)


def _notes() -> tuple[tuple[str, str], ...]:
    return (
        (
            gettext("Whose answers"),
            gettext("First answers of those who are in the cohort now, unfinished attempts included."),
        ),
        (
            gettext("Met it"),
            gettext(
                "Of a misconception: it stood behind something they could have chosen. Of an objective: they were"
                " asked after it."
            ),
        ),
        (gettext("Interval"), gettext("Wilson’s interval, 95 %.")),
    )
