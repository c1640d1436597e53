"""Hashes of the source page's runs of twelve words, by which copied text shows anywhere, without the page.

Usage: python -m tools.source_runs PAGE
PAGE is the text of the page the course is built from. Writes tests/source_runs.txt.

Titles of publications and bibliographic lines are left out: those must be repeated word for word.
"""

import hashlib
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from app.content import syntax

RUN = 12
DIGITS = 12
"""48 bits: among all runs of the course, one false alarm in more than a million."""

ROOT = Path(__file__).resolve().parent.parent
RUNS = ROOT / "tests" / "source_runs.txt"
REFERENCES = ROOT / "course" / "references.yaml"
HEAD = f"""\
# The first {DIGITS} hexadecimal digits of the SHA-256 of every {RUN} consecutive words of the page behind this course.
# Words are lower-case letters and digits only. Titles of publications and bibliographic lines are left out.
# Written by tools/source_runs.py; read by tests/content/test_source_runs.py.
"""

WORD = re.compile(r"[^\W_]+")
BIBLIOGRAPHIC = re.compile(
    r"^\w[\w-]+,? [A-Z]\.[ ,].*$"  # a line that begins with a name and initials
    r"|(?:[\w-]+, (?:[A-Z]\. ?)+,? ?(?:& )?){2,}",  # a list of such names within a sentence
    re.MULTILINE,
)

UNREAD = re.compile(r"\{[{%#].*?[}%#]\}|</?[a-zA-Z!][^<>]*>", re.DOTALL)
"""What a template does, and tags."""


def words(text: str) -> list[str]:
    seen = UNREAD.sub(" ", syntax.plain(text))
    return WORD.findall(unicodedata.normalize("NFKC", seen).casefold())


def source_hashes(page: str, titles: Iterable[str]) -> frozenset[str]:
    """Hashes of all runs of the page that hold no word of a title."""
    known = sorted((found for title in titles if (found := words(title))), key=len, reverse=True)
    return frozenset(
        hashed
        for part in BIBLIOGRAPHIC.split(page)
        for passage in _between(words(part), known)
        for hashed, _ in _hashed_runs(passage)
    )


def shared_runs(text: str, hashes: Collection[str]) -> list[str]:
    """The runs of a text that the source has too. A citation within a sentence does not make it another one."""
    passages = (text, *syntax.CITATION.findall(text))
    return [run for passage in passages for hashed, run in _hashed_runs(words(passage)) if hashed in hashes]


def write(path: Path, hashes: Iterable[str]) -> None:
    path.write_text(HEAD + "".join(f"{hashed}\n" for hashed in sorted(hashes)), encoding="utf-8")


def read(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _between(page: Sequence[str], titles: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The passages of the page that are left when the titles are cut out."""
    start = place = 0
    while place < len(page):
        title = next((title for title in titles if list(page[place : place + len(title)]) == list(title)), None)
        if title is None:
            place += 1
            continue
        yield page[start:place]
        start = place = place + len(title)
    yield page[start:]


def _hashed_runs(passage: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place in range(len(passage) - RUN + 1):
        run = " ".join(passage[place : place + RUN])
        yield hashlib.sha256(run.encode()).hexdigest()[:DIGITS], run


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    page = Path(arguments[0]).read_text(encoding="utf-8")
    titles = [entry["title"] for entry in yaml.safe_load(REFERENCES.read_text(encoding="utf-8"))]
    hashes = source_hashes(page, titles)
    write(RUNS, hashes)
    print(f"{RUNS.relative_to(ROOT)}: {len(hashes)} runs of {RUN} words")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
