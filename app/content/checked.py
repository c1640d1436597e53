"""A course that has been checked is laid by, so that the next start need not read, check and render it all again."""

import contextlib
import hashlib
import hmac
import logging
import os
import pickle
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.content import files
from app.content.loader import load_course
from app.content.records import Course

CODE = Path(__file__).parents[1]
LOCK = CODE.parent / "requirements" / "run.txt"
SEAL = hashlib.sha256().digest_size
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LaidBy:
    """Where a checked course is kept, and the key that seals it: nothing else than what was laid by here is read."""

    path: Path
    key: str

    def load(self, root: Path) -> Course:
        """Raises CourseFaults. The course as it was laid by, if neither it nor what reads it has changed since."""
        name = _fingerprint(root)
        course = self._found(name)
        if course is None:
            course = load_course(root)
            if _fingerprint(root) == name:  # not edited meanwhile
                self._lay_by(name, course)
        return course

    def _found(self, name: bytes) -> Course | None:
        try:
            whole = self.path.read_bytes()
        except OSError:
            return None
        seal, laid = whole[:SEAL], whole[SEAL:]
        if not hmac.compare_digest(seal, self._seal(name, laid)):
            return None
        course = pickle.loads(laid)
        return course if isinstance(course, Course) else None

    def _lay_by(self, name: bytes, course: Course) -> None:
        """Whole or not at all. Without it the next start takes longer, and that is all."""
        laid = pickle.dumps(course, pickle.HIGHEST_PROTOCOL)
        try:
            descriptor, draft = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}-")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(self._seal(name, laid) + laid)
                Path(draft).replace(self.path)
            finally:
                with contextlib.suppress(FileNotFoundError):
                    Path(draft).unlink()
        except OSError as error:
            log.warning("The checked course could not be laid by in %s (%s).", self.path, error.strerror)

    def _seal(self, name: bytes, laid: bytes) -> bytes:
        return hmac.digest(self.key.encode(), b"checked course\0" + name + laid, "sha256")


def _fingerprint(root: Path) -> bytes:
    """Changes with every byte and name of the course, with the code that reads it, and with the list of libraries."""
    read = hashlib.sha256(f"{sys.version}\0{_digest(root)}".encode())
    sources = sorted(path for folder in ("content", "questions") for path in (CODE / folder).rglob("*.py"))
    for path in [*sources, LOCK]:
        read.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return read.digest()


def _digest(root: Path) -> str:
    """Of a course with a file that cannot be read, only its names: it has a fault, and is never laid by."""
    names = sorted(str(path) for folder in files.FOLDERS for path in (root / folder).rglob("*"))
    try:
        return "\0".join([files.digest(root), *names])
    except OSError:
        return "\0".join(names)
