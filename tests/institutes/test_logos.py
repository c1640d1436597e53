"""What may be a logo, and what is left of a file that is more than a picture."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.institutes import logos
from app.institutes.logos import BadLogo

PAGE = b"<!doctype html><script>alert(1)</script>"
KINDS = ("PNG", "JPEG", "WEBP")


def picture(kind: str, size: tuple[int, int] = (240, 80), mode: str = "RGB", **options: Any) -> bytes:
    drawn = Image.new("RGB", size, (15, 82, 87))
    ImageDraw.Draw(drawn).ellipse((4, 4, 40, 40), fill=(242, 179, 107))
    file = io.BytesIO()
    drawn.convert(mode).save(file, kind, **options)
    return file.getvalue()


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGBA").tobytes()


def code(data: bytes) -> str:
    with pytest.raises(BadLogo) as caught:
        logos.read(data)
    return caught.value.code


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_told_by_its_bytes_and_looks_as_before(kind: str) -> None:
    data = picture(kind)

    logo = logos.read(data)

    assert (logo.type, logo.width, logo.height) == (f"image/{kind.lower()}", 240, 80)
    assert pixels(logo.data) == pixels(data)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA"])
def test_pngs_of_every_kind_of_colour_are_taken(mode: str) -> None:
    data = picture("PNG", mode=mode)

    assert pixels(logos.read(data).data) == pixels(data)


@pytest.mark.parametrize(
    ("kind", "options"), [("JPEG", {"progressive": True}), ("WEBP", {"lossless": True}), ("JPEG", {"optimize": True})]
)
def test_other_ways_to_store_a_picture_are_taken(kind: str, options: dict[str, Any]) -> None:
    data = picture(kind, **options)

    assert pixels(logos.read(data).data) == pixels(data)


def test_a_page_that_calls_itself_a_picture_is_none() -> None:
    for data in (
        PAGE,
        b"",
        b"GIF89a" + PAGE,
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        Path(__file__).read_bytes(),
    ):
        assert code(data) == "kind"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_behind_a_picture_is_cut_off(kind: str) -> None:
    logo = logos.read(picture(kind) + PAGE)

    assert b"script" not in logo.data
    assert pixels(logo.data) == pixels(picture(kind))


def test_a_page_inside_a_picture_is_taken_out() -> None:
    text = b"tEXt" + b"Comment\0" + PAGE
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    png = picture("PNG")
    comment = b"\xff\xfe" + struct.pack(">H", len(PAGE) + 2) + PAGE
    jpeg = picture("JPEG")

    for data in (png[:33] + chunk + png[33:], jpeg[:2] + comment + jpeg[2:]):
        logo = logos.read(data)
        assert b"script" in data and b"script" not in logo.data
        assert pixels(logo.data) == pixels(data)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_where_a_photograph_was_taken_is_not_kept(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Behind the garden gate"
    data = picture(kind, exif=exif)

    logo = logos.read(data)

    assert b"garden" in data and b"garden" not in logo.data
    assert pixels(logo.data) == pixels(data)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_breaks_off_is_refused_wherever_it_does(kind: str) -> None:
    data = picture(kind, (40, 20))

    assert {code(data[:length]) for length in range(16, len(data))} == {"broken"}


def test_a_png_whose_pixels_break_off_between_whole_chunks_is_refused() -> None:
    png = picture("PNG")
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[start - 4 : start])
    body = b"IDAT" + png[start + 4 : start + 4 + length // 2]
    short = png[: start - 4] + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

    assert code(short + png[start + 8 + length :]) == "broken"


def test_a_changed_bit_of_a_png_is_found() -> None:
    png = bytearray(picture("PNG"))
    png[60] ^= 1

    assert code(bytes(png)) == "broken"


def test_pictures_too_large_too_small_or_too_heavy_are_told_apart() -> None:
    assert code(picture("PNG", (2001, 16))) == "large"
    assert code(picture("JPEG", (16, 2001))) == "large"
    assert code(picture("WEBP", (2001, 16))) == "large"
    assert code(picture("PNG", (15, 100))) == "small"
    assert code(picture("PNG") + b"\0" * logos.MOST_BYTES) == "heavy"
    assert logos.read(picture("PNG", (2000, 16))).width == 2000


def test_a_png_that_would_unpack_to_much_more_than_its_size_is_refused() -> None:
    """A bomb: few bytes, a small size in its head, and a hundred megabytes of pixels."""
    head = picture("PNG", (16, 16))[:33]
    body = b"IDAT" + zlib.compress(b"\0" * 100_000_000, 9)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    end = b"\0\0\0\0IEND" + struct.pack(">I", zlib.crc32(b"IEND"))

    assert code(head + chunk + end) == "broken"


def test_a_picture_that_moves_is_refused_or_stands_still() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    files = {kind: io.BytesIO() for kind in ("PNG", "WEBP")}
    for kind, file in files.items():
        frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)

    still = logos.read(files["PNG"].getvalue())

    assert code(files["WEBP"].getvalue()) == "broken"
    assert getattr(Image.open(io.BytesIO(still.data)), "n_frames", 1) == 1


@given(st.binary(max_size=200), st.sampled_from([logos.PNG, b"\xff\xd8\xff", b"RIFF\x40\0\0\0WEBP"]))
def test_whatever_comes_is_read_or_refused(rest: bytes, start: bytes) -> None:
    try:
        logos.read(start + rest)
    except BadLogo as fault:
        assert fault.code in {"broken", "large", "small"}
