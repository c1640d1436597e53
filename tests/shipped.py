"""The course as it ships, read once a process."""

from functools import cache
from pathlib import Path

from app.content import Course, load_course

ROOT = Path(__file__).parents[1]


@cache
def shipped() -> Course:
    return load_course(ROOT)
