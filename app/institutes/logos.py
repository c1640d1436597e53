"""A logo as it was uploaded: what it is by its bytes, how large, and nothing in it but the picture. Pure.

The file is taken apart and laid again from the parts that draw it, so that neither a page hidden behind a picture nor
the place where a photograph was taken is kept or handed on.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST_BYTES = 300_000
LEAST_SIDE, MOST_SIDE = 16, 2000
"""Pixels."""

PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"))
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many numbers a pixel has, by the kind of colours."""
_DEPTHS = frozenset((1, 2, 4, 8, 16))
"""Bits of each."""
_JPEG_DROPPED = frozenset((*range(0xE1, 0xF0), 0xFE)) - {0xE2, 0xEE}
"""Application segments and comments, but for the colour profile (ICC) and how colours are coded (Adobe)."""
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset((0x01, *range(0xD0, 0xD8)))
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"))
_WEBP_STILL = 0b0011_0000
"""Of the flags of VP8X only profile and alpha: no animation, no metadata."""


class BadLogo(ValueError):
    """Why this cannot be a logo: "heavy", "kind", "broken", "small" or "large"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Logo:
    type: str
    """image/png, image/jpeg or image/webp."""
    data: bytes
    width: int
    height: int


def read(data: bytes) -> Logo:
    """The picture in `data`, whatever its file was called. BadLogo otherwise."""
    if len(data) > MOST_BYTES:
        raise BadLogo("heavy")
    try:
        logo = _read(data)
    except (IndexError, struct.error, zlib.error) as fault:
        raise BadLogo("broken") from fault
    if min(logo.width, logo.height) < LEAST_SIDE:
        raise BadLogo("small")
    return logo


def _read(data: bytes) -> Logo:
    if data.startswith(PNG):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    raise BadLogo("kind")


def _bounded(width: int, height: int) -> tuple[int, int]:
    """Asked before anything is unpacked."""
    if max(width, height) > MOST_SIDE:
        raise BadLogo("large")
    return width, height


def _png(data: bytes) -> Logo:
    kept, pixels, size, bits, ended = [PNG], bytearray(), (0, 0), 0, False
    for name, body in _png_chunks(data):
        if name == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", body[:10])
            if depth not in _DEPTHS or colours not in _SAMPLES:
                raise BadLogo("broken")
            size, bits = _bounded(width, height), depth * _SAMPLES[colours]
        if name == b"IDAT":
            pixels += body
        if name in _PNG_KEPT:
            kept.append(struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)))
        ended = name == b"IEND"
    most = (size[0] * bits // 8 + 2) * size[1] * 2  # interlacing needs a little more than the rows themselves
    unpacking = zlib.decompressobj()
    unpacking.decompress(bytes(pixels), most + 1)
    if not ended or not unpacking.eof:
        raise BadLogo("broken")
    return Logo("image/png", b"".join(kept), *size)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each chunk up to the end of the picture; what follows that is not told."""
    place, name = len(PNG), b""
    while name != b"IEND":
        length, name = struct.unpack(">I4s", data[place : place + 8])
        body, check = data[place + 8 : place + 8 + length], data[place + 8 + length : place + 12 + length]
        if struct.unpack(">I", check)[0] != zlib.crc32(name + body) or (place == len(PNG)) != (name == b"IHDR"):
            raise BadLogo("broken")
        yield name, body
        place += 12 + length


def _jpeg(data: bytes) -> Logo:
    kept, place, size = [b"\xff\xd8"], 2, (0, 0)
    while (marker := _jpeg_marker(data, place)) != 0xD9:
        end = _jpeg_end(data, place, marker)
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            size = _bounded(width, height)
        if marker not in _JPEG_DROPPED:
            kept.append(data[place:end])
        place = end
    if not any(part[1] == 0xDA for part in kept):
        raise BadLogo("broken")
    return Logo("image/jpeg", b"".join((*kept, b"\xff\xd9")), *size)


def _jpeg_marker(data: bytes, place: int) -> int:
    if data[place] != 0xFF:
        raise BadLogo("broken")
    return data[place + 1]


def _jpeg_end(data: bytes, place: int, marker: int) -> int:
    """Where the segment at `place` ends; a scan ends where its coded pixels do."""
    if marker in _JPEG_BARE:
        return place + 2
    end: int = place + 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    if marker == 0xDA:
        while data[end] != 0xFF or data[end + 1] == 0x00 or 0xD0 <= data[end + 1] <= 0xD7:
            end += 1
    return end


def _webp(data: bytes) -> Logo:
    (length,) = struct.unpack("<I", data[4:8])
    kept, place, size = [], 12, (0, 0)
    if len(data) < length + 8:
        raise BadLogo("broken")
    while place < length + 8:
        name, count = struct.unpack("<4sI", data[place : place + 8])
        body = data[place + 8 : place + 8 + count]
        if len(body) != count:
            raise BadLogo("broken")
        if name in (b"VP8 ", b"VP8L"):
            size = _bounded(*_webp_size(name, body))
        if name == b"VP8X":
            body = bytes([body[0] & _WEBP_STILL]) + body[1:]
        if name in _WEBP_KEPT:
            kept.append(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
        place += 8 + count + count % 2
    body = b"WEBP" + b"".join(kept)
    if size == (0, 0):
        raise BadLogo("broken")
    return Logo("image/webp", b"RIFF" + struct.pack("<I", len(body)) + body, *size)


def _webp_size(name: bytes, body: bytes) -> tuple[int, int]:
    if name == b"VP8 ":
        if body[3:6] != b"\x9d\x01\x2a":
            raise BadLogo("broken")
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if body[0] != 0x2F:
        raise BadLogo("broken")
    (bits,) = struct.unpack("<I", body[1:5])
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
