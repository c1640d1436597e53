"""Writes screens/: every page at two widths, light and dark, some on paper, and a contact sheet of them all.

python -m tests.browser.screens [part of a page's name …]
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Page

from tests import chromium
from tests.browser.acts import State
from tests.browser.browsing import Visitor, launched
from tests.browser.gallery import STATES, Gallery, opened
from tests.browser.instance import ROOT

FOLDER = ROOT / "screens"
WIDTHS = {1280: 800, 390: 844}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 6000
"""Pixels of a page that are kept: the whole course on one page would be a hundred thousand."""
ON_PAPER = (
    "section-figure",
    "answered-wrong",
    "result-failed",
    "certificate",
    "session-path",
    "order-wrong",
    "match-wrong",
    "hottext-wrong",
    "mended-elsewhere",
    "supervision-sheet",
    "aid-filled",
    "aid-table",
)


def main(wanted: Iterable[str]) -> int:
    program = chromium.find()
    if program is None:
        print("Chromium is missing: `python -m tools.provision` gets it.", file=sys.stderr)
        return 1
    parts = tuple(wanted)
    states = [state for state in STATES if not parts or any(part in state.name for part in parts)]
    if not parts:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, opened(Path(folder)) as gallery, launched(program) as browser:
        for state in states:
            take(browser, gallery, state)
    (FOLDER / "index.html").write_text(contact_sheet(), encoding="utf-8")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures: {FOLDER / 'index.html'}")
    return 0


def take(browser: Browser, gallery: Gallery, state: State) -> None:
    """All pictures of one page."""
    visitor = Visitor(browser, gallery.instances[state.on])
    if state.who:
        visitor.sign_in(gallery.people[state.who])
    page = visitor.page
    page.goto(gallery.address(state))
    if state.act:
        state.act(page)
    for width, height in WIDTHS.items():
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": height})
            _picture(page, FOLDER / f"{state.name}-{width}-{scheme}.png", width)
    if state.name in ON_PAPER:
        page.emulate_media(color_scheme="light", media="print")
        page.pdf(path=FOLDER / f"{state.name}.pdf", prefer_css_page_size=True)
        _draw(FOLDER / f"{state.name}.pdf")
    visitor.close()


def _picture(page: Page, path: Path, width: int) -> None:
    page.evaluate("scrollTo(0, 0)")
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
    page.screenshot(path=path, full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]


def _draw(paper: Path) -> None:
    """A picture of every sheet, if poppler is on this machine; the PDF stays in any case."""
    if program := shutil.which("pdftoppm"):
        subprocess.run([program, "-png", "-r", "60", str(paper), str(paper.with_suffix("")) + "-paper"], check=True)


def contact_sheet() -> str:
    """One row for a page, its pictures side by side."""
    rows = []
    for state in STATES:
        pictures = [FOLDER / f"{state.name}-{width}-{scheme}.png" for width in WIDTHS for scheme in SCHEMES]
        pictures += sorted(FOLDER.glob(f"{state.name}-paper*.png"))
        figures = "".join(
            f'<a href="{picture.name}"><img src="{picture.name}" alt="{escape(picture.stem)}" loading="lazy"></a>'
            for picture in pictures
            if picture.exists()
        )
        if figures:
            rows.append(f"<h2>{escape(state.name)}</h2><div>{figures}</div>")
    style = "body{font:16px sans-serif;margin:2rem}div{display:flex;gap:1rem;overflow-x:auto;align-items:start}"
    style += "img{height:420px;max-width:44rem;object-fit:cover;object-position:top;border:1px solid #999}"
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens</title><style>{style}</style>'
    return head + "".join(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
