"""From files to one course."""

from pathlib import Path

from app.content.building import build, draw_figures
from app.content.faults import CourseFaults, Fault
from app.content.gathering import Gathered, gather
from app.content.records import Course
from app.content.rules import check


def load_course(root: Path) -> Course:
    """Raises CourseFaults with every fault there is."""
    return read_course(root)[1]


def read_course(root: Path) -> tuple[Gathered, Course]:
    """The files taken apart, and the course they make. Raises CourseFaults."""
    faults: list[Fault] = []
    gathered = gather(root, faults)
    pictures = draw_figures(gathered, faults)
    check(gathered, faults)
    if faults:
        raise CourseFaults(faults)
    return gathered, build(gathered, pictures)
