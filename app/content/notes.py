"""What Markdown's tree still needs: notes beside their block, row headings in tables, ids on headings."""

import re
from collections.abc import Collection, Mapping
from xml.etree.ElementTree import Element, SubElement

from app.content.phrases import Phrases

BLANK = "\ue001"
"""Stands for a line to write on inside a table."""
WRITTEN_BY_HAND: Mapping[str, str] = {"autocomplete": "off", "spellcheck": "false"}
"""Of every line on an aid: browsers neither keep what is written there nor send it to be spelt."""
SUBHEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<id>[a-z0-9-]+)\}\s*$", re.DOTALL)


def shape_headings(root: Element, prefix: str | None) -> None:
    """A section's title is its page's first heading, so level three in the file is level two in the page."""
    for heading in root.iter("h3"):
        heading.tag = "h2"
        match = SUBHEADING.match(heading.text or "")
        if match:
            heading.text = match["title"]
            if prefix:
                heading.set("id", f"{prefix}-{match['id']}")


def place_notes(parent: Element, notes: Mapping[str, str], listed: Collection[str]) -> None:
    """Puts each note into an `aside` right after the block, or at the end of the list item, that refers to it."""
    for child in list(parent):
        if child.tag in ("ul", "ol"):
            for item in child:
                _place_in_item(item, notes)
        elif aside := _aside(_referred(child, notes), notes):
            aside.tail = child.tail
            child.tail = "\n"
            parent.insert(list(parent).index(child) + 1, aside)


def _place_in_item(item: Element, notes: Mapping[str, str]) -> None:
    inner = [child for child in item if child.tag in ("ul", "ol")]
    later = {id for child in inner for id in _referred(child, notes)}
    for child in inner:
        for below in child:
            _place_in_item(below, notes)
    if aside := _aside([id for id in _referred(item, notes) if id not in later], notes):
        item.insert(list(item).index(inner[0]) if inner else len(item), aside)


def _referred(element: Element, notes: Mapping[str, str]) -> list[str]:
    found = [link.get("href", "").removeprefix("#") for link in element.iter("a")]
    return [id for id in found if id in notes]


def _aside(ids: list[str], notes: Mapping[str, str]) -> Element | None:
    if not ids:
        return None
    aside = Element("aside", {"class": "notes", "role": "note"})
    for id in ids:
        kind = "note" if re.search(r"-n[0-9]+$", id) else "note term-note"
        note = SubElement(aside, "p", {"class": kind, "id": id})
        note.text = notes[id]
    return aside


def shape_tables(root: Element, phrases: Phrases) -> None:
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == "table" and parent.get("class") != "table":
                _shape_cells(child)
                wrapper = Element("div", {"class": "table", "role": "region", "tabindex": "0"})
                columns = ", ".join(" ".join("".join(head.itertext()).split()) for head in child.iter("th")
                                    if head.get("scope") == "col")  # fmt: skip
                wrapper.set("aria-label", phrases.table.format(columns=columns))
                wrapper.tail, child.tail = child.tail, None
                wrapper.append(child)
                parent.remove(child)
                parent.insert(place, wrapper)


def shape_blanks(root: Element) -> None:
    """A cell of a table that holds nothing but a line to write on, named by its column and its row."""
    for table in root.iter("table"):
        heads = ["".join(cell.itertext()).strip() for cell in next(table.iter("tr"))]
        for row in table.iter("tr"):
            name = "".join(row[0].itertext()).strip() if len(row) else ""
            for head, cell in zip(heads, row, strict=False):
                if (cell.text or "").strip() == BLANK:
                    cell.text = None
                    label = f"{head}: {name}"
                    SubElement(cell, "textarea", {"rows": "1", "aria-label": label, **WRITTEN_BY_HAND}).text = ""


def _shape_cells(table: Element) -> None:
    for head in list(table.iter("th")):
        if "".join(head.itertext()).strip():
            head.set("scope", "col")
        else:  # the corner above the rows' names heads nothing
            head.tag = "td"
    for body in table.iter("tbody"):
        for row in body.iter("tr"):
            if len(row):
                row[0].tag = "th"
                row[0].set("scope", "row")
    for cell in list(table.iter("th")) + list(table.iter("td")):
        align = cell.attrib.pop("align", None)
        if align:
            cell.set("class", f"align-{align}")
