"""An aid as HTML: what is ticked and written on it belongs to no form, so that nothing can be sent."""

from collections.abc import Iterable
from html import escape

from app.content.aids import LINE, AidBlock, Boxes, Field, Fields, RawAid
from app.content.library import AidPart
from app.content.modules import CallOut, Prose
from app.content.notes import BLANK, WRITTEN_BY_HAND
from app.content.rendering import Renderer

UNSENT = "".join(f' {name}="{value}"' for name, value in WRITTEN_BY_HAND.items())


def render_aid(aid: RawAid, renderer: Renderer) -> tuple[str, tuple[AidPart, ...]]:
    """What stands above the parts, and the parts."""
    sheet = _Sheet(renderer)
    lead = "".join(sheet.blocks(part.blocks) for part in aid.parts if not part.title)
    return lead, tuple(AidPart(part.title, sheet.blocks(part.blocks)) for part in aid.parts if part.title)


class _Sheet:
    """Counts what can be written on, so that each has an id."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self.lines = 0

    def blocks(self, blocks: Iterable[AidBlock]) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: AidBlock) -> str:
        if isinstance(block, Boxes):
            items = "\n".join(self._box(box.text, box.field) for box in block.boxes)
            return f'<ul class="boxes">\n{items}\n</ul>'
        if isinstance(block, Fields):
            inside = "\n".join(self._field(field) for field in block.fields)
            return f'<div class="lines">\n{inside}\n</div>'
        if isinstance(block, CallOut):
            return self.renderer.call_out(block)
        return self._prose(block)

    def _prose(self, block: Prose) -> str:
        return self.renderer.short(LINE.sub(BLANK, block.text) if block.text.startswith("|") else block.text)

    def _box(self, text: str, field: Field | None) -> str:
        if field is None:
            return f"<li><label>{_TICK}<span>{self.renderer.line(text)}</span></label></li>"
        id = self._next()
        words = f'<label>{_TICK}<span id="{id}-words">{escape(field.label, quote=False)}</span></label>'
        return f'<li class="with-line">{words}{_area("aria-labelledby", f"{id}-words", field.rows)}</li>'

    def _field(self, field: Field) -> str:
        id = self._next()
        shape = "one" if field.rows == 1 else "several"
        label = f'<label for="{id}">{escape(field.label, quote=False)}</label>'
        return f'<p class="line {shape}">{label}{_area("id", id, field.rows)}</p>'

    def _next(self) -> str:
        self.lines += 1
        return f"line-{self.lines}"


_TICK = '<input type="checkbox">'


def _area(key: str, value: str, rows: int) -> str:
    """Rules are elements: a browser draws backgrounds on paper as it likes."""
    area = f'<textarea {key}="{value}" rows="{rows}"{UNSENT}></textarea>'
    rules = f'<span class="rules" aria-hidden="true">{"<i></i>" * rows}</span>'
    return area if rows == 1 else f'<span class="ruled">{area}{rules}</span>'
