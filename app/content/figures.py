"""Figures: SVG from a file, checked against a list of what is harmless, made ready to stand in a page."""

import re
from collections.abc import Iterator
from html import escape
from xml.parsers import expat

from app.content.faults import Fault
from app.content.files import Source

SHAPES = """
svg g defs title desc path line polyline polygon rect circle ellipse text tspan textPath marker symbol use
linearGradient radialGradient stop clipPath mask pattern
"""
PRESENTATION = """
id class x y x1 y1 x2 y2 cx cy r rx ry fx fy d points width height dx dy rotate transform viewBox preserveAspectRatio
fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray
stroke-dashoffset stroke-miterlimit opacity color font-family font-size font-weight font-style letter-spacing
word-spacing text-anchor dominant-baseline alignment-baseline baseline-shift text-decoration textLength lengthAdjust
marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient offset stop-color
stop-opacity gradientUnits gradientTransform spreadMethod clip-path clip-rule clipPathUnits mask maskUnits
maskContentUnits patternUnits patternContentUnits patternTransform vector-effect paint-order startOffset href
visibility display aria-hidden
"""
ELEMENTS = frozenset(SHAPES.split())
ATTRIBUTES = frozenset(PRESENTATION.split())
DROPPED = frozenset({"role", "version", "xml:space", "aria-label", "aria-labelledby", "aria-describedby"})
"""Written by us on the root, or of no effect in a page."""
LOCAL = re.compile(r"url\(\s*['\"]?#([A-Za-z][\w.-]*)['\"]?\s*\)")


def figure_svg(id: str, source: Source, faults: list[Fault]) -> str:
    """The picture as it stands in a page; its ids begin with the figure's own."""
    if match := re.search(r"<!(?:DOCTYPE|ENTITY)", source.text):
        what = "A document type or entity stands in the figure."
        faults.append(Fault(source.path, source.line_at(match.start()), what, "Delete it."))
        return ""
    drawing = _Drawing(f"figure-{id}", source.path, faults)
    try:
        drawing.parser.Parse(re.sub(r"^\s*<\?xml[^>]*\?>", lambda m: "\n" * m[0].count("\n"), source.text), True)
    except expat.ExpatError as error:
        message = f"This is not well-formed SVG: {expat.errors.messages[error.code]}."
        faults.append(Fault(source.path, error.lineno, message, "Close every element and quote every attribute."))
        return ""
    drawing.finish()
    return "".join(drawing.parts).strip()


class _Drawing:
    def __init__(self, prefix: str, path: str, faults: list[Fault]) -> None:
        self.prefix = prefix
        self.path = path
        self.faults = faults
        self.parts: list[str] = []
        self.open: list[str] = []
        self.dropping = 0
        self.title = ""
        self.ids: set[str] = set()
        self.pointers: list[tuple[str, int]] = []
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def fault(self, message: str, mend: str, line: int | None = None) -> None:
        self.faults.append(Fault(self.path, line or self.parser.CurrentLineNumber, message, mend))

    def start(self, name: str, flat: list[str]) -> None:
        attributes = list(zip(flat[::2], flat[1::2], strict=True))
        self.open.append(name)
        if self.dropping or name not in ELEMENTS or (len(self.open) == 1) != (name == "svg"):
            if not self.dropping:
                self.fault(f"The element `{name}` may not stand here.", "Draw with shapes and text.")
            self.dropping += 1
            return
        if name == "title" and len(self.open) == 2:
            return
        kept = dict(self.kept(name, attributes))
        if len(self.open) == 1:
            self.root(kept)
        written = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
        self.parts.append(f"<{name}{written}>")
        if len(self.open) == 1:
            self.parts.append("\0")

    def root(self, kept: dict[str, str]) -> None:
        if not re.match(r"^-?[\d.]+ -?[\d.]+ [\d.]+ [\d.]+$", " ".join(kept.get("viewBox", "").split())):
            self.fault("The figure has no `viewBox`.", 'Write `<svg viewBox="0 0 640 250" …>`.')
        for key in ("width", "height", "x", "y", "id"):
            kept.pop(key, None)
        kept |= {"role": "img", "aria-labelledby": f"{self.prefix}-title"}

    def kept(self, name: str, attributes: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for key, value in attributes:
            if key in DROPPED or key == "xmlns" or (key.startswith("xmlns:") and name == "svg"):
                continue
            if key not in ATTRIBUTES:
                mend = "Use presentation attributes such as `fill`, or a class." if key == "style" else "Remove it."
                self.fault(f"The attribute `{key}` may not stand in a figure.", mend)
            elif (safe := self.safe(key, value)) is not None:
                yield key, safe

    def safe(self, key: str, value: str) -> str | None:
        if key == "id":
            self.ids.add(value)
            return f"{self.prefix}-{value}"
        if key == "href":
            if not value.startswith("#"):
                self.fault(f"The figure points outside itself: `{value}`.", "Use `#id` of an element in the figure.")
                return None
            return f"#{self.point(value[1:])}"
        local = LOCAL.sub(lambda match: f"url(#{self.point(match[1])})", value)
        if re.search(r"url\((?!#)|javascript:|data:|https?:|expression\(|\\", local, re.IGNORECASE):
            self.fault(f"The attribute `{key}` points outside the figure: `{value}`.", "Use `url(#id)`.")
            return None
        return local

    def point(self, id: str) -> str:
        self.pointers.append((id, self.parser.CurrentLineNumber))
        return f"{self.prefix}-{id}"

    def end(self, name: str) -> None:
        depth = len(self.open)
        self.open.pop()
        if self.dropping:
            self.dropping -= 1
        elif not (name == "title" and depth == 2):
            self.parts.append(f"</{name}>")

    def text(self, data: str) -> None:
        if self.dropping:
            return
        if self.open[-1] == "title" and len(self.open) == 2:
            self.title += data
        else:
            self.parts.append(escape(data, quote=False))

    def finish(self) -> None:
        title = " ".join(self.title.split())
        if not title:
            self.fault("The figure has no title.", "Put `<title>What it shows</title>` first in `<svg>`.", 1)
        for id, line in self.pointers:
            if id not in self.ids:
                self.fault(f"The figure has no element `#{id}`.", "Check the id.", line)
        label = f'<title id="{self.prefix}-title">{escape(title)}</title>'
        self.parts = [label if part == "\0" else part for part in self.parts]
