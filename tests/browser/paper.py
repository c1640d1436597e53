"""What a PDF says, read back from its fonts' own tables."""

import re
from io import BytesIO

import pikepdf

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def text_of(pdf: bytes) -> str:
    """All text in the order in which it is drawn, a line for every move of the pen."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return "\n".join(text_of_page(page) for page in document.pages)


def text_of_page(page: pikepdf.Page) -> str:
    fonts = {str(name): _letters(font) for name, font in page.resources["/Font"].items()}
    current: dict[int, str] = {}
    lines: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "Tf":
            current = fonts[str(operands[0])]
        elif operator in {"Td", "Tm", "T*", "BT"}:
            lines.append("")
        elif operator in {"Tj", "TJ"}:
            parts = operands[0] if operator == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    lines[-1] += _decoded(bytes(part), current)
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _decoded(codes: bytes, letters: dict[int, str]) -> str:
    pairs = (int.from_bytes(codes[place : place + 2]) for place in range(0, len(codes), 2))
    return "".join(letters.get(code, "") for code in pairs)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """Glyph number -> text, from the font's ToUnicode map."""
    table = bytes(font["/ToUnicode"].read_bytes())
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found.update({int(code, 16): _unicode(text) for code, text in _PAIR.findall(block)})
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            start = int(text, 16)
            found.update(
                {code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
            )
    return found


def _unicode(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
