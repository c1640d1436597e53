"""Sections one after another on one page: their headings move down below the section's own title. Pure."""

import re

_HEADING = re.compile(r"<(/?)h([2-4])\b")
LEVELS_DOWN = 2


def lowered(html: str) -> str:
    """`html` of one section with h2 becoming h4, and so on. Its ids are unique in the whole course already."""
    return _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + LEVELS_DOWN}", html)
