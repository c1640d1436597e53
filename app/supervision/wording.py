"""What the pages of a group say of reasons and days, by the institute's own clock."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext, ngettext

from app.content import Course
from app.content.records import FINAL
from app.supervision.marks import Resting
from app.supervision.reasons import Case, Due, Failed, Harmful, Reason, Still, Sure

MOST_CASES = 3
"""So many of a reason's cases are named."""


def said(moment: datetime | date, zone: ZoneInfo, now: datetime) -> str:
    """A day in words, with the year only where it is another one: 3 November, or 3 November 2026."""
    day = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    same_year = day.year == now.astimezone(zone).year
    return str(format_date(day, "d MMMM" if same_year else "d MMMM y"))


def at(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A day and its hour: 3 November, 21:40."""
    hour = f"{moment.astimezone(zone):%H:%M}"
    return gettext("%(on)s, %(hour)s", on=said(moment, zone, now), hour=hour)


def short(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """When somebody was last here: today, yesterday, 4 days ago, 30 Oct."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    passed = (today - day).days
    if passed <= 0:
        return gettext("today")
    if passed == 1:
        return gettext("yesterday")
    if passed < 7:
        return str(ngettext("%(num)d day ago", "%(num)d days ago", passed))
    return str(format_date(day, "d MMM" if day.year == today.year else "d MMM y"))


def until_due(due_on: date, zone: ZoneInfo, now: datetime) -> str:
    """How far off a last day is: in 11 days, today, 3 days ago."""
    left = (due_on - now.astimezone(zone).date()).days
    if left == 0:
        return gettext("today")
    if left == 1:
        return gettext("tomorrow")
    if left > 1:
        return str(ngettext("in %(num)d day", "in %(num)d days", left))
    return str(ngettext("%(num)d day ago", "%(num)d days ago", -left))


def sentence(course: Course, reason: Reason, zone: ZoneInfo, now: datetime) -> str:
    """One reason in one sentence, with its date."""
    match reason.details:
        case Failed() as failed:
            return _failed(course, failed, said(reason.since, zone, now))
        case Harmful() as harmful:
            return _harmful(harmful, said(reason.since, zone, now))
        case Sure() as sure:
            return _sure(sure, said(reason.since, zone, now))
        case Still() as still:
            return _still(still, said(reason.since, zone, now))
        case Due() as due:
            return _due(due, zone, now)


def _failed(course: Course, failed: Failed, on: str) -> str:
    values = {"quiz": quiz_name(course, failed.quiz_id), "on": on, "best": failed.best}
    return str(
        ngettext(
            "Failed %(quiz)s %(num)d time, last on %(on)s; the best try reached %(best)s%%.",
            "Failed %(quiz)s %(num)d times, last on %(on)s; the best try reached %(best)s%%.",
            failed.attempts,
            **values,
        )
    )


def _harmful(harmful: Harmful, on: str) -> str:
    when = gettext("on %(on)s", on=on) if len(harmful.cases) == 1 else gettext("last on %(on)s", on=on)
    harm = harmful.cases[-1].what.rstrip(".")
    values = {"cases": listed_cases(harmful.cases), "when": when, "harm": harm}
    if not harm:
        return gettext("Chose what could do harm in %(cases)s, %(when)s, and no later case made up for it.", **values)
    return gettext(
        "Chose what could do harm in %(cases)s, %(when)s: “%(harm)s”. No later case made up for it.", **values
    )


def _sure(sure: Sure, on: str) -> str:
    return gettext(
        "Sure and wrong in %(cases)s, last on %(on)s: “%(belief)s”.",
        cases=listed_cases(sure.cases),
        on=on,
        belief=sure.text.rstrip("."),
    )


def _still(still: Still, since: str) -> str:
    if not still.started:
        return str(
            ngettext(
                "There since %(since)s, and has not started in %(num)d day.",
                "There since %(since)s, and has not started in %(num)d days.",
                still.days,
                since=since,
            )
        )
    return str(
        ngettext(
            "Nothing since %(since)s, for %(num)d day.",
            "Nothing since %(since)s, for %(num)d days.",
            still.days,
            since=since,
        )
    )


def _due(due: Due, zone: ZoneInfo, now: datetime) -> str:
    values = {
        "on": said(due.due_on, zone, now),
        "when": until_due(due.due_on, zone, now),
        "percent": 100 * due.done // due.total if due.total else 0,
    }
    if due.overdue:
        return gettext("Was due on %(on)s, %(when)s, with %(percent)s%% done.", **values)
    return gettext("Due on %(on)s, %(when)s, with %(percent)s%% done.", **values)


def quiz_name(course: Course, quiz_id: str) -> str:
    """How a sentence names it: the quiz “Phases”, the final test."""
    if quiz_id == FINAL:
        return gettext("the final test")
    quiz = course.quizzes.get(quiz_id)
    return gettext("the quiz “%(title)s”", title=quiz.title if quiz else quiz_id)


def listed_cases(cases: Sequence[Case]) -> str:
    """“A”, “B” and “C”; of many the latest, and how many more there are."""
    quoted = [f"“{title}”" for title in dict.fromkeys(case.title for case in reversed(cases))]
    if len(quoted) == 1:
        return quoted[0]
    if len(quoted) > MOST_CASES:
        more = ngettext("%(num)d more case", "%(num)d more cases", len(quoted) - MOST_CASES + 1)
        quoted = [*quoted[: MOST_CASES - 1], more]
    return gettext("%(some)s and %(last)s", some=", ".join(quoted[:-1]), last=quoted[-1])


def noted(resting: Resting, by: str, zone: ZoneInfo, now: datetime) -> str:
    """Who took care of it, when, and until when it rests."""
    on = said(resting.mark.marked_at, zone, now)
    if resting.mark.state == "snoozed" and resting.mark.until is not None:
        until = said(resting.mark.until, zone, now)
        return gettext("Put off to %(until)s by %(by)s on %(on)s.", until=until, by=by, on=on)
    return gettext("Contacted by %(by)s on %(on)s.", by=by, on=on)
