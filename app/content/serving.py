"""The course of the running application, and its renewal when files change."""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import cast

from flask import Flask, current_app

from app.content.checked import LaidBy
from app.content.faults import CourseFaults
from app.content.files import stamp
from app.content.loader import load_course
from app.content.records import Course

EXTENSION = "imrs.course"
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Shelf:
    """The one place in a process that holds the course."""

    root: Path
    course: Course
    stamp: tuple[object, ...]
    lock: Lock = field(default_factory=Lock)

    def renew(self) -> None:
        """Reload if a file has changed; a faulty course is logged and the old one stays."""
        with self.lock:
            found = stamp(self.root)
            if found == self.stamp:
                return
            self.stamp = found
            try:
                self.course = load_course(self.root)
            except CourseFaults as faults:
                log.error("The changed course has faults; the one before is still served.\n%s", faults)
            else:
                log.info("The course was reloaded.")


def init_app(app: Flask, root: Path, laid_by: LaidBy | None = None, *, reload: bool = False) -> None:
    """Raises CourseFaults. With `reload`, every request looks whether a file has changed."""
    found = stamp(root)
    shelf = Shelf(root, laid_by.load(root) if laid_by else load_course(root), found)
    app.extensions[EXTENSION] = shelf
    if reload:
        app.before_request(shelf.renew)


def current_course() -> Course:
    return cast(Shelf, current_app.extensions[EXTENSION]).course
