"""The picture of a cohort's pace: a line from week to week, with the same in words and in a table."""

from dataclasses import dataclass

from flask_babel import gettext, ngettext

from app.supervision.groups import Group
from app.supervision.pace import Week, weeks
from app.supervision.wording import said

WIDTH, HEIGHT = 640, 150
"""Of the field that the line is drawn in, in the picture's own units."""


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    label: str
    """Its week, where there is room to say it; else empty."""


@dataclass(frozen=True, slots=True)
class Picture:
    points: tuple[Point, ...]
    line: str
    """Of an SVG polyline."""
    area: str
    words: str
    rows: tuple[tuple[str, str, int, int], ...]
    """(week, its last day, per cent of parts passed, trainees who have finished)"""


def picture(group: Group) -> Picture | None:
    """None: nobody is there, it has not started, or there is but one week to show."""
    zone = group.seat.institute.zone
    parts = {part.id for part in group.parts if part.quiz_id is not None}
    found = weeks(group.standings, parts, group.seat.cohort.starts_on, group.now, zone)
    if len(found) < 2:
        return None
    step = WIDTH / (len(found) - 1)
    every = -(-len(found) // 9)
    points = tuple(
        Point(
            x=round(place * step, 1),
            y=round(HEIGHT * (1 - week.passed / week.all), 1) if week.all else HEIGHT,
            label=str(week.number) if (len(found) - 1 - place) % every == 0 else "",
        )
        for place, week in enumerate(found)
    )
    line = " ".join(f"{point.x},{point.y}" for point in points)
    return Picture(
        points=points,
        line=line,
        area=f"0,{HEIGHT} {line} {WIDTH},{HEIGHT}",
        words=_words(found),
        rows=tuple(
            (str(week.number), said(week.until, zone, group.now), week.percent, week.finished) for week in found
        ),
    )


def _words(found: tuple[Week, ...]) -> str:
    now, before = found[-1], found[-2]
    passed = ngettext(
        "In week %(week)s, %(percent)s%% of all parts are passed: %(passed)s of %(num)d.",
        "In week %(week)s, %(percent)s%% of all parts are passed: %(passed)s of %(num)d.",
        now.all,
        week=now.number,
        percent=now.percent,
        passed=now.passed,
    )
    return f"{passed} " + gettext("A week before it was %(percent)s%%.", percent=before.percent)
