"""YAML without its surprises: no key twice, no `no` that means false, and a line for every value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from app.content.faults import Fault

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is six times as fast
PREFIX = "tag:yaml.org,2002:"
TAGS = frozenset(f"{PREFIX}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value"))
OTHER_BOOLEAN = re.compile(r"^(?:y|n|yes|no|on|off)$", re.IGNORECASE)
INTEGER = re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$")
FLOAT = re.compile(r"^[-+]?[0-9]{1,18}\.[0-9]{1,18}$")
DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")

DEEPEST = 50
"""Lists and keys in one another: the course needs eight; from some thousands on libyaml brings the process down."""

Place = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a value stands: its own line and, in a mapping, its key's; both from 1."""

    line: int
    end: int
    key_line: int
    literal: bool
    """A `|` block: its first line of text is the one below `line`."""


@dataclass(frozen=True, slots=True)
class Document:
    path: str
    lines: tuple[str, ...]
    """The file's lines."""
    data: Any
    entries: dict[tuple[str | int, ...], Entry]

    def line(self, place: Place) -> int:
        """The line of the value at this place or, if there is none, of what should hold it."""
        place = self.nearest(place)
        return self.entries[place].line

    def key_line(self, place: Place) -> int:
        place = self.nearest(place)
        return self.entries[place].key_line

    def nearest(self, place: Place) -> tuple[str | int, ...]:
        """The place without the steps that are not in the file, such as a union's tag."""
        found: tuple[str | int, ...] = ()
        for step in place:
            if (*found, step) in self.entries:
                found = (*found, step)
        return found

    def line_in_text(self, place: Place, text: str, offset: int) -> int:
        """The line of a character of a text, as near as its style allows."""
        entry = self.entries[self.nearest(place)]
        if entry.literal:
            return entry.line + 1 + text.count("\n", 0, offset)
        words = re.split(r"\s", text[offset : offset + 24].strip())[0]
        for number in range(entry.line, min(entry.end, len(self.lines)) + 1):
            if words and words in self.lines[number - 1]:
                return number
        return entry.line


def parse(path: str, text: str, faults: list[Fault], first_line: int = 1) -> Document | None:
    """None, with a fault, if this is no YAML. `first_line` is the text's first line in its file."""
    before = first_line - 1
    try:
        if (line := _too_deep(text)) is not None:
            faults.append(Fault(path, line + before, "The values stand too deep in one another.", "Flatten them."))
            return None
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        faults.append(_syntax_fault(path, error, before, text))
        return None
    if node is None:
        faults.append(Fault(path, first_line, "The file is empty.", "docs/author.md shows what it holds."))
        return None
    builder = _Builder(path, before, faults)
    data = builder.value(node, (), node.start_mark.line + first_line)
    return Document(path, ("",) * before + tuple(text.split("\n")), data, builder.entries)


def _too_deep(text: str) -> int | None:
    """The line on which the values stand deeper in one another than `DEEPEST`. Events come one by one, whatever their
    depth; what is composed of them is built by recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return event.start_mark.line + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _syntax_fault(path: str, error: yaml.YAMLError, before: int, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    last = text.rstrip().count("\n") + 1
    line = min(mark.line + 1 if mark else 1, last) + before
    mend = "Check indentation, colons and quotes here; put a text that holds `: ` or ` #` in quotes or under `|`."
    return Fault(path, line, f"This is not YAML: {problem}.", mend)


class _Builder:
    def __init__(self, path: str, before: int, faults: list[Fault]) -> None:
        self.path = path
        self.before = before
        self.faults = faults
        self.entries: dict[tuple[str | int, ...], Entry] = {}
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, place: tuple[str | int, ...], key_line: int) -> Any:
        line = node.start_mark.line + 1 + self.before
        end = node.end_mark.line + 1 + self.before
        self.entries[place] = Entry(line, end, key_line, getattr(node, "style", None) == "|")
        if id(node) in self.seen:
            self.entries[place] = Entry(key_line, key_line, key_line, False)
            self.fault(key_line, "An alias (`*name`) repeats another value.", "Write the value out.")
            return str(node.value) if isinstance(node, yaml.ScalarNode) else None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, number), item.start_mark.line + 1 + self.before)
                    for number, item in enumerate(node.value)]  # fmt: skip
        return self.scalar(node, line)

    def pairs(self, node: yaml.MappingNode, place: tuple[str | int, ...]) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1 + self.before
            name = self.key(key, line)
            if name in first:
                mend = "Keep one of the two."
                self.fault(line, f"The key `{name}` stands here twice; first in line {first[name]}.", mend)
                continue
            first[name] = line
            yield name, self.value(value, (*place, name), line)

    def key(self, node: yaml.Node, line: int) -> str:
        """Keys are words, `on` and `no` too: no schema has another kind."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.fault(line, "A key is a list or holds keys.", "Write a plain word before the colon.")
        return ""

    def scalar(self, node: Any, line: int) -> Any:
        text = str(node.value)
        if node.tag not in TAGS:
            self.fault(line, f"The tag `{node.tag}` is not used here.", "Remove it.")
            return text
        if node.style or node.tag == f"{PREFIX}str":
            return text
        return self.plain(text, line)

    def plain(self, text: str, line: int) -> Any:
        if text in ("true", "false"):
            return text == "true"
        if text in ("", "~", "null"):
            return None
        if OTHER_BOOLEAN.match(text) or text.lower() in ("true", "false", "null"):
            mend = f'Write "{text}" with quotes, or one of true, false and null.'
            self.fault(line, f"`{text}` without quotes is not the word: YAML reads true, false or nothing.", mend)
            return text
        if INTEGER.match(text):
            return int(text)
        if FLOAT.match(text):
            return float(text)
        if DATE.match(text):
            return self.date(text, line)
        mend = f'Put it in quotes: "{text}".'
        self.fault(line, f"`{text}` without quotes is read as a number or a time.", mend)
        return text

    def date(self, text: str, line: int) -> date | str:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(line, f"`{text}` is no date in the calendar.", "Write year-month-day, or put it in quotes.")
            return text

    def fault(self, line: int, message: str, mend: str) -> None:
        self.faults.append(Fault(self.path, line, message, mend))
