"""A real instance to browse: a data folder, `imrs serve` as a process of its own, migrations and letter worker
included, and the same application in this process, to put people where a test wants them."""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask

from app import clock, create_app
from app.accounts import services as accounts
from app.accounts import sign_ins
from app.assessment import queries as attempts
from app.assessment import starting
from app.assessment.records import AttemptRecord
from app.content import current_course
from app.content.records import Course
from app.extensions import db
from app.learning.services import mark_read
from config import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE_COURSE = ROOT / "tests" / "sample_course"
PASSWORD = "four brown boots walking"
PATIENCE = 60.0  # seconds for a start; a loaded machine takes its time


@dataclass(frozen=True)
class Person:
    """Somebody with an account on an instance."""

    person_id: UUID
    name: str
    email: str


class Instance:
    """One course being served. Use `running` to have it started and stopped."""

    def __init__(self, data: Path, course: Path, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("IMRS_")}
        self.port = _free_port()
        given = {"IMRS_DATA": str(data), "IMRS_COURSE": str(course), "IMRS_PORT": str(self.port), **settings}
        self.environ = {**kept, **given}
        self.log = data.parent / f"{data.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def app(self) -> Flask:
        """Reads the course when first asked for: `restart` makes it read again."""
        return create_app(Settings.from_environ(self.environ))

    def start(self) -> None:
        command = [sys.executable, "-m", "app.cli", "serve"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The course does not start:\n{self.log.read_text(encoding='utf-8')}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=PATIENCE)
            self._process = None

    def restart(self) -> None:
        """End the process and start another, which reads the course's files as they are now."""
        self.stop()
        self.__dict__.pop("app", None)
        self.start()

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    @contextmanager
    def committing(self) -> Iterator[Course]:
        """The application's context; what is done in it is committed at the end."""
        with self.app.app_context():
            yield current_course()
            db.session.commit()

    def join(self, name: str, *, administrator: bool = False) -> Person:
        email = f"{uuid4().hex}@example.org"
        with self.committing():
            person_id = accounts.create_account(
                name=name, email=email, password=PASSWORD, now=clock.now(), administrator=administrator
            )
        return Person(person_id, name, email)

    def session_cookie(self, person_id: UUID) -> str:
        """The value of the cookie of a browser in which this person has just signed in."""
        with self.committing():
            token = sign_ins.start(person_id, "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0", clock.now())
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return str(serializer.dumps({"_user_id": token}))

    def read(self, person_id: UUID, module_id: str) -> None:
        """Mark a whole module as read."""
        with self.committing() as course:
            for section in course.module(module_id).sections:
                mark_read(course, person_id, module_id, section.id, now=clock.now())

    def begin_quiz(
        self, person_id: UUID, quiz_id: str, suits: Callable[[AttemptRecord], bool] = lambda attempt: True
    ) -> AttemptRecord:
        """Start an attempt whose draw `suits`; chance is asked again until it does."""
        for seed in range(1000):
            with self.app.app_context():
                course = current_course()
                attempt_id = starting.start(
                    course, person_id, quiz_id, mark=course.pass_mark, now=clock.now(), rng=random.Random(seed)
                )
                attempt = attempts.attempt(attempt_id, person_id)
                if suits(attempt):
                    db.session.commit()
                    return attempt
                db.session.rollback()
        raise LookupError(f"No draw from {quiz_id} suits.")


@contextmanager
def running(data: Path, course: Path, **settings: str) -> Iterator[Instance]:
    instance = Instance(data, course, **settings)
    try:
        instance.start()
        yield instance
    finally:
        instance.stop()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
