"""Questions as a table for a spreadsheet."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext

from app.questions.text import render_line
from app.supervision.exports import Column, Row, Table, percent
from app.supervision.question_pages import type_words
from app.supervision.questions import DISCRIMINATION_FROM, FIRM_FROM, Discrimination, QuestionLine
from app.supervision.teaching_pages import plain


def question_table(
    name: str, title: str, titles: Mapping[str, str], disputes: Mapping[str, int], lines: Iterable[QuestionLine]
) -> Table:
    """One row a question, in the order given. `titles`: of quizzes."""
    columns = (
        Column(gettext("Quiz")),
        Column(gettext("Case")),
        Column(gettext("Question")),
        Column(gettext("Format")),
        Column(gettext("Shown to (people)"), "whole"),
        Column(gettext("Full marks (people)"), "whole"),
        Column(gettext("Facility (%)"), "number"),
        Column(gettext("Facility from (%)"), "number"),
        Column(gettext("Facility to (%)"), "number"),
        Column(gettext("Discrimination"), "number"),
        Column(gettext("Discrimination from"), "number"),
        Column(gettext("Discrimination to"), "number"),
        Column(gettext("Note")),
        Column(gettext("Never chosen")),
        Column(gettext("Sure (people)"), "whole"),
        Column(gettext("Sure, without full marks (people)"), "whole"),
        Column(gettext("Disputes"), "whole"),
        Column(gettext("Version")),
    )
    words = type_words()
    rows = tuple(_row(one, titles, words, disputes.get(one.scoring_digest, 0)) for one in lines)
    return Table(name, title, columns, rows, _notes())


def note(line: QuestionLine) -> str:
    """What has to be said beside a question's numbers; empty: nothing."""
    notes = [gettext("mastered")] if line.mastered else []
    if line.discrimination is not None and line.discrimination.check_key:
        notes.append(gettext("check the key"))
    if line.discrimination is not None and line.discrimination.provisional:
        notes.append(gettext("discrimination provisional"))
    return ", ".join(notes)


def _row(line: QuestionLine, titles: Mapping[str, str], words: Mapping[str, str], disputes: int) -> Row:
    facility = line.facility
    return (
        titles.get(line.quiz_id, line.quiz_id),
        line.copy.vignette.title,
        plain(render_line(line.copy.question.stem)),
        words[line.copy.type],
        line.n,
        line.right,
        percent(facility.value) if facility else None,
        percent(facility.low) if facility else None,
        percent(facility.high) if facility else None,
        *_discrimination(line.discrimination),
        note(line),
        "\n".join(plain(render_line(text)) for text in line.dead),
        line.sure,
        line.sure_and_wrong,
        disputes,
        line.scoring_digest[:12],
    )


def _discrimination(found: Discrimination | None) -> tuple[float | None, float | None, float | None]:
    if found is None:
        return None, None, None
    one = found.estimate
    low, high = (None if limit is None else round(limit, 2) for limit in (one.low, one.high))
    return round(one.value, 2), low, high


def _notes() -> tuple[tuple[str, str], ...]:
    return (
        (
            gettext("Whose answers"),
            gettext("First answers to each question, unfinished attempts included, without staff."),
        ),
        (
            gettext("Facility"),
            gettext("The mean score of those who were shown the question. Below 10 there are counts only."),
        ),
        (
            gettext("Discrimination"),
            gettext(
                "The correlation with how people do on their other cases. Hidden below %(from)s, provisional"
                " below %(firm)s.",
                **{"from": DISCRIMINATION_FROM, "firm": FIRM_FROM},
            ),
        ),
        (gettext("Never chosen"), gettext("Wrong options that nobody chose of 60 or more.")),
    )
