"""Tables that read well as they are and as Markdown."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A column whose every cell is a number, or a dash for none, stands to the right."""
    cells = [tuple(_cell(value) for value in row) for row in rows]
    columns = list(zip(head, *cells, strict=True))
    widths = [max(3, *map(len, column)) for column in columns]
    right = [bool(cells) and all(_is_number(cell) for cell in column[1:]) for column in columns]
    rule = [
        ("-" * (width - 1) + ":") if to_right else "-" * width for width, to_right in zip(widths, right, strict=True)
    ]
    lines = (_line(row, widths, right) for row in (tuple(head), tuple(rule), *cells))
    return "\n".join(lines)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = (
        cell.rjust(width) if to_right else cell.ljust(width)
        for cell, width, to_right in zip(row, widths, right, strict=True)
    )
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    text = f"{value:.2f}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")


def _is_number(cell: str) -> bool:
    return cell == "–" or cell.lstrip("+−-< ").replace(".", "", 1).replace(",", "").replace("%", "").strip().isdigit()
