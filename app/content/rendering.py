"""Markdown to HTML. One engine serves one load of the course, in one thread."""

import re
from collections.abc import Callable, Mapping
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from app.content import bibliography, syntax
from app.content.known import Broken, Known, resolve
from app.content.library import Reference
from app.content.modules import Block, CallOut, Figure, RawSection
from app.content.notes import place_notes, shape_blanks, shape_headings, shape_tables
from app.content.phrases import Phrases
from app.content.schemas import TermEntry
from app.content.terms import in_text
from app.questions.text import bare_engine

BLOCKS = ("empty", "indent", "hashheader", "olist", "ulist", "quote", "paragraph")
INLINES = ("escape", "em_strong")
PIPE = "\ue000"
"""Stands for the bar of a term inside a table."""
STANDING = frozenset({"evidence", "convention", "debate"})
"""Call-outs that say how far a statement can be trusted: they are named even if they have a title."""


class Renderer:
    def __init__(
        self,
        references: Mapping[str, Reference],
        terms: Mapping[str, TermEntry],
        figures: Mapping[str, tuple[str, str]],
        known: Known,
        phrases: Phrases,
    ) -> None:
        """`figures`: id -> (SVG, Markdown of its words)."""
        self.references = references
        self.terms = terms
        self.figures = figures
        self.known = known
        self.phrases = phrases
        self.prefix: str | None = None
        """Of ids in the section being rendered; None in short texts, which have no notes."""
        self.lede = False
        self.notes: dict[str, str] = {}
        """id of a note -> its HTML, until it is placed"""
        self.cites = 0
        self.cited: dict[str, str] = {}
        """placeholder address of a citation -> what its note says, until it is numbered"""
        self.described: set[str] = set()
        self.definitions: dict[str, str] = {}
        self.engine = self._engine()

    def section(self, module_id: str, section: RawSection) -> str:
        self.cites, self.described = 0, set()
        self.prefix = f"{module_id}-{section.id}"
        try:
            return "\n".join(self._block(block) for block in section.blocks)
        finally:
            self.prefix = None

    def short(self, markdown: str) -> str:
        """Paragraphs, lists and tables; citations in brackets, terms as links to the glossary."""
        prefix, self.prefix = self.prefix, None
        try:
            return self._convert(markdown)
        finally:
            self.prefix = prefix

    def line(self, markdown: str) -> str:
        """One paragraph without its element."""
        return self.short(markdown).removeprefix("<p>").removesuffix("</p>")

    def _block(self, block: Block) -> str:
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, CallOut):
            return self.call_out(block)
        self.lede = block.lede
        return self._convert(block.text)

    def call_out(self, call: CallOut) -> str:
        name = escape(self.phrases.call_outs[call.kind])
        title = self.line(call.title) if call.title else name
        if call.title and call.kind in STANDING:
            title = f"{name}: {title}"
        inside = "\n".join(self._block(block) for block in call.blocks)
        opening = f'<div class="call call-{call.kind}" role="note">\n<p class="call-title">{title}</p>'
        return f"{opening}\n{inside}\n</div>"

    def _figure(self, figure: Figure) -> str:
        svg, words = self.figures[figure.id]
        return (
            f'<figure class="figure" id="figure-{figure.id}">\n{svg}\n<figcaption>{self.line(figure.caption)}\n'
            f'<details class="figure-words"><summary>{escape(self.phrases.figure_in_words)}</summary>\n'
            f"{self.short(words)}\n</details></figcaption>\n</figure>"
        )

    def _convert(self, markdown: str) -> str:
        text = syntax.TERM.sub(lambda match: match[0].replace("|", PIPE), markdown)
        self.engine.reset()
        return self.engine.convert(text)

    def _engine(self) -> Markdown:
        engine = bare_engine(BLOCKS, INLINES)
        TableExtension(use_align_attribute=True).extendMarkdown(engine)
        SaneListExtension().extendMarkdown(engine)
        engine.inlinePatterns.register(_Inline(r"\s*" + syntax.CITATION.pattern, self.citation), "citation", 0.9)
        engine.inlinePatterns.register(_Inline(syntax.TERM.pattern, self.term), "term", 0.8)
        engine.inlinePatterns.register(_Inline(syntax.LINK.pattern, self.link), "link", 0.7)
        engine.inlinePatterns.register(engine.inlinePatterns["escape"], "escape", 1)
        engine.inlinePatterns.register(engine.inlinePatterns["em_strong"], "em_strong", 0.1)
        engine.treeprocessors.register(_Tree(engine, self._before), "before", 30)
        engine.treeprocessors.register(_Tree(engine, self._after), "after", 15)
        return engine

    def _before(self, root: Element) -> None:
        shape_headings(root, self.prefix)
        if self.lede and len(root) and root[0].tag == "p":
            root[0].set("class", "lede")
        self.lede = False

    def _after(self, root: Element) -> None:
        if self.prefix is not None:
            self._number_notes(root)
        if self.notes:
            notes, self.notes = self.notes, {}
            place_notes(root, {id: self.engine.htmlStash.store(html) for id, html in notes.items()}, set())
        shape_blanks(root)
        shape_tables(root, self.phrases)

    def _number_notes(self, root: Element) -> None:
        """In the order of reading: the engine meets what stands in tables and lists in an order of its own."""
        for link in root.iter("a"):
            if body := self.cited.pop(link.get("href", ""), None):
                self.cites += 1
                id = f"{self.prefix}-n{self.cites}"
                label = self.phrases.note.format(number=self.cites)
                link.attrib = {"href": f"#{id}", "id": f"{id}-ref", "aria-label": label}
                link.text = AtomicString(str(self.cites))
                self.notes[id] = f'<span class="note-number">{self.cites}</span> {body} {self._back(id)}'
            elif link.get("class") == "term":
                self._describe(link, self.terms[link.get("href", "").removeprefix("/glossary#")])

    def _describe(self, link: Element, entry: TermEntry) -> None:
        """A term has its note where a section uses it first, and leads to the glossary from then on."""
        if entry.id in self.described:
            return
        self.described.add(entry.id)
        id = f"{self.prefix}-t-{entry.id}"
        link.attrib |= {"href": f"#{id}", "id": f"{id}-ref"}
        more = f'<a href="/glossary#{entry.id}">{escape(self.phrases.glossary)}</a>'
        body = f"<b>{escape(entry.term, quote=False)}</b> {self._definition(entry)}"
        self.notes[id] = f"{body} {more} {self._back(id)}"

    def citation(self, match: re.Match[str]) -> Element | None:
        sources = syntax.cited(match[1])
        if sources is None:
            return None
        element = Element("span", {"class": "cite"})
        if self.prefix is None:
            element.text = AtomicString(" (")
            for source in sources:
                self._source_link(element, source)
            return element
        link = SubElement(element, "a", {"href": f"#cited-{len(self.cited)}"})
        self.cited[link.get("href", "")] = "; ".join(self._source_note(source) for source in sources)
        return element

    def _source_link(self, element: Element, source: syntax.Cited) -> None:
        reference = self.references[source.id]
        link = SubElement(element, "a", {"href": f"/references#{source.id}"})
        link.text = AtomicString(bibliography.in_brackets(reference))
        link.tail = AtomicString(f", {source.note}" if source.note else "")
        for before in element[:-1][-1:]:
            before.tail = AtomicString((before.tail or "").removesuffix(")") + "; ")
        link.tail = AtomicString(link.tail + ")")

    def _source_note(self, source: syntax.Cited) -> str:
        reference = self.references[source.id]
        link = f'<a href="/references#{source.id}">{escape(reference.label, quote=False)}</a>'
        parts = [link, bibliography.place(reference), escape(source.note, quote=False) if source.note else ""]
        return ", ".join(part for part in parts if part)

    def term(self, match: re.Match[str]) -> Element | None:
        entry = self.terms[match[1]]
        words = match[2] or in_text(entry, match.string[: match.start()])
        element = Element("a", {"class": "term", "href": f"/glossary#{entry.id}"})
        element.text = words
        return element

    def _definition(self, entry: TermEntry) -> str:
        """Rendered before the text that needs it, since the engine cannot be used inside itself."""
        return self.definitions[entry.id]

    def define(self) -> Mapping[str, str]:
        """id -> HTML of every term, one paragraph without its element. Call it before any section."""
        self.definitions = {entry.id: self.line(entry.text) for entry in self.terms.values()}
        return self.definitions

    def _back(self, id: str) -> str:
        return f'<a class="note-back" href="#{id}-ref" aria-label="{escape(self.phrases.back)}">↩</a>'

    def link(self, match: re.Match[str]) -> Element | None:
        address = resolve(match[2], self.known)
        if isinstance(address, Broken):
            return None
        element = Element("a", {"href": address})
        element.text = match[1]
        return element


class _Inline(InlineProcessor):
    def __init__(self, pattern: str, build: Callable[[re.Match[str]], Element | None]) -> None:
        super().__init__(pattern)
        self.build = build

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element = self.build(m)
        return (None, None, None) if element is None else (element, m.start(0), m.end(0))


class _Tree(Treeprocessor):
    def __init__(self, engine: Markdown, change: Callable[[Element], None]) -> None:
        super().__init__(engine)
        self.change = change

    def run(self, root: Element) -> None:
        self.change(root)
