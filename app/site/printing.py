"""Sections side by side on one page: ids made different, headings moved down. Pure."""

import re

_ID = re.compile(r'(?<=[\s])(id|aria-labelledby|aria-describedby)="([^"]+)"')
_LINK = re.compile(r'(?<=[\s])href="#([^"]+)"')
_PAINT = re.compile(r"url\(#([^)]+)\)")
_HEADING = re.compile(r"<(/?)h([2-4])\b")
LEVELS_DOWN = 2


def placed(html: str, prefix: str) -> str:
    """`html` of one section, with every id and every reference to one carrying `prefix`, and h2 becoming h4."""
    html = _ID.sub(lambda found: f'{found[1]}="{_prefixed(found[2], prefix)}"', html)
    html = _LINK.sub(lambda found: f'href="#{prefix}-{found[1]}"', html)
    html = _PAINT.sub(lambda found: f"url(#{prefix}-{found[1]})", html)
    return _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + LEVELS_DOWN)}", html)


def _prefixed(ids: str, prefix: str) -> str:
    return " ".join(f"{prefix}-{one}" for one in ids.split())
