"""The accreditation dossier: what the course's own files say, and nothing else."""

import re
from html import unescape

import pytest

from app.content.records import Course
from app.supervision import dossier
from tests.conftest import START, Browser
from tests.groups import Group, group


@pytest.fixture
def linden(app: object) -> Group:
    return group("Linden", ("Anna", "Bo", "Ines"), now=START)


def words(page: str) -> str:
    """What a page says, its markup and line ends aside."""
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", page.split("<main")[1].split("</main>")[0]).split()))


def read(app: object, group: Group) -> str:
    answer = Browser(app, group.administrator).get("/institutes/linden/dossier")  # type: ignore[arg-type]
    assert answer.status_code == 200
    return words(answer.text)


def test_the_hours_add_up_to_what_the_certificate_says(course: Course) -> None:
    found = dossier.hours(course)
    words, questions, difficulty = map(float, found.parts)

    assert round(0.9 * (-22.3 + words + questions + difficulty)) == found.minutes == course.contact_hours.minutes


def test_the_dossier_says_every_objective_and_every_reference(app: object, course: Course, linden: Group) -> None:
    said = read(app, linden)

    objectives = [one.text for module in course.modules for one in module.objectives]
    assert [text for text in objectives if text not in said] == []
    assert len(objectives) > 2
    references = [re.sub(r"<[^>]*>", "", one.html) for one in course.references.values()]
    assert [text for text in references if " ".join(unescape(text).split())[:30] not in said] == []


def test_what_nobody_has_reviewed_is_said_to_be_awaiting_review(app: object, linden: Group) -> None:
    said = read(app, linden)

    assert "1. Brewing A. Taster, 4 May 2026" in said
    assert said.count("awaiting clinical review") == 3  # once among the facts, twice in the table
    assert "No evaluations are collected yet." in said
