"""Sections one after another on one page, which has all that they point to. Pure."""

import re

_HEADING = re.compile(r"<(/?)h([2-4])\b")
_TERM_NOTE = re.compile(r'\s*<p class="note term-note" id="[^"]+">.*?</p>', re.DOTALL)
_NO_NOTES = re.compile(r'<aside class="notes" role="note">\s*</aside>')
_TO_TERM_NOTE = re.compile(r'(<a class="term" href=")#[^"]*-t-')
_TO_LIST = re.compile(r'href="/(glossary|references)#')
_TO_PART = re.compile(r'href="/modules/([a-z0-9-]+)(?:/([a-z0-9-]+))?"')
LEVELS_DOWN = 2


def on_one_page(html: str) -> str:
    """`html` of one section: its headings move down below the section's own title, and its links lead to places of the
    page. Terms are explained once, in the glossary at the end. Its ids are unique in the whole course already."""
    lower = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + LEVELS_DOWN}", html)
    without = _NO_NOTES.sub("", _TERM_NOTE.sub("", lower))
    return within_page(_TO_TERM_NOTE.sub(r"\1#glossary-", without))


def within_page(html: str) -> str:
    """Links to parts, terms and references of the course as links to where they stand on the same page."""
    listed = _TO_LIST.sub(r'href="#\1-', html)
    return _TO_PART.sub(lambda found: f'href="#{"-".join(filter(None, found.groups()))}"', listed)
