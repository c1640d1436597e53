"""British spelling of the course and of what is said about it, by cspell's dictionary and the course's own names.

Usage: python -m tools.spelling
Lists every word that neither knows, with file and line. Terms and names of the subject stand in tools/words.txt; names
of clients and authors are taken from where they are introduced.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import yaml

from tests import page_checks

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "words.txt"
CONFIG = ROOT / "tools" / "cspell.json"
READ = (
    "README.md",
    "CHANGELOG.md",
    "docs/**/*.md",
    "modules/*.md",
    "quizzes/**/*.yaml",
    "course/**/*.yaml",
    "course/**/*.md",
)
LEFT_OUT = ("course/references.yaml", "docs/course/", "docs/reviews/answers/")
"""Titles as they were published; what a command writes; ids."""

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)\S+|\]\([^()\s]*\)|\b10\.\d{4,}/\S+")
MARK = re.compile(r"\[@[^\]\s,;]+|;\s*@[^\]\s,;]+|\[\[[^\]|]*\||\{#[^{}]*\}")
WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?:[’'][^\W\d_]+)*(?![\w@/])|(?<=-)[^\W\d_]+(?:[’'][^\W\d_]+)*(?![\w@/])")
ABBREVIATION = re.compile(r"[^\Wa-z]{2,}(?:s|'s)?")
AMERICAN = re.compile(
    r"\w{3,}(?:iz(?:e[drs]?|ers|ing|able|ations?|ational)|yz(?:e[ds]?|ing))"
    r"|(?:center|gray|mold|plow|defense|offense|pretense)(?:s|ed|ing)?|gotten|mom|toward"
)
"""The dictionary accepts Oxford’s -ize too, and some American words that also mean something else."""
NOT_AMERICAN = frozenset({"capsize", "capsized", "downsize", "oversized", "resize", "resized", "seize", "seized"})


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    path: str
    line: int


def main() -> int:
    node = page_checks.node()
    if node is None or not page_checks.CSPELL.exists():
        print("cspell is missing: `python -m tools.provision` gets it.", file=sys.stderr)
        return 1
    faults = misspelt(list(read(ROOT)), [str(node), str(page_checks.CSPELL)], known(ROOT))
    for word in faults:
        print(f"{word.path}:{word.line}: “{word.text}”")
    return int(bool(faults))


def read(root: Path) -> Iterator[Word]:
    for pattern in READ:
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            if not name.startswith(LEFT_OUT):
                yield from words(name, path.read_text(encoding="utf-8"))


def words(path: str, text: str) -> Iterator[Word]:
    """Of prose: no code, no address, none of the course's marks, nothing with a digit in it."""
    for pattern in (CODE, ADDRESS, MARK):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for line, content in enumerate(text.split("\n"), 1):
        for match in WORD.finditer(content):
            yield Word(match[0].replace("’", "'"), path, line)


def misspelt(found: Sequence[Word], command: Sequence[str], names: frozenset[str]) -> list[Word]:
    """The first place of each word that is in no list, or American."""
    first: dict[str, Word] = {}
    for word in found:
        first.setdefault(word.text, word)
    asked = {text: text.lower().removesuffix("'s") for text in first if not ABBREVIATION.fullmatch(text)}
    unknown = lacking({text for text in asked.values() if text not in names}, command)
    return [first[text] for text, plain in asked.items() if plain in unknown or is_american(plain)]


def is_american(word: str) -> bool:
    return word not in NOT_AMERICAN and AMERICAN.fullmatch(word) is not None


def lacking(asked: set[str], command: Sequence[str]) -> frozenset[str]:
    """Those that the British dictionary does not have."""
    done = subprocess.run(
        [*command, "lint", "--no-default-configuration", "--config", str(CONFIG), "--words-only", "--no-progress",
         "--no-summary", "stdin"],
        input="\n".join(sorted(asked)), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode not in (0, 1) or (done.returncode and not done.stdout):
        raise RuntimeError(done.stderr.strip() or "cspell said nothing")
    return frozenset(done.stdout.split())


def known(root: Path) -> frozenset[str]:
    """The list, and the names of clients and authors, in small letters."""
    return frozenset(listed()) | {word for name in names(root) for word in _parts(name)}


def listed() -> list[str]:
    return LIST.read_text(encoding="utf-8").split()


def names(root: Path) -> Iterator[str]:
    for path in sorted([*root.glob("quizzes/**/*.yaml"), *root.glob("course/transcripts/*.yaml")]):
        text = path.read_text(encoding="utf-8")
        for title in re.findall(r"^(?:  +|)(?:title|client|- who): (.+)$|who: ([^,}\n]+)", text, re.MULTILINE):
            yield from (part.partition(",")[0] for part in title)
    for entry in _entries(root / "course" / "references.yaml"):
        yield from (str(author) for author in entry.get("authors", ()))
        yield str(entry.get("id"))


def _entries(path: Path) -> list[Mapping[str, list[str]]]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.exists() else []


def _parts(name: str) -> Iterator[str]:
    """With accents as in a text, and without as in an id."""
    for part in re.findall(r"[^\W\d_]+", name.lower()):
        yield part
        yield "".join(sign for sign in normalize("NFD", part) if sign.isalpha())


if __name__ == "__main__":
    sys.exit(main())
