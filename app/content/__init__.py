"""Files in, one frozen course out, or every fault with file and line. No tables, no learners."""

from app.content.checked import LaidBy
from app.content.faults import CourseFaults, Fault
from app.content.loader import load_course
from app.content.records import Course
from app.content.serving import current_course, init_app

__all__ = ["Course", "CourseFaults", "Fault", "LaidBy", "current_course", "init_app", "load_course"]
