"""Markdown of vignettes, stems, options and reasons: paragraphs, lists, quotations and emphasis, nothing else."""

from functools import lru_cache
from typing import TypeVar

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry

PREPROCESSORS = ("normalize_whitespace",)
BLOCKS = ("empty", "indent", "olist", "ulist", "quote", "paragraph")
INLINES = ("escape", "em_strong")
Item = TypeVar("Item")


@lru_cache(maxsize=8192)
def render(markdown: str) -> str:
    """Safe HTML: raw HTML is escaped, and there are no links or pictures, whoever wrote the text."""
    return bare_engine(BLOCKS, INLINES).convert(markdown)


@lru_cache(maxsize=8192)
def render_line(markdown: str) -> str:
    """As `render`, without block elements: for labels, headings and list rows."""
    html = bare_engine(("empty", "paragraph"), INLINES).convert(markdown)
    return html.replace("</p>\n<p>", "<br>").removeprefix("<p>").removesuffix("</p>")


def bare_engine(blocks: tuple[str, ...], inlines: tuple[str, ...]) -> Markdown:
    """An engine that knows nothing but what is named. Not to be shared between threads."""
    engine = Markdown(output_format="html")
    engine.preprocessors = _only(engine.preprocessors, PREPROCESSORS)
    engine.parser.blockprocessors = _only(engine.parser.blockprocessors, blocks)
    engine.inlinePatterns = _only(engine.inlinePatterns, inlines)
    engine.treeprocessors.register(InlineProcessor(engine), "inline", 20)  # the one before knows the old patterns
    return engine


def _only(registry: Registry[Item], names: tuple[str, ...]) -> Registry[Item]:
    """A registry of the named items in the order of their names, so that a new release of Markdown adds nothing."""
    kept: Registry[Item] = Registry()
    for place, name in enumerate(names):
        kept.register(registry[name], name, len(names) - place)
    return kept
