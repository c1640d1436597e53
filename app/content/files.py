"""Reading the course's files, once, as text with faults for what is not plain UTF-8 text."""

import errno
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.content.faults import Fault

FOLDERS = ("course", "modules", "quizzes")
SUFFIXES = (".yaml", ".md", ".svg", ".vtt")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Source:
    path: str
    """Relative to the root, with slashes."""
    text: str

    def line_at(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1


def paths(root: Path) -> Iterator[Path]:
    """Every file of the course, in a fixed order; hidden and backup files are not part of it."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and not path.name.startswith(".") and path.is_file():
                yield path


def stamp(root: Path) -> tuple[object, ...]:
    """Changes when a file is edited, added or removed."""
    return tuple((str(path), (found := path.stat()).st_mtime_ns, found.st_size) for path in paths(root))


def digest(root: Path) -> str:
    """SHA-256 over the names and bytes of all files."""
    total = hashlib.sha256()
    for path in paths(root):
        content = path.read_bytes()
        total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def read(root: Path, path: Path, faults: list[Fault]) -> Source | None:
    """None, with a fault, if there is no such text."""
    name = path.relative_to(root).as_posix()
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or a device would never end
            raise OSError(errno.EINVAL, "it is no plain file")
        content = path.read_bytes()
    except FileNotFoundError:
        faults.append(Fault(name, 1, "The file is missing.", "Create it; docs/author.md shows what it holds."))
        return None
    except OSError as error:
        faults.append(
            Fault(name, 1, f"The file cannot be read ({error.strerror}).", "Check what it is and who may read it.")
        )
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(name, line, "This is not UTF-8.", "Save the file with the encoding UTF-8."))
        return None
    text = text.replace("\r\n", "\n")
    faults.extend(_characters(name, text))
    return Source(name, CONTROL.sub("", text.replace("\t", "    ")))


def _characters(name: str, text: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            yield Fault(name, number, "A tab stands here.", "Use spaces.")
        for character in sorted(set(CONTROL.findall(line))):
            if character == "\ufeff":
                yield Fault(name, number, "A byte order mark stands here.", "Save as UTF-8 without a byte order mark.")
            else:
                what = f"The character U+{ord(character):04X} does not belong in a text."
                yield Fault(name, number, what, "Delete it, or type the character that was meant.")
