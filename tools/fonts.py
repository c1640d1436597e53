"""Instance and subset the two type families.

    npm pack @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/atkinson-hyperlegible-next@5.3.0
    python tools/fonts.py source-serif-4.tgz atkinson-hyperlegible-next.tgz

writes the woff2 files of app/static/fonts (Latin, and Latin Extended apart) and the TTF files of
app/credentials/fonts, which typst needs whole and static. Needs fonttools and brotli.
"""

from __future__ import annotations

import argparse
import io
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "app" / "static" / "fonts"
PRINT = ROOT / "app" / "credentials" / "fonts"

LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC, 0x2002, 0x2009]
LATIN += [*range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2021, 0x2022, 0x2026, 0x202F, 0x2030, 0x2032]
LATIN += [0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2212]
# Latin Extended-A, the Romanian, Pinyin and Azeri letters of B, Latin Extended Additional (Welsh, capital sharp s)
EXTENDED = sorted({*range(0x100, 0x180), *range(0x1C4, 0x21C), 0x259, *range(0x1E00, 0x1EA0)} - set(LATIN))

Axes = Mapping[str, float | tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Cut:
    """One file to make: where it comes from, which point or stretch of the axes it keeps, what it is called."""

    source: str
    axes: Axes
    name: str
    family: str
    style: str
    weight: int
    features: tuple[str, ...] = ("kern", "mark", "mkmk", "liga", "ccmp", "locl")


SERIF = "source-serif-4-{range}-opsz-{slope}.woff2"
SANS = "atkinson-hyperlegible-next-{range}-wght-{slope}.woff2"
DATA = ("kern", "mark", "mkmk", "liga", "ccmp", "locl", "tnum", "pnum")
FOR_WEB = (
    Cut(SERIF, {"opsz": 16, "wght": 400}, "serif-400", "Source Serif 4", "Regular", 400),
    Cut(SERIF, {"opsz": 28, "wght": 600}, "serif-600", "Source Serif 4", "SemiBold", 600),
    Cut(SERIF, {"opsz": 16, "wght": 400}, "serif-400-italic", "Source Serif 4", "Italic", 400),
    Cut(SANS, {"wght": (400, 600)}, "sans", "Atkinson Hyperlegible Next", "Regular", 400, DATA),
)
FOR_PRINT = (
    Cut(SERIF, {"opsz": 14, "wght": 400}, "SourceSerif4-Regular", "Source Serif 4", "Regular", 400),
    Cut(SERIF, {"opsz": 28, "wght": 600}, "SourceSerif4-SemiBold", "Source Serif 4", "SemiBold", 600),
    Cut(SERIF, {"opsz": 14, "wght": 400}, "SourceSerif4-Italic", "Source Serif 4", "Italic", 400),
    Cut(SANS, {"wght": 400}, "AtkinsonHyperlegibleNext-Regular", "Atkinson Hyperlegible Next", "Regular", 400, DATA),
    Cut(SANS, {"wght": 600}, "AtkinsonHyperlegibleNext-SemiBold", "Atkinson Hyperlegible Next", "SemiBold", 600, DATA),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs=2, type=Path, help="the two npm tarballs, the serif first")
    serif, sans = parser.parse_args().packages
    for folder in (WEB, PRINT):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "OFL-source-serif-4.txt").write_bytes(read(serif, "LICENSE"))
        (folder / "OFL-atkinson-hyperlegible-next.txt").write_bytes(read(sans, "LICENSE"))
    for cut in FOR_WEB:
        tarball = serif if cut.source == SERIF else sans
        for suffix, wanted in (("latin", LATIN), ("latin-ext", EXTENDED)):
            font = cut_font(tarball, cut, suffix, wanted)
            font.flavor = "woff2"
            save(font, WEB / f"{cut.name}-{suffix}.woff2")
    for cut in FOR_PRINT:
        tarball = serif if cut.source == SERIF else sans
        parts = [
            cut_font(tarball, cut, suffix, wanted) for suffix, wanted in (("latin", LATIN), ("latin-ext", EXTENDED))
        ]
        font = merge(parts)
        rename(font, cut)
        save(font, PRINT / f"{cut.name}.ttf")


def read(tarball: Path, name: str) -> bytes:
    with tarfile.open(tarball) as archive:
        member = archive.extractfile(f"package/{name}")
        assert member is not None, f"{tarball} holds no {name}"
        return member.read()


def cut_font(tarball: Path, cut: Cut, suffix: str, wanted: Iterable[int]) -> TTFont:
    slope = "italic" if cut.style == "Italic" else "normal"
    font = TTFont(io.BytesIO(read(tarball, "files/" + cut.source.format(range=suffix, slope=slope))))
    options = Options()
    options.layout_features = list(cut.features)
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    plain = io.BytesIO()
    font.flavor = None
    font.save(plain)
    plain.seek(0)
    return instantiateVariableFont(TTFont(plain), dict(cut.axes))


def merge(parts: list[TTFont]) -> TTFont:
    with TemporaryDirectory() as folder:
        paths = []
        for number, font in enumerate(parts):
            paths.append(str(Path(folder) / f"{number}.ttf"))
            font.save(paths[-1])
        return Merger().merge(paths)


def rename(font: TTFont, cut: Cut) -> None:
    """typst groups files into families by these names."""
    names = {1: cut.family if cut.weight == 400 else f"{cut.family} {cut.style}", 4: f"{cut.family} {cut.style}"}
    names |= {2: cut.style if cut.weight == 400 else "Regular", 6: cut.name, 16: cut.family, 17: cut.style, 3: cut.name}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = cut.weight


def save(font: TTFont, path: Path) -> None:
    font.recalcTimestamp = False
    font.save(path)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
